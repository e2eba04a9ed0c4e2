// The quick ways of many keys at once, against a real server.

#include <gmock/gmock.h>

#include "support/redis_fixture.hpp"

namespace cachify::cache {
namespace {

constexpr std::size_t kKeys = 1'200;

class RedisBulk : public test::RedisFixture {
 protected:
  static Bytes key(std::size_t i) { return "key:" + std::to_string(i) + Bytes("\0\xff", 2); }

  /// Strings of every kind, at and above what counts as small, and others; a third of them expires.
  void fill() {
    std::vector<std::vector<std::string>> commands;
    for (std::size_t i = 0; i < kKeys; ++i) {
      const std::vector<std::string> values{"a\r\n" + key(i),        std::to_string(i),      "", "-7",
                                            std::string(4'096, 'x'), std::string(4'097, 'y')};
      if (i % 7 == 6) {
        commands.push_back({"HSET", key(i), "field", key(i)});
      } else {
        commands.push_back({"SET", key(i), values[i % 7]});
      }
      if (i % 3 == 0) commands.push_back({"PEXPIRE", key(i), std::to_string(500'000 + i)});
    }
    cli_.pipeline(commands);
  }
  std::vector<Bytes> allKeys() const {
    std::vector<Bytes> keys;
    for (std::size_t i = 0; i < kKeys; ++i) keys.push_back(key(i));
    return keys;
  }
  std::vector<domain::Capture> captureAll(CacheSession& session) {
    CaptureLimits limits;
    limits.maxLogicalBytes = 0;
    return run(session.capture(allKeys(), limits, soon())).value();
  }
  std::vector<std::string> digests() {
    std::vector<std::string> all;
    for (const Bytes& each : allKeys()) {
      all.push_back(cli_.must({"DEBUG", "DIGEST-VALUE", each}).elements.at(0).text + " until " +
                    std::to_string(cli_.must({"PEXPIRETIME", each}).integer));
    }
    return all;
  }
  /// How often the server has run it.
  std::size_t calls(const std::string& command) {
    const std::string stats = cli_.must({"INFO", "commandstats"}).text;
    const auto at = stats.find("cmdstat_" + command + ":calls=");
    if (at == std::string::npos) return 0;
    return std::stoul(stats.substr(stats.find('=', at) + 1));
  }
  std::vector<domain::Mutation> settingAll() const {
    std::vector<domain::Mutation> all;
    for (std::size_t i = 0; i < kKeys; ++i)
      all.emplace_back(
          domain::SetMutation{.key = key(i), .value = std::to_string(i), .ttl = domain::NoTtl{}});
    return all;
  }
  void setAll(CacheSession& session) {
    for (const auto& outcome : apply(session, settingAll())) ASSERT_EQ(outcome.status, ApplyStatus::applied);
  }
};

TEST_F(RedisBulk, WhatWasCapturedTogetherComesBackExactlyWithItsDeadline) {
  fill();
  const auto session = open(profile());
  const auto before = digests();
  std::vector<domain::Mutation> restores;
  for (auto& capture : captureAll(*session)) {
    ASSERT_FALSE(capture.notCaptured) << escapeForDisplay(capture.key);
    ASSERT_TRUE(capture.digest) << escapeForDisplay(capture.key);
    restores.emplace_back(domain::RestoreMutation{std::move(capture)});
  }
  cli_.must({"FLUSHALL"});
  cli_.must({"HSET", key(0), "in", "the way"});
  cli_.must({"SET", key(1), "in the way", "EX", "9"});
  for (const auto& outcome : apply(*session, std::move(restores)))
    EXPECT_EQ(outcome.status, ApplyStatus::applied) << outcome.error->message;
  EXPECT_EQ(digests(), before);
  EXPECT_LT(calls("set"), 2 * kKeys) << "those without TTL come back many at a time";
}

TEST_F(RedisBulk, ADigestIsTheSameHoweverItWasCaptured) {
  fill();
  const auto session = open(profile());
  const auto together = captureAll(*session);
  for (std::size_t i = 0; i < 7; ++i) {
    std::vector<Bytes> one{key(i)};
    const auto alone = run(session->capture(std::move(one), {}, soon())).value().front();
    EXPECT_EQ(alone.digest, together[i].digest) << i;
    EXPECT_EQ(alone.deadline, together[i].deadline) << i;
    EXPECT_EQ(alone.type, together[i].type) << i;
  }
}

TEST_F(RedisBulk, ASnapshotWhoseTimeIsOverComesBackAsAbsent) {
  const auto session = open(profile());
  const domain::Capture old{.key = "k",
                            .type = domain::ValueType::string,
                            .deadline = WallTime(std::chrono::seconds(1'000'000)),
                            .logical = Bytes("v")};
  cli_.must({"SET", "k", "newer"});
  EXPECT_EQ(applyOne(*session, domain::RestoreMutation{old}).status, ApplyStatus::applied);
  EXPECT_EQ(cli_.must({"EXISTS", "k"}).integer, 0);
}

TEST_F(RedisBulk, WhereMostKeysAreGoneOneQuestionTellsItAndOthersAreStillSeen) {
  const auto session = open(profile());
  for (const auto& capture : captureAll(*session)) EXPECT_FALSE(capture.existed());
  const std::size_t asked = calls("getrange");
  for (const auto& capture : captureAll(*session)) EXPECT_FALSE(capture.existed());
  EXPECT_EQ(calls("getrange"), asked);
  EXPECT_GT(calls("exists"), 0u);
  cli_.must({"SET", key(700), "here", "PX", "500000"});
  const auto captures = captureAll(*session);
  for (std::size_t i = 0; i < kKeys; ++i) EXPECT_EQ(captures[i].existed(), i == 700) << i;
  EXPECT_EQ(captures[700].sizeBytes, 4u);
  EXPECT_TRUE(captures[700].deadline);
  fill();
  for (const auto& capture : captureAll(*session)) EXPECT_TRUE(capture.existed());
}

TEST_F(RedisBulk, WhereNothingExpiresNoKeyIsAskedForItUntilOneDoes) {
  const auto session = open(profile());
  setAll(*session);
  for (const auto& capture : captureAll(*session)) EXPECT_EQ(capture.deadline, std::nullopt);
  const std::size_t asked = calls("pexpiretime");
  const auto captures = captureAll(*session);
  EXPECT_EQ(calls("pexpiretime"), asked);
  for (std::size_t i = 0; i < kKeys; ++i) EXPECT_EQ(std::get<Bytes>(captures[i].logical), std::to_string(i));
  cli_.must({"PEXPIRE", key(700), "500000"});
  for (int round = 0; round < 2; ++round) {
    const auto after = captureAll(*session);
    for (std::size_t i = 0; i < kKeys; ++i) EXPECT_EQ(after[i].deadline.has_value(), i == 700) << i;
  }
}

TEST_F(RedisBulk, WhoMayNotReadInfoIsAskedOnceOnly) {
  setAll(*open(profile()));
  const auto session = openAs("noinfo", {"~*", "+@all", "-info"});
  cli_.must({"PEXPIRE", key(700), "500000"});
  cli_.must({"ACL", "LOG", "RESET"});
  for (int round = 0; round < 3; ++round) {
    const auto captures = captureAll(*session);
    for (std::size_t i = 0; i < kKeys; ++i) EXPECT_EQ(captures[i].deadline.has_value(), i == 700) << i;
  }
  const auto refused = cli_.must({"ACL", "LOG"}).elements;
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_EQ(refused.at(0).elements.at(1).integer, 1) << "refusals";
}

TEST_F(RedisBulk, WhoMaySetButNotManyAtOnceSetsThemOneByOne) {
  const auto session = openAs("nomset", {"~*", "+@all", "-mset"});
  for (const auto& outcome : apply(*session, settingAll()))
    EXPECT_EQ(outcome.status, ApplyStatus::applied) << outcome.error->message;
  EXPECT_EQ(cli_.must({"DBSIZE"}).integer, static_cast<long long>(kKeys));
}

TEST_F(RedisBulk, AKeyThatIsNotOursKeepsNoOtherFromBeingSet) {
  const auto session = openAs("some", {"~key:1*", "+@all"});
  const auto outcomes = apply(*session, settingAll());
  for (std::size_t i = 0; i < kKeys; ++i) {
    const bool isOurs = std::to_string(i).starts_with('1');
    EXPECT_EQ(outcomes[i].status, isOurs ? ApplyStatus::applied : ApplyStatus::refused) << i;
    EXPECT_EQ(cli_.must({"EXISTS", key(i)}).integer, isOurs ? 1 : 0) << i;
  }
}

TEST_F(RedisBulk, WhoMayNotSetGetsDumpsWhichTheyMayRestore) {
  fill();
  const auto session = openAs("noset", {"~*", "+@all", "-set"});
  for (const auto& capture : captureAll(*session)) {
    EXPECT_FALSE(capture.notCaptured);
    EXPECT_TRUE(capture.dump) << escapeForDisplay(capture.key);
  }
}

}  // namespace
}  // namespace cachify::cache
