// Whatever bytes a server holds: no output of any command lets one of them drive a terminal.

#include <gmock/gmock.h>
#include <utf8.h>

#include <algorithm>
#include <set>

#include "cli/cli_fixture.hpp"
#include "core/bytes.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;

const std::vector<std::string>& hostileTexts() {
  using namespace std::string_literals;
  static const std::vector<std::string> texts{
      "nul\0in it"s,
      "line\nbreak\r\n\ttab",
      "\x1b]0;title\x07\x1b[2J\x1b[31mred",                   // C0: window title, clear screen, colour
      "\xc2\x9b[2J \xc2\x85 \x7f",                            // C1 and DEL
      "\xff\xfe\x80 \xed\xa0\x80 \xf4\x90\x80\x80 \xc0\xaf",  // invalid: stray, surrogate, too high, overlong
      "abc\xe2\x80\xaegnp.exe \xe2\x81\xa6 \xe2\x80\x8f",     // right to left, isolate, mark
      "zero\xe2\x80\x8bwidth \xef\xbb\xbf \xe2\x80\xa8",      // what hides, and a line separator
      "back\\slash \\x1b[2J %s {} ${x} `x`",                  // what looks escaped, and what formats
      "'; quotes \" and\x08\x08\x08 backspaces",
  };
  return texts;
}

/// Empty, or the first thing in `text` that a terminal would obey or that hides what stands there.
std::string firstDanger(const std::string& text) {
  for (auto at = text.begin(); at != text.end();) {
    const auto start = at;
    char32_t c = 0;
    try {
      c = utf8::next(at, text.end());
    } catch (const utf8::exception&) {
      return "invalid UTF-8 at " + escapeForDisplay(std::string(start, text.end()).substr(0, 20));
    }
    if (c == '\n' || c == '\\' || c == '\t') continue;
    const std::string character(start, at);
    if (escapeForDisplay(character) != character) return escapeForDisplay(character);
  }
  return {};
}

class HostileData : public CliWithRedis {
 protected:
  HostileData() {
    for (const std::string& text : hostileTexts()) {
      redis_.must({"SET", text, text});
      redis_.must({"HSET", "hash" + text, text, text});
      redis_.must({"RPUSH", "list" + text, text});
      redis_.must({"SADD", "set" + text, text});
      redis_.must({"ZADD", "zset" + text, "1", text});
      redis_.must({"XADD", "stream" + text, "*", text, text});
    }
  }

  /// What a person sees at a terminal, and what a program gets as JSON.
  void expectHarmless(const Words& words) {
    SCOPED_TRACE(escapeForDisplay(testing::PrintToString(words)));
    CliInput atTerminal = input(words);
    atTerminal.onTerminal = true;
    atTerminal.environment.emplace_back("NO_COLOR", "1");
    const CliResult seen = runCli(std::move(atTerminal));
    EXPECT_EQ(firstDanger(withoutCarriageReturns(seen.out)), "") << seen.out;
    EXPECT_EQ(seen.out.empty(), std::ranges::find(words, "--quiet") != words.end());
    EXPECT_LT(seen.exitCode, 100);

    Words json = words;
    json.insert(json.begin(), "--json");
    const CliResult got = run(json);
    EXPECT_EQ(firstDanger(got.out), "") << got.out;
    EXPECT_EQ(firstDanger(got.err), "") << got.err;
    EXPECT_NO_THROW(parseLines(got.out)) << got.out;
    EXPECT_LT(got.exitCode, 100);
  }

 private:
  /// The terminal puts one before every line end; any other is the program's.
  static std::string withoutCarriageReturns(std::string text) {
    for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at + 1))
      text.erase(at, 1);
    return text;
  }
};

TEST_F(HostileData, IsListedHarmlessly) {
  expectHarmless({"keys", "list", "cache", "--limit", "1000"});
  expectHarmless({"keys", "list", "cache", "--describe", "--limit", "1000"});
  expectHarmless({"keys", "list", "cache", "--all"});
}

TEST_F(HostileData, IsShownHarmlesslyWhateverTheTypeAndTheView) {
  for (const std::string& text : hostileTexts()) {
    for (const std::string type : {"", "hash", "list", "set", "zset", "stream"})
      expectHarmless({"keys", "get", "cache", "--key-base64", toBase64(type + text)});
    expectHarmless(
        {"hash", "get", "cache", "--key-base64", toBase64("hash" + text), "--field-base64", toBase64(text)});
    for (const std::string view : {"auto", "text", "hex"})
      expectHarmless({"keys", "get", "cache", "--key-base64", toBase64(text), "--view", view});
  }
}

TEST_F(HostileData, IsChangedUndoneAndToldOfHarmlessly) {
  for (const std::string& text : hostileTexts()) {
    const std::string key = toBase64(text);
    expectHarmless({"keys", "set", "cache", "--key-base64", key, "--value-base64", key});
    expectHarmless({"keys", "append", "cache", "--key-base64", key, "--value-base64", key});
    expectHarmless({"keys", "delete", "cache", "--key-base64", key, "--quiet"});
    expectHarmless({"keys", "get", "cache", "--key-base64", key});  // there is no such key
    expectHarmless({"snapshots", "list", "cache", "--key-base64", key});
    expectHarmless({"snapshots", "restore", "cache", "--key-base64", key, "--latest", "--quiet"});
  }
  expectHarmless({"snapshots", "list"});
  expectHarmless({"log", "tail", "-n", "500"});
  expectHarmless({"log", "export"});
  const json::value list = document({"snapshots", "list"}, "snapshots.list");
  std::set<std::string> keys;
  for (const auto& row : list.at("snapshots").as_array()) {
    if (!keys.emplace(row.at("key").as_string()).second) continue;
    const std::string id(row.at("id").as_string());
    expectHarmless({"snapshots", "show", id, "--value"});
    expectHarmless({"snapshots", "diff", id, "--live"});
  }
}

TEST_F(HostileData, InArgumentsAndNamesIsRefusedOrToldHarmlessly) {
  for (const std::string& text : hostileTexts()) {
    const std::string word = text.substr(0, text.find('\0'));
    expectHarmless({"connections", "show", word});
    expectHarmless({"connections", "add", "--name", word, "--engine", "redis", "--host", word});
    expectHarmless({"keys", "list", "cache", "--match", word, "--type", word});
    expectHarmless({"keys", "list", "cache", "--match", word});
    expectHarmless({"keys", "list", "cache", "--cursor", word});
    expectHarmless({"log", "show", word});
    expectHarmless({word});
    expectHarmless({"--" + word});
  }
  expectHarmless({"connections", "list"});
}

TEST_F(HostileData, JsonOfAnyDepthAndSizeIsShownOrSaidToBeTooDeep) {
  for (const std::size_t depth : {100UL, 10'000UL, 400'000UL}) {
    redis_.must({"SET", "deep", std::string(depth, '[') + std::string(depth, ']')});
    const CliResult seen = run({"keys", "get", "cache", "deep", "--view", "json"});
    EXPECT_LT(seen.exitCode, 100) << depth << seen.err.substr(0, 500);
    const CliResult plain = run({"keys", "get", "cache", "deep"});
    EXPECT_EQ(plain.exitCode, 0) << depth;
  }
}

}  // namespace
}  // namespace cachify::test
