// What is kept of a slow command: its name, a key or pattern, and never an argument that may be a value or a
// secret.

#include <gmock/gmock.h>

#include "cache/redis/slow_log.hpp"
#include "unit/redis_replies.hpp"

namespace cachify::cache::redis {
namespace {

using testing::HasSubstr;
using testing::Not;

CommandSummary summaryOfWords(const std::vector<Bytes>& words) {
  std::vector<Reply> replies;
  for (const auto& word : words) replies.push_back(bulk(word));
  return summaryOf(replies);
}

Reply slowEntry(std::int64_t id, const std::vector<Bytes>& words) {
  std::vector<Reply> replies;
  for (const auto& word : words) replies.push_back(bulk(word));
  return array({integer(id), integer(1'764'000'000), integer(90'000), array(std::move(replies)),
                bulk("10.0.0.2:5000"), bulk("worker")});
}

TEST(SlowCommand, KeepsNameAndKeyOfCommandsThatHaveOneFirst) {
  const auto summary = summaryOfWords({"hgetall", "user:1"});
  EXPECT_EQ(summary.command, "HGETALL");
  EXPECT_EQ(summary.keyOrPattern, "user:1");
  EXPECT_EQ(summary.argumentCount, 1U);
  EXPECT_EQ(summaryOfWords({"KEYS", "session:*"}).keyOrPattern, "session:*");
  EXPECT_EQ(summaryOfWords({"SCAN", "0", "COUNT", "10", "match", "a*"}).keyOrPattern, "a*");
  EXPECT_EQ(summaryOfWords({"MEMORY", "USAGE", "big"}).keyOrPattern, "big");
  EXPECT_EQ(summaryOfWords({"MEMORY", "USAGE", "big"}).command, "MEMORY USAGE");
}

TEST(SlowCommand, NeverKeepsAnArgumentThatMayBeASecretOrAValue) {
  const std::vector<std::vector<Bytes>> commands{{"AUTH", "s3cret"},
                                                 {"AUTH", "user", "s3cret"},
                                                 {"HELLO", "3", "AUTH", "user", "s3cret"},
                                                 {"ACL", "SETUSER", "bob", ">s3cret"},
                                                 {"CONFIG", "SET", "requirepass", "s3cret"},
                                                 {"MIGRATE", "host", "6379", "k", "0", "9", "AUTH", "s3cret"},
                                                 {"SET", "k", "s3cret"},
                                                 {"MSET", "k", "s3cret", "l", "s3cret"},
                                                 {"EVAL", "return 's3cret'", "0"},
                                                 {"PUBLISH", "channel", "s3cret"},
                                                 {"FUTURE.COMMAND", "s3cret"},
                                                 {"s3cret with blanks"},
                                                 {"DEBUG", "s3cret no word"}};
  for (const auto& words : commands) {
    const auto summary = summaryOfWords(words);
    EXPECT_THAT(summary.command + " " + summary.keyOrPattern, Not(HasSubstr("s3cret"))) << words[0];
    EXPECT_EQ(summary.argumentCount, words.size() - 1);
  }
  EXPECT_EQ(summaryOfWords(commands[4]).command, "CONFIG SET");
}

TEST(SlowCommand, CountsTheArgumentsThatTheServerLeftOut) {
  EXPECT_EQ(summaryOfWords({"DEL", "a", "b", "... (17 more arguments)"}).argumentCount, 19U);
  EXPECT_EQ(summaryOfWords({"DEL", "a", "... (x more arguments)"}).argumentCount, 2U);
}

TEST(SlowLogReply, GivesEntriesOldestFirstAndLeavesOutWhatIsNone) {
  const Reply reply = array({slowEntry(8, {"GET", "b"}), slowEntry(7, {"GET", "a"}), integer(3), array({}),
                             array({integer(-1), integer(0), integer(0), array({bulk("GET")})}),
                             array({integer(9), integer(0), integer(0), array({})})});
  const auto log = slowLogOf(reply, "run");
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[0].id, 7U);
  EXPECT_EQ(log[0].runId, "run");
  EXPECT_EQ(log[0].keyOrPattern, "a");
  EXPECT_EQ(log[0].duration, std::chrono::milliseconds(90));
  EXPECT_EQ(log[0].client, "10.0.0.2:5000 worker");
  EXPECT_EQ(log[1].id, 8U);
}

}  // namespace
}  // namespace cachify::cache::redis
