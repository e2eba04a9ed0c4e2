#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>

#include "cli/cli_fixture.hpp"
#include "core/bytes.hpp"
#include "core/digest.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

std::string text(const json::value& value) {
  return std::string(value.as_string());
}

class LogCommand : public CliWithRedis {
 protected:
  LogCommand() {
    for (const std::string value : {"one", "two", "three"})
      document({"keys", "set", "cache", "k", value}, "mutation");
  }

  /// Changes a letter of every payload about a `set`, also in pages that are free by now: salvage would find
  /// those.
  void damagePayloads() const {
    std::fstream file(dataDirectory() + "/log/data.mdb", std::ios::binary | std::ios::in | std::ios::out);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    const std::string marked = "\"action\":\"keys.set\"";
    for (std::size_t at = content.find(marked); at != std::string::npos; at = content.find(marked, at + 1)) {
      file.seekp(static_cast<std::streamoff>(at + marked.size() - 2));
      file.put('X');
    }
  }
};

TEST_F(LogCommand, StatusTailAndShowAgree) {
  const json::value status = document({"log", "status"}, "log.status");
  const auto lines = parseLines(run({"log", "tail", "-n", "1000", "--json"}).out);
  ASSERT_EQ(lines.size(), status.at("events").to_number<std::size_t>());
  for (const auto& line : lines) EXPECT_EQ(complaint(line, "log.tail.line"), "");
  EXPECT_EQ(lines.back().at("position"), status.at("lastPosition"));
  EXPECT_EQ(lines.back().at("action"), "keys.set");
  EXPECT_EQ(lines.back().at("connectionId").as_string(), id_);
  const json::value byId = document({"log", "show", text(lines.back().at("id"))}, "log.show");
  const json::value byPosition =
      document({"log", "show", std::to_string(status.at("lastPosition").to_number<int>())}, "log.show");
  EXPECT_EQ(byId, byPosition);
  EXPECT_EQ(byId.at("frame").at("chain"), status.at("chain"));
  EXPECT_EQ(byId.at("payload").at("action"), "keys.set");
  for (const auto& line : lines) {
    EXPECT_EQ(document({"log", "show", text(line.at("id"))}, "log.show").at("position"), line.at("position"));
  }
}

TEST_F(LogCommand, TailShowsTheLastOnesInOrder) {
  const auto lines = parseLines(run({"log", "tail", "-n", "2", "--json"}).out);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_LT(lines[0].at("position").to_number<int>(), lines[1].at("position").to_number<int>());
  EXPECT_EQ(run({"log", "tail", "-n", "0"}).out, "");
  EXPECT_THAT(run({"log", "tail", "-n", "1"}).out, HasSubstr("operation.completed  keys.set         cache"));
  EXPECT_EQ(run({"log", "tail", "-n", "many"}).exitCode, 2);
}

TEST_F(LogCommand, FollowShowsWhatOtherProcessesDoUntilCtrlC) {
  CliProcess tail(input({"--json", "log", "tail", "-n", "1", "--follow"}));
  tail.waitForOutput("\"action\":\"keys.set\"");
  document({"keys", "delete", "cache", "k"}, "mutation");
  tail.waitForOutput("\"action\":\"keys.delete\"");
  tail.signal(SIGINT);
  EXPECT_EQ(tail.wait().exitCode, 130);
}

TEST_F(LogCommand, ShowTellsUnknownFromMalformed) {
  EXPECT_EQ(errorOf({"log", "show", "0"}, 4).at("code").as_string(), "NOT_FOUND");
  EXPECT_EQ(errorOf({"log", "show", "100000"}, 4).at("code").as_string(), "NOT_FOUND");
  EXPECT_EQ(errorOf({"log", "show", id_}, 4).at("code").as_string(), "NOT_FOUND");
  EXPECT_EQ(errorOf({"log", "show", "first"}, 2).at("code").as_string(), "VALIDATION_ERROR");
}

/// Recomputes every hash of an export the way its `--help` describes.
void expectSoundExport(const std::vector<json::value>& lines) {
  std::string chain = text(lines.front().at("origin"));
  std::size_t at = 1;
  while (at < lines.size()) {
    const json::value& frame = lines[at++];
    ASSERT_EQ(frame.at("kind"), "frame");
    EXPECT_EQ(text(frame.at("chainBefore")), chain);
    Sha256 root;
    while (at < lines.size() && lines[at].at("kind") == "event") {
      const json::value& event = lines[at++];
      const std::string digest =
          toHex(Sha256().update(*fromHex(text(event.at("salt")))).update(text(event.at("payload"))).finish());
      EXPECT_EQ(text(event.at("digest")), digest);
      root.update(*fromHex(digest));
    }
    const Digest rootDigest = root.finish();
    EXPECT_EQ(text(frame.at("root")), toHex(rootDigest));
    chain = toHex(Sha256()
                      .update(*fromHex(chain))
                      .update(*fromHex(text(frame.at("header"))))
                      .update(rootDigest)
                      .finish());
    EXPECT_EQ(text(frame.at("chain")), chain);
  }
}

