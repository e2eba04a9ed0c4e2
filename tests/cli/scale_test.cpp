// Very many keys and very large values on the command line.

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/cli_fixture.hpp"
#include "support/peak_memory.hpp"
#include "support/rounds.hpp"
#include "support/sanitized.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

/// Of the whole program, what it needs when idle included.
constexpr std::uint64_t kBound = (200ULL << 20) * kSanitizerFactor;

class Scale : public CliWithRedis {
 protected:
  Scale() { static_cast<void>(run({"connections", "edit", "cache", "--timeout-ms", "60000"})); }

  struct Measured {
    CliResult result;
    std::chrono::steady_clock::duration took{};
    std::uint64_t peakBytes = 0;
  };
  [[nodiscard]] Measured measure(CliInput given) const {
    Measured measured;
    const auto start = std::chrono::steady_clock::now();
    CliProcess process(std::move(given));
    const PeakMemory memory(process.pid());
    measured.result = process.wait();
    measured.took = std::chrono::steady_clock::now() - start;
    measured.peakBytes = memory.peakBytes();
    return measured;
  }
};

TEST_F(Scale, OneKeyAmongVeryManyIsFoundAndTheWayThereIsShown) {
  const auto count = inGateOrLong(200'000, 1'000'000);
  redis_.must({"DEBUG", "POPULATE", std::to_string(count - 1), "key", "4"});
  redis_.must({"SET", "needle:1", "v"});
  const Words words{"keys", "list", "cache", "--match", "needle:*"};
  Words all = words;
  all.emplace_back("--all");
  const auto found = measure(input(all));
  EXPECT_EQ(found.result.out, "KEY\nneedle:1\n");
  EXPECT_LT(found.peakBytes, kBound);
  const std::string total = count == 1'000'000 ? "1 000 000" : "200 000";
  EXPECT_THAT(found.result.err, HasSubstr("1 key, " + total + " of ~" + total + " scanned."));
  EXPECT_THAT(run(words).out, HasSubstr("needle:1\n"));
  CliInput atTerminal = input(all);
  atTerminal.onTerminal = true;
  const std::string shown = runCli(std::move(atTerminal)).out;
  EXPECT_THAT(shown, HasSubstr("50 000 of ~" + total + " scanned"));
  EXPECT_THAT(shown, HasSubstr("150 000 of ~" + total + " scanned"));
}

TEST_F(Scale, AllNamesOfVeryManyKeysComeInBoundedMemoryAsTextAndAsJson) {
  const auto count = inGateOrLong<std::size_t>(200'000, 1'000'000);
  redis_.must({"DEBUG", "POPULATE", std::to_string(count), "key", "4"});
  const auto text = measure(input({"keys", "list", "cache", "--all"}));
  EXPECT_EQ(std::ranges::count(text.result.out, '\n'), static_cast<std::ptrdiff_t>(count) + 1);
  EXPECT_LT(text.peakBytes, kBound);
  const auto json = measure(input({"--json", "keys", "list", "cache", "--all"}));
  EXPECT_EQ(std::ranges::count(json.result.out, '\n'), static_cast<std::ptrdiff_t>(count));
  EXPECT_LT(json.peakBytes, kBound);
}

TEST_F(Scale, TheFirstPageOfAHugeValueComesSoonAndALaterOneByItsCursor) {
  const auto count = inGateOrLong(1'000'000, 10'000'000);
  for (int at = 1; at < count; at += 500'000) {
    redis_.must({"EVAL",
                 "for i = ARGV[1], ARGV[1] + 499999 do "
                 "redis.call('HSET', KEYS[1], 'field:' .. i, 'value:' .. i) end",
                 "1", "huge", std::to_string(at)});
  }
  redis_.must({"SETRANGE", "text", std::to_string((512 << 20) - 3), "end"});
  for (const std::string key : {"huge", "text"}) {
    const auto first = measure(input({"keys", "get", "cache", key}));
    EXPECT_EQ(first.result.exitCode, 0) << first.result.err;
    EXPECT_THAT(first.result.err, HasSubstr("--cursor"));
    EXPECT_LT(first.took, 1s * kSanitizerFactor) << key;
    EXPECT_LT(first.peakBytes, kBound) << key;
  }
  const std::string behind = std::to_string((512 << 20) - 3);
  const CliResult end = run({"keys", "get", "cache", "text", "--cursor", behind});
  EXPECT_EQ(end.out, "end\n");
  const json::value page = document({"hash", "list", "cache", "huge"}, "keys.get");
  const std::string cursor(page.at("nextCursor").as_string());
  const auto deep =
      measure(input({"hash", "list", "cache", "huge", "--cursor", cursor, "--max-items", "100000"}));
  EXPECT_EQ(deep.result.exitCode, 0) << deep.result.err;
  EXPECT_LT(deep.peakBytes, kBound);
}

TEST_F(Scale, OneFieldOfAHugeHashIsChangedAndUndoneSoon) {
  redis_.must(
      {"EVAL", "for i = 1, 1000000 do redis.call('HSET', KEYS[1], 'field:' .. i, i) end", "1", "huge"});
  const auto changed = measure(input({"hash", "set", "cache", "huge", "field:77", "new"}));
  EXPECT_EQ(changed.result.exitCode, 0) << changed.result.err;
  EXPECT_LT(changed.took, 1s * kSanitizerFactor);
  EXPECT_LT(changed.peakBytes, kBound);
  EXPECT_EQ(redis_.must({"HGET", "huge", "field:77"}).text, "new");
  const auto restored = measure(input({"snapshots", "restore", "cache", "huge", "--latest"}));
  EXPECT_EQ(restored.result.exitCode, 0) << restored.result.err;
  EXPECT_LT(restored.took, 1s * kSanitizerFactor);
  EXPECT_EQ(redis_.must({"HGET", "huge", "field:77"}).text, "77");
  const json::value list = document({"snapshots", "list", "cache"}, "snapshots.list");
  const std::string id(list.at("snapshots").at(0).at("id").as_string());
  EXPECT_EQ(document({"snapshots", "show", id, "--value"}, "snapshots.show").at("elements"), 1);
}

TEST_F(Scale, MoreThanASnapshotHoldsGoesFromAFileToTheServerAndBackToAFile) {
  const int mebibytes = inGateOrLong(65, 512);
  const std::string from = directory_ / "from";
  const std::string to = directory_ / "to";
  {
    std::ofstream file(from, std::ios::binary);
    std::string block(1 << 20, '\0');
    for (int i = 0; i < mebibytes; ++i) {
      for (std::size_t k = 0; k < block.size(); k += 61) block[k] = static_cast<char>(i * 7 + k);
      file << block;
    }
  }
  const auto stored = measure(input({"keys", "set", "cache", "huge", "--value-file", from}));
  EXPECT_EQ(stored.result.exitCode, 0) << stored.result.err;
  RecordProperty("setPeakMiB", static_cast<int>(stored.peakBytes >> 20));
  CliInput get = input({"keys", "get", "cache", "huge", "--raw"});
  get.stdoutFile = to;
  const auto read = measure(std::move(get));
  EXPECT_EQ(read.result.exitCode, 0) << read.result.err;
  EXPECT_LT(read.peakBytes, kBound);
  std::ifstream a(from, std::ios::binary);
  std::ifstream b(to, std::ios::binary);
  EXPECT_EQ(std::filesystem::file_size(from), std::filesystem::file_size(to));
  EXPECT_TRUE(std::equal(std::istreambuf_iterator<char>(a), {}, std::istreambuf_iterator<char>(b)));
  // What is larger than a snapshot may be is overwritten with consent only.
  EXPECT_EQ(run({"keys", "set", "cache", "huge", "small"}).exitCode, 3);
  EXPECT_EQ(run({"keys", "set", "cache", "huge", "small", "--accept-no-undo"}).exitCode, 0);
}

}  // namespace
}  // namespace cachify::test
