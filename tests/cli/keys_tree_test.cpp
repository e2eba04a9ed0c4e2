#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "cli/cli_fixture.hpp"
#include "core/bytes.hpp"
#include "support/fault_proxy.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;

class KeysTree : public CliWithRedis {
 protected:
  void fill(const std::vector<std::string>& keys) {
    std::vector<std::vector<std::string>> commands;
    for (const auto& key : keys) commands.push_back({"SET", key, "v"});
    redis_.pipeline(commands);
  }
  void fillUsers(int users) {
    std::vector<std::string> keys;
    for (int i = 0; i < users; ++i) keys.push_back("user:" + std::to_string(i) + ":name");
    fill(keys);
  }
  json::object tree(const Words& more, int exitCode = 0) {
    Words words{"keys", "tree", "cache"};
    words.insert(words.end(), more.begin(), more.end());
    return document(words, "keys.tree", exitCode).as_object();
  }
  /// "level path keys/ownKeys" of each folder.
  static std::string below(const json::object& tree) {
    std::string all;
    for (const auto& folder : tree.at("below").as_array()) {
      all += std::to_string(folder.at("level").as_int64()) + " " +
             std::string(folder.at("path").as_string()) + " " + std::to_string(folder.at("keys").as_int64()) +
             "/" + std::to_string(folder.at("ownKeys").as_int64()) + "\n";
    }
    return all;
  }
};

TEST_F(KeysTree, CountsKeysByFolderTheLargestFirst) {
  fill({"user:1:name", "user:1:mail", "user:2:name", "user:list", "cfg:a", "plain"});
  const CliResult people = run({"keys", "tree", "cache", "--depth", "2"});
  EXPECT_EQ(people.out,
            "KEYS  IN NO FOLDER  FOLDER\n"
            "   6             1  (all)\n"
            "   4             1    user:\n"
            "   2             2      user:1:\n"
            "   1             1      user:2:\n"
            "   1             1    cfg:\n");
  EXPECT_EQ(people.err, "6 keys, 6 of ~6 scanned.\n");
  const json::object all = tree({});
  EXPECT_EQ(below(all), "1 user: 4/1\n1 cfg: 1/1\n");
  EXPECT_EQ(all.at("keys"), 6);
  EXPECT_EQ(all.at("ownKeys"), 1);
  EXPECT_EQ(all.at("complete"), true);
  EXPECT_EQ(all.at("below").at(0).at("hasMore"), true);
  EXPECT_EQ(all.at("below").at(1).at("hasMore"), false);
}

TEST_F(KeysTree, LooksAtOneFolderAPatternAndAnotherSeparator) {
  fill({"user:1:name", "user:1:mail", "user:2:name", "users", "a/b", "a/c:d", "u[1]:x:y"});
  for (const auto* folder : {"user", "user:"})
    EXPECT_EQ(below(tree({folder})), "1 user:1: 2/2\n1 user:2: 1/1\n") << folder;
  EXPECT_EQ(tree({"user"}).at("path"), "user:");
  EXPECT_EQ(below(tree({"user", "--match", "*:name"})), "1 user:1: 1/1\n1 user:2: 1/1\n");
  EXPECT_EQ(below(tree({"--match", "user:*"})), "1 user: 3/0\n");
  EXPECT_EQ(below(tree({"--separator", "/"})), "1 a/ 2/2\n");
  EXPECT_EQ(below(tree({"u[1]"})), "1 u[1]:x: 1/1\n") << "a folder's name is no pattern";
  EXPECT_EQ(tree({"nothing"}).at("keys"), 0);
  ASSERT_EQ(run({"connections", "edit", "cache", "--key-separator", "/"}).exitCode, 0);
  EXPECT_EQ(below(tree({})), "1 a/ 2/2\n") << "the profile's separator";
}

