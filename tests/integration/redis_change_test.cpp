// Capturing, changing and restoring against a real server.

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "cache/redis/mutation_script.hpp"
#include "support/redis_fixture.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using domain::ValueType;

const Bytes kHostileKey("a\0\xff\xfe\r\n\x1b[2J", 10);

class RedisChanging : public test::RedisFixture {
 protected:
  domain::Capture captured(CacheSession& session, const Bytes& key, CaptureLimits limits = {}) {
    std::vector<Bytes> keys{key};
    return run(session.capture(std::move(keys), limits, soon())).value().front();
  }
  HeldCapture held(CacheSession& session, const Bytes& key) {
    std::vector<Bytes> keys{key};
    return run(session.captureHeld(std::move(keys), {}, soon())).value();
  }
  std::string digestOf(const Bytes& key) {
    return cli_.must({"DEBUG", "DIGEST-VALUE", key}).elements.at(0).text;
  }

  /// Small and large ones of every type, with their keys.
  std::vector<Bytes> fillAllTypes() {
    const std::string big(70'000, 'b');
    const Bytes odd("\0\xff\r\n", 4);
    std::vector<std::vector<std::string>> commands{
        {"SET", kHostileKey, odd},
        {"SET", "s:int", "12345"},
        {"SET", "s:big", big + odd},
        {"HSET", "h:small", "f", odd, odd, "v"},
        {"RPUSH", "l:small", "1", "two", odd},
        {"SADD", "set:int", "1", "2", "3"},
        {"SADD", "set:small", "a", odd},
        {"ZADD", "z:small", "1.5", odd, "-inf", "low", "1e300", "high"},
        {"XADD", "x:small", "5-1", "f", odd, "f", "again"},
        {"XGROUP", "CREATE", "x:small", "group", "0"},
        {"XGROUP", "CREATE", "x:empty", "group", "$", "MKSTREAM"},
    };
    for (int i = 0; i < 1'500; ++i) {
      const auto n = std::to_string(i);
      commands.insert(commands.end(), {{"HSET", "h:big", "f" + n, n + odd},
                                       {"RPUSH", "l:big", n + big.substr(0, 90)},
                                       {"SADD", "set:big", n + odd},
                                       {"ZADD", "z:big", n, n + odd},
                                       {"XADD", "x:big", n + "-1", "f", n}});
    }
    cli_.pipeline(commands);
    return {kHostileKey, "s:int",   "s:big",   "h:small", "h:big",   "l:small", "l:big", "set:int",
            "set:small", "set:big", "z:small", "z:big",   "x:small", "x:empty", "x:big"};
  }
};

TEST_F(RedisChanging, RestoresEveryTypeExactlyAsItWas) {
  const auto keys = fillAllTypes();
  const auto session = open(profile());
  std::vector<std::string> digests;
  std::vector<long long> deadlines;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i % 2 == 0) cli_.must({"PEXPIRE", keys[i], "500000"});
    digests.push_back(digestOf(keys[i]));
    deadlines.push_back(cli_.must({"PEXPIRETIME", keys[i]}).integer);
  }
  const auto captures = run(session->capture(keys, {}, soon())).value();
  std::vector<domain::Mutation> restores;
  for (const auto& capture : captures) {
    EXPECT_FALSE(capture.notCaptured) << escapeForDisplay(capture.key);
    EXPECT_TRUE(capture.dump);
    EXPECT_TRUE(capture.digest);
    restores.emplace_back(domain::RestoreMutation{capture});
  }
  // Half of them overwritten, half of them gone.
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i % 3 == 0) cli_.must({"DEL", keys[i]});
    if (i % 3 == 1) cli_.must({"SET", keys[i], "overwritten"});
  }
  for (const auto& outcome : apply(*session, std::move(restores)))
    EXPECT_EQ(outcome.status, ApplyStatus::applied);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    EXPECT_EQ(digestOf(keys[i]), digests[i]) << escapeForDisplay(keys[i]);
    EXPECT_EQ(cli_.must({"PEXPIRETIME", keys[i]}).integer, deadlines[i]) << escapeForDisplay(keys[i]);
  }
}