TEST_F(LogCommand, ExportCanBeVerifiedWithNothingButSha256) {
  const auto lines = parseLines(run({"log", "export"}).out);
  for (const auto& line : lines) EXPECT_EQ(complaint(line, "log.export.line"), "");
  expectSoundExport(lines);
  std::string last;
  for (const auto& line : lines) {
    if (line.at("kind") == "frame") last = text(line.at("chain"));
  }
  EXPECT_EQ(last, text(document({"log", "status"}, "log.status").at("chain")));
}

TEST_F(LogCommand, ExportTakesARangeAndWritesOnlyNewFiles) {
  const std::string file = directory_ / "out.jsonl";
  EXPECT_EQ(run({"log", "export", "--from", "3", "--to", "5", "--output", file}).exitCode, 0);
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  std::set<std::int64_t> positions;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const json::value value = json::parse(line);
    if (value.at("kind") == "event") positions.insert(value.at("position").to_number<std::int64_t>());
  }
  EXPECT_TRUE(positions.contains(3) && positions.contains(5));
  EXPECT_EQ(run({"log", "export", "--output", file}).exitCode, 6);
  EXPECT_EQ(errorOf({"log", "export", "--from", "5", "--to", "4"}, 2).at("details").at("field").as_string(),
            "to");
  EXPECT_EQ(errorOf({"log", "export", "--from", "x"}, 2).at("details").at("field").as_string(), "from");
}

TEST_F(LogCommand, VerifyExitsZeroForASoundLogAndSevenForADamagedOne) {
  const json::value sound = document({"log", "verify"}, "log.verify");
  EXPECT_EQ(sound.at("ok"), true);
  EXPECT_EQ(sound.at("chain"), document({"log", "status"}, "log.status").at("chain"));

  damagePayloads();
  const json::value damaged = document({"log", "verify"}, "log.verify", 7);
  EXPECT_EQ(damaged.at("ok"), false);
  EXPECT_FALSE(damaged.at("problems").as_array().empty());
  EXPECT_THAT(run({"log", "verify"}).out, HasSubstr("the log is damaged"));
  EXPECT_EQ(run({"log", "export"}).exitCode, 7);

  const json::value salvaged = document({"log", "salvage", directory_ / "new" + "/log"}, "log.salvage");
  EXPECT_FALSE(salvaged.at("missing").as_array().empty());
}

TEST_F(LogCommand, ACutLogIsRefusedWithSevenByEveryCommand) {
  const std::string file = dataDirectory() + "/log/data.mdb";
  fs::resize_file(file, fs::file_size(file) / 2);
  for (const Words& words :
       {Words{"keys", "get", "cache", "k"}, Words{"log", "tail"}, Words{"connections", "list"}}) {
    EXPECT_EQ(errorOf(words, 7).at("details").at("damaged"), true);
  }
  document({"log", "verify"}, "log.verify", 7);
}

TEST_F(LogCommand, SalvageOfASoundLogMissesNothing) {
  const std::string other = directory_ / "other";
  fs::create_directory(other);
  const json::value salvaged = document({"log", "salvage", other + "/log"}, "log.salvage");
  EXPECT_EQ(salvaged.at("missing").as_array().size(), 0U);
  const json::value before = document({"log", "status"}, "log.status");
  const json::value after = document({"--data-dir", other, "log", "status"}, "log.status");
  for (const std::string_view field : {"logId", "events", "lastPosition", "chain"})
    EXPECT_EQ(after.at(field), before.at(field));
  EXPECT_NE(run({"log", "salvage", other + "/log"}).exitCode, 0);
}

TEST_F(LogCommand, VerifyWithoutALogIsNotFound) {
  EXPECT_EQ(errorOf({"--data-dir", directory_ / "none", "log", "verify"}, 4).at("code").as_string(),
            "NOT_FOUND");
}

TEST_F(LogCommand, ProjectionsFollowTheLogAndRebuildToTheSame) {
  const json::value before = document({"projections", "rebuild"}, "projections.rebuild");
  const json::value status = document({"projections", "status"}, "projections.status");
  EXPECT_EQ(status.at("lag"), 0);
  EXPECT_EQ(status.at("position"), status.at("logPosition"));
  fs::remove_all(dataDirectory() + "/views");
  EXPECT_EQ(document({"projections", "rebuild"}, "projections.rebuild").at("digest"), before.at("digest"));
  EXPECT_EQ(document({"snapshots", "list"}, "snapshots.list").at("snapshots").as_array().size(), 3U);
}

}  // namespace
}  // namespace cachify::test