TEST_F(KeysTree, NamesAreBytes) {
  const std::string odd("o\xff\x00\n:k", 6);
  fill({odd, odd + ":l"});
  const json::object all = tree({});
  EXPECT_EQ(all.at("below").at(0).at("pathBase64").as_string(), toBase64(odd.substr(0, 5)));
  EXPECT_THAT(run({"keys", "tree", "cache"}).out, HasSubstr("o\\xff\\x00\\x0a:"));
  EXPECT_EQ(tree({"--prefix-base64", toBase64(odd.substr(0, 4))}).at("keys"), 2);
}

TEST_F(KeysTree, ManyFoldersStayBoundedAndAreSaid) {
  fillUsers(101'000);
  const CliResult result = run({"keys", "tree", "cache", "user", "--quiet"});
  EXPECT_EQ(result.exitCode, 0);
  const json::object all = tree({"user"});
  EXPECT_EQ(all.at("keys"), 101'000);
  EXPECT_EQ(all.at("cut"), true);
  EXPECT_EQ(all.at("hasMore"), true);
  EXPECT_EQ(all.at("below").as_array().size(), 100'000U);
}

TEST_F(KeysTree, CtrlCShowsWhatWasCountedSoFar) {
  fillUsers(100'000);
  FaultProxy network(server_.port());
  network.stallAfter(1'000'000);  // less than all the names
  ASSERT_EQ(run({"connections", "add", "--name", "slow", "--engine", "redis", "--port",
                 std::to_string(network.port()), "--timeout-ms", "60000"})
                .exitCode,
            0);
  const auto interrupted = [&](const Words& words) {
    const int before = network.struck();
    CliProcess counting(input(words));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(50);
    while (network.struck() == before && std::chrono::steady_clock::now() < deadline) usleep(2000);
    counting.signal(SIGINT);
    return counting.wait();
  };
  const CliResult script = interrupted({"--json", "keys", "tree", "slow"});
  EXPECT_EQ(script.exitCode, 130) << script.err;
  const json::value tree = parseDocument(script.out);
  EXPECT_EQ(complaint(tree, "keys.tree"), "") << script.out;
  EXPECT_EQ(tree.at("complete"), false);
  EXPECT_GT(tree.at("keys").as_int64(), 0);
  EXPECT_LT(tree.at("keys").as_int64(), 100'000);
  const CliResult people = interrupted({"keys", "tree", "slow"});
  EXPECT_EQ(people.exitCode, 130);
  EXPECT_THAT(people.out, HasSubstr("(all)"));
  EXPECT_THAT(people.err, HasSubstr("of ~100 000 scanned; interrupted before the end."));
}

TEST_F(KeysTree, IsOneEventInTheLog) {
  fillUsers(120'000);
  EXPECT_EQ(tree({"user:"}).at("keys"), 120'000);
  const auto lines = parseLines(run({"log", "tail", "-n", "100", "--json"}).out);
  EXPECT_EQ(std::ranges::count_if(lines,
                                  [](const json::value& line) {
                                    return line.at("type") == "operation.completed" &&
                                           line.at("action") == "keys.tree";
                                  }),
            1);
}

TEST_F(KeysTree, CountsMemcachedKeysToo) {
  MemcachedServer memcached;
  ASSERT_EQ(run({"connections", "add", "--name", "m", "--engine", "memcached", "--port",
                 std::to_string(memcached.port())})
                .exitCode,
            0);
  for (const auto* key : {"a:1", "a:2", "b"}) ASSERT_EQ(run({"keys", "set", "m", key, "v"}).exitCode, 0);
  EXPECT_EQ(below(document({"keys", "tree", "m"}, "keys.tree").as_object()), "1 a: 2/2\n");
}

TEST_F(KeysTree, BadNumbersAndSeparatorsAreValidationErrors) {
  for (const auto& [option, value] :
       std::vector<std::pair<std::string, std::string>>{{"depth", "0"}, {"depth", "x"}, {"separator", ""}}) {
    const auto error = errorOf({"keys", "tree", "cache", "--" + option, value}, 2);
    EXPECT_EQ(error.at("code").as_string(), "VALIDATION_ERROR");
    EXPECT_EQ(error.at("details").at("field").as_string(), option);
    EXPECT_EQ(error.at("details").at("value").as_string(), value);
  }
}

}  // namespace
}  // namespace cachify::test