TEST_F(RedisChanging, RestoresFromTheLogicalCopyWhereDumpIsRefused) {
  const auto keys = fillAllTypes();
  for (const auto& key : keys) cli_.must({"PEXPIRE", key, "500000"});
  const auto session = openAs("nodump", {"~*", "+@all", "-dump"});
  std::vector<domain::Mutation> restores;
  std::vector<Digest> digests;
  auto captures = run(session->capture(keys, {}, soon())).value();
  for (auto& capture : captures) {
    ASSERT_FALSE(capture.notCaptured) << escapeForDisplay(capture.key) << capture.notCaptured->message;
    EXPECT_FALSE(capture.dump);
    digests.push_back(capture.digest.value());
    restores.emplace_back(domain::RestoreMutation{std::move(capture)});
  }
  std::vector<std::string> before;
  for (const auto& key : keys) {
    before.push_back(digestOf(key));
    cli_.must({"DEL", key});
  }
  for (const auto& outcome : apply(*session, std::move(restores))) {
    EXPECT_EQ(outcome.status, ApplyStatus::applied) << outcome.error->message;
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    EXPECT_EQ(captured(*session, keys[i]).digest, digests[i]) << escapeForDisplay(keys[i]);
    EXPECT_GT(cli_.must({"PTTL", keys[i]}).integer, 400'000);
    const bool isStream = keys[i].starts_with("x:");  // consumer groups are not part of the logical copy
    if (isStream) continue;
    EXPECT_EQ(digestOf(keys[i]), before[i]) << escapeForDisplay(keys[i]);
  }
}

TEST_F(RedisChanging, KeepsAnAbsentKeyAsAbsentAndRestoresThat) {
  const auto session = open(profile());
  const auto absent = captured(*session, "k");
  EXPECT_FALSE(absent.existed());
  cli_.must({"SET", "k", "new"});
  EXPECT_EQ(applyOne(*session, domain::RestoreMutation{absent}).status, ApplyStatus::applied);
  EXPECT_EQ(cli_.must({"EXISTS", "k"}).integer, 0);
}

TEST_F(RedisChanging, LeavesValuesAboveTheLimitUncaptured) {
  cli_.must({"SET", "s", std::string(5'000'000, 'x')});
  cli_.must({"SET", "fits", std::string(3'000'000, 'x')});
  for (int i = 0; i < 100; ++i)
    cli_.must({"RPUSH", "l", std::string(100'000, static_cast<char>('a' + i % 26))});
  const auto session = open(profile());
  const CaptureLimits limits{.maxBytes = 3'000'000, .maxLogicalBytes = 1'000'000};
  for (const auto* key : {"s", "l"}) {
    const auto capture = captured(*session, key, limits);
    EXPECT_TRUE(capture.existed());
    ASSERT_TRUE(capture.notCaptured) << key;
    EXPECT_FALSE(capture.dump);
  }
  const auto fits = captured(*session, "fits", limits);
  EXPECT_FALSE(fits.notCaptured);
  EXPECT_TRUE(fits.dump);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(fits.logical)) << "above maxLogicalBytes";
  EXPECT_EQ(fits.digest, sha256(std::string(3'000'000, 'x')));
  EXPECT_EQ(fits.sizeBytes, 3'000'000u);
}

TEST_F(RedisChanging, SaysWhyWhatNobodyMayReadIsNotCaptured) {
  cli_.must({"SET", "k", "v"});
  const auto session = openAs("blind", {"~*", "+set", "+type", "+pttl"});
  const auto capture = captured(*session, "k");
  EXPECT_TRUE(capture.existed());
  ASSERT_TRUE(capture.notCaptured);
  EXPECT_EQ(capture.notCaptured->code, ErrorCode::unauthorized);
}

TEST_F(RedisChanging, AWatchedKeyThatSomebodyChangedStopsTheChange) {
  cli_.must({"SET", "k", "old"});
  const auto session = open(profile());
  auto first = held(*session, "k");
  EXPECT_EQ(std::get<Bytes>(first.captures.front().logical), "old");
  cli_.must({"SET", "k", "theirs"});
  const auto outcome =
      applyOne(*session, domain::SetMutation{.key = "k", .value = "mine"}, std::move(first.hold));
  EXPECT_EQ(outcome.status, ApplyStatus::changed);
  EXPECT_EQ(outcome.error->code, ErrorCode::conflict);
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "theirs");

  auto second = held(*session, "k");
  EXPECT_EQ(
      applyOne(*session, domain::SetMutation{.key = "k", .value = "mine"}, std::move(second.hold)).status,
      ApplyStatus::applied);
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "mine");
}

TEST_F(RedisChanging, AHoldThatWasLetGoDoesNotStopTheNextChangeOnItsConnection) {
  cli_.must({"SET", "a", "1"});
  const auto session = open(profile());
  { const auto dropped = held(*session, "a"); }
  cli_.must({"SET", "a", "2"});  // would spoil a WATCH that was left behind
  auto next = held(*session, "b");
  EXPECT_EQ(applyOne(*session, domain::SetMutation{.key = "b", .value = "v"}, std::move(next.hold)).status,
            ApplyStatus::applied);
  const std::string clients = cli_.must({"CLIENT", "LIST", "TYPE", "normal"}).text;
  EXPECT_NE(clients.find("name=cachify-studio"), std::string::npos);
  EXPECT_EQ(clients.find("name=cachify-studio"), clients.rfind("name=cachify-studio"))
      << "one connection served it all";
}

TEST_F(RedisChanging, WhoMayNotWatchIsToldSo) {
  const auto session = openAs("nowatch", {"~*", "+@all", "-watch"});
  std::vector<Bytes> keys{"k"};
  const auto refused = run(session->captureHeld(std::move(keys), {}, soon()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
}

TEST_F(RedisChanging, SetKeepsTheTtlUnlessToldOtherwise) {
  const auto session = open(profile());
  cli_.must({"SET", "k", "v", "PX", "300000"});
  const auto set = [&](domain::TtlChange ttl) {
    return applyOne(*session, domain::SetMutation{.key = "k", .value = "w", .ttl = ttl}).status;
  };
  EXPECT_EQ(set(domain::KeepTtl{}), ApplyStatus::applied);
  EXPECT_GT(cli_.must({"PTTL", "k"}).integer, 200'000);
  EXPECT_EQ(set(domain::NoTtl{}), ApplyStatus::applied);
  EXPECT_EQ(cli_.must({"PTTL", "k"}).integer, -1);
  EXPECT_EQ(set(50'000ms), ApplyStatus::applied);
  const auto left = cli_.must({"PTTL", "k"}).integer;
  EXPECT_LE(left, 50'000);
  EXPECT_GT(left, 40'000);
}

TEST_F(RedisChanging, TheFormsForOldServersDoTheSame) {
  const redis::Dialect old{
      .unlink = false, .setKeepTtl = false, .setPxAt = false, .pexpireTime = false, .scanType = false};
  test::RawConnection raw({.port = server_.port(), .unixSocket = {}});
  const auto send = [&](const domain::Mutation& mutation) {
    const auto script = redis::MutationScript::compile(mutation, old, SystemClock().now()).value();
    raw.send(script.commands().bytes() + "PING\r\n");
    EXPECT_EQ(raw.receiveUntil("+PONG\r\n").find('-'), std::string::npos);
  };
  cli_.must({"SET", "k", "v", "PX", "300000"});
  send(domain::SetMutation{.key = "k", .value = "kept"});
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "kept");
  EXPECT_GT(cli_.must({"PTTL", "k"}).integer, 200'000);
  send(domain::SetMutation{.key = "k", .value = "short", .ttl = 50'000ms});
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "short");
  EXPECT_LE(cli_.must({"PTTL", "k"}).integer, 50'000);
  send(domain::DeleteMutation{.key = "k"});
  EXPECT_EQ(cli_.must({"EXISTS", "k"}).integer, 0);
}

TEST_F(RedisChanging, RenameDoesNotLandOnAnExistingKeyUnlessAllowed) {
  const auto session = open(profile());
  cli_.must({"SET", "a", "1"});
  cli_.must({"SET", "b", "2"});
  const auto refused = applyOne(*session, domain::RenameMutation{.from = "a", .to = "b"});
  EXPECT_EQ(refused.status, ApplyStatus::refused);
  EXPECT_EQ(refused.error->code, ErrorCode::conflict);
  EXPECT_EQ(applyOne(*session, domain::RenameMutation{.from = "a", .to = "b", .replace = true}).status,
            ApplyStatus::applied);
  EXPECT_EQ(cli_.must({"GET", "b"}).text, "1");
  EXPECT_EQ(applyOne(*session, domain::RenameMutation{.from = "a", .to = "c"}).error->code,
            ErrorCode::notFound);
}

TEST_F(RedisChanging, TtlsAreSetPersistedAndRefusedOnAbsentKeys) {
  const auto session = open(profile());
  cli_.must({"SET", "k", "v"});
  EXPECT_EQ(applyOne(*session, domain::TtlMutation{"k", 60'000ms}).status, ApplyStatus::applied);
  EXPECT_GT(cli_.must({"PTTL", "k"}).integer, 50'000);
  EXPECT_EQ(applyOne(*session, domain::TtlMutation{"k", domain::NoTtl{}}).status, ApplyStatus::applied);
  EXPECT_EQ(cli_.must({"PTTL", "k"}).integer, -1);
  EXPECT_EQ(applyOne(*session, domain::TtlMutation{"k", domain::NoTtl{}}).status, ApplyStatus::applied);
  EXPECT_EQ(applyOne(*session, domain::TtlMutation{"absent", domain::NoTtl{}}).error->code,
            ErrorCode::notFound);
  EXPECT_EQ(applyOne(*session, domain::TtlMutation{"absent", 1'000ms}).error->code, ErrorCode::notFound);
}

TEST_F(RedisChanging, ManyMutationsGoInOnePipelineAndEachHasItsOutcome) {
  const auto session = open(profile());
  std::vector<domain::Mutation> mutations;
  for (int i = 0; i < 20'000; ++i) {
    mutations.emplace_back(domain::SetMutation{.key = "k" + std::to_string(i),
                                               .value = std::string(200, 'v'),
                                               .ttl = i == 7 ? domain::TtlChange(0ms) : domain::NoTtl{}});
  }
  const auto outcomes = apply(*session, std::move(mutations));
  ASSERT_EQ(outcomes.size(), 20'000u);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    EXPECT_EQ(outcomes[i].status, i == 7 ? ApplyStatus::refused : ApplyStatus::applied);
  }
  EXPECT_EQ(cli_.must({"DBSIZE"}).integer, 19'999);
}

TEST_F(RedisChanging, APermitForOtherKeysOpensNothing) {
  const auto session = open(profile());
  auto permit = actions::Gate::permitFor(id_, domain::Action::remove, {"other"});
  std::vector<domain::Mutation> mutations{domain::DeleteMutation{"k"}};
  cli_.must({"SET", "k", "v"});
  const auto outcomes = run(session->apply(std::move(permit), std::move(mutations), nullptr, soon()));
  EXPECT_EQ(outcomes.front().status, ApplyStatus::refused);
  EXPECT_EQ(cli_.must({"EXISTS", "k"}).integer, 1);
}

TEST_F(RedisChanging, ADumpTheServerCannotReadIsRefusedAndTheLogicalCopyStillHelps) {
  const auto session = open(profile());
  cli_.must({"SET", "k", "v"});
  auto capture = captured(*session, "k");
  cli_.must({"SET", "k", "live"});
  capture.dump->back() = static_cast<char>(capture.dump->back() ^ 1);
  const auto refused = applyOne(*session, domain::RestoreMutation{capture});
  EXPECT_EQ(refused.status, ApplyStatus::refused);
  EXPECT_EQ(refused.error->code, ErrorCode::notSupported);
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "live");
  capture.dump.reset();
  EXPECT_EQ(applyOne(*session, domain::RestoreMutation{capture}).status, ApplyStatus::applied);
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "v");
}

TEST_F(RedisChanging, AFullServerDeletesAHeldKeyIfItIsStillWhatWasCaptured) {
  const auto session = open(profile());
  for (const Bytes& key : fillAllTypes()) {
    auto kept = held(*session, key);
    cli_.must({"CONFIG", "SET", "maxmemory", "1"});
    EXPECT_EQ(applyOne(*session, domain::DeleteMutation{key}, std::move(kept.hold)).status,
              ApplyStatus::applied)
        << escapeForDisplay(key);
    EXPECT_EQ(cli_.must({"EXISTS", key}).integer, 0);
    cli_.must({"CONFIG", "SET", "maxmemory", "0"});
  }
  cli_.must({"SET", "k", "captured"});
  auto outdated = held(*session, "k");
  cli_.must({"SET", "k", "theirs"});
  cli_.must({"CONFIG", "SET", "maxmemory", "1"});
  const auto outcome = applyOne(*session, domain::DeleteMutation{"k"}, std::move(outdated.hold));
  EXPECT_EQ(outcome.status, ApplyStatus::changed);
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "theirs");
}

TEST_F(RedisChanging, AHundredMegabytesSurviveTheRoundTrip) {
  const auto session = open(profile());
  Bytes value(100 << 20, '\0');
  std::minstd_rand random(1);
  for (std::size_t i = 0; i < value.size(); i += 97) value[i] = static_cast<char>(random());
  const CallContext context = CallContext::within(50s);
  EXPECT_EQ(applyOne(*session, domain::SetMutation{.key = "big", .value = value}, nullptr, context).status,
            ApplyStatus::applied);
  const auto read = run(session->read("big", {.maxBytes = 200 << 20}, context));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(std::get<Bytes>(read->value) == value);
  std::vector<Bytes> keys{"big"};
  auto captures = run(session->capture(std::move(keys), {.maxBytes = 200 << 20}, context)).value();
  EXPECT_EQ(captures.front().digest, sha256(value));
  const auto before = digestOf("big");
  EXPECT_EQ(applyOne(*session, domain::DeleteMutation{"big"}).status, ApplyStatus::applied);
  EXPECT_EQ(applyOne(*session, domain::RestoreMutation{std::move(captures.front())}, nullptr, context).status,
            ApplyStatus::applied);
  EXPECT_EQ(digestOf("big"), before);
}

}  // namespace
}  // namespace cachify::cache
