// Guarded changes and their undo against a real redis-server and a real memcached.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <thread>

#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "events/operation_events.hpp"
#include "support/engine_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using actions::Consent;
using actions::MutationReport;
using actions::OnChanged;
using domain::CacheEngine;
using domain::ConnectionProfile;
using domain::Environment;
using test::RedisCli;
using test::RedisServer;

const Bytes kOddKey = "odd:\0\xff\xfe\r\n key"s;

class Mutation : public test::EngineFixture {
 protected:
  Result<MutationReport> set(const ConnectionProfile& profile, Bytes key, Bytes value,
                             actions::SetOptions options = {}, Consent consent = {}) {
    return engine_->wait(
        engine_->keys().set(profile, std::move(key), std::move(value), options, std::move(consent), {}));
  }
  Result<MutationReport> remove(const ConnectionProfile& profile, Bytes key, Consent consent = {}) {
    return engine_->wait(engine_->keys().remove(profile, std::move(key), std::move(consent), {}));
  }
  Result<MutationReport> restoreLatest(const ConnectionProfile& profile, const Bytes& key,
                                       OnChanged onChanged = OnChanged::conflict, Consent consent = {}) {
    auto id = engine_->wait(engine_->rollback().latest(profile.id, key));
    if (!id) return std::unexpected(id.error());
    return engine_->wait(engine_->rollback().restore(profile, *id, onChanged, std::move(consent), {}));
  }
  static std::string detail(const Error& error, std::string_view name) {
    const auto* value = error.detail(name);
    return value == nullptr ? "" : std::get<std::string>(*value);
  }
};

class RedisMutation : public Mutation {
 protected:
  RedisMutation() : profile_(add(draft(CacheEngine::redis, server_.port()))) {}

  std::string digestOf(const Bytes& key) {
    return cli_.must({"DEBUG", "DIGEST-VALUE", key}).elements.at(0).text;
  }
  std::string dumpOf(const Bytes& key) { return cli_.must({"DUMP", key}).text; }
  long long pttl(const Bytes& key) { return cli_.must({"PTTL", key}).integer; }

  RedisServer server_;
  RedisCli cli_{server_};
  ConnectionProfile profile_;
};

struct Sample {
  std::string name;
  std::function<void(RedisCli&, const Bytes&)> make;
  bool dumpIsCanonical = true;  ///< hash tables and large sets list their elements in any order
};

std::vector<std::string> command(std::vector<std::string> words, int elements,
                                 const std::function<void(std::vector<std::string>&, int)>& element) {
  for (int i = 0; i < elements; ++i) element(words, i);
  return words;
}

std::vector<Sample> samples() {
  const auto hash = [](int n) {
    return [n](RedisCli& cli, const Bytes& key) {
      cli.must(command({"HSET", key}, n, [](auto& words, int i) {
        words.push_back("f\0"s + std::to_string(i));
        words.push_back("\xff value "s + std::to_string(i));
      }));
    };
  };
  const auto list = [](int n) {
    return [n](RedisCli& cli, const Bytes& key) {
      cli.must(command({"RPUSH", key}, n,
                       [](auto& words, int i) { words.push_back("item\0\x80"s + std::to_string(i)); }));
    };
  };
  const auto set = [](int n, std::string prefix) {
    return [n, prefix](RedisCli& cli, const Bytes& key) {
      cli.must(command({"SADD", key}, n,
                       [&](auto& words, int i) { words.push_back(prefix + std::to_string(i)); }));
    };
  };
  const auto zset = [](int n) {
    return [n](RedisCli& cli, const Bytes& key) {
      cli.must(command({"ZADD", key}, n, [](auto& words, int i) {
        words.push_back(std::to_string(i) + ".1");
        words.push_back("m\0"s + std::to_string(i));
      }));
    };
  };
  return {
      {"int",
       [](RedisCli& cli, const Bytes& key) {
         cli.must({"SET", key, "12345"});
       }},
      {"embstr",
       [](RedisCli& cli, const Bytes& key) {
         cli.must({"SET", key, "a\0b\xff"s});
       }},
      {"raw",
       [](RedisCli& cli, const Bytes& key) {
         cli.must({"SET", key, std::string(200'000, '\x01')});
       }},
      {"hash listpack", hash(5)},
      {"hash table", hash(2000), false},
      {"list listpack", list(5)},
      {"quicklist", list(5000)},
      {"intset", set(10, "")},
      {"set table", set(2000, "m\xfe"), false},
      {"zset listpack", zset(5)},
      {"skiplist", zset(2000)},
      {"stream",
       [](RedisCli& cli, const Bytes& key) {
         for (int i = 1; i < 40; ++i) cli.must({"XADD", key, std::to_string(i) + "-1", "f\0"s, "v\xff"});
         cli.must({"XGROUP", "CREATE", key, "group", "0"});
         cli.must({"XREADGROUP", "GROUP", "group", "me", "COUNT", "3", "STREAMS", key, ">"});
       }},
  };
}

TEST_F(RedisMutation, DeletedKeyOfEveryTypeAndEncodingComesBackByteExactWithItsTtl) {
  for (const auto& sample : samples()) {
    SCOPED_TRACE(sample.name);
    const Bytes key = kOddKey + sample.name;
    sample.make(cli_, key);
    cli_.must({"PEXPIRE", key, "600000"});
    const auto digest = digestOf(key);
    const auto dump = dumpOf(key);
    const auto removed = remove(profile_, key);
    ASSERT_TRUE(removed) << removed.error().message;
    EXPECT_TRUE(removed->undoable);
    EXPECT_EQ(cli_.must({"EXISTS", key}).integer, 0);
    const auto restored = restoreLatest(profile_, key);
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(digestOf(key), digest);
    if (sample.dumpIsCanonical) {
      EXPECT_EQ(dumpOf(key), dump);
    }
    EXPECT_NEAR(static_cast<double>(pttl(key)), 600'000, 1000);
  }
}

TEST_F(RedisMutation, RenamedAndExpiredKeysOfEveryTypeComeBack) {
  for (const auto& sample : samples()) {
    SCOPED_TRACE(sample.name);
    const Bytes key = kOddKey + sample.name;
    const Bytes other = key + "\0moved"s;
    sample.make(cli_, key);
    const auto digest = digestOf(key);

    const auto renamed = engine_->wait(engine_->keys().rename(profile_, key, other, false, {}, {}));
    ASSERT_TRUE(renamed) << renamed.error().message;
    EXPECT_EQ(renamed->snapshots.size(), 2U);
    EXPECT_EQ(digestOf(other), digest);
    ASSERT_TRUE(restoreLatest(profile_, other)) << "to absent";
    ASSERT_TRUE(restoreLatest(profile_, key));
    EXPECT_EQ(cli_.must({"EXISTS", other}).integer, 0);
    EXPECT_EQ(digestOf(key), digest);

    const auto expired = engine_->wait(engine_->keys().ttl(profile_, key, 50'000ms, {}, {}));
    ASSERT_TRUE(expired) << expired.error().message;
    EXPECT_NEAR(static_cast<double>(pttl(key)), 50'000, 1000);
    ASSERT_TRUE(restoreLatest(profile_, key));
    EXPECT_EQ(pttl(key), -1);
    EXPECT_EQ(digestOf(key), digest);
  }
}

TEST_F(RedisMutation, OverwriteKeepsTheTtlAndIsUndoneAndTheUndoIsUndone) {
  cli_.must({"SET", kOddKey, "first\0\xff"s, "PX", "300000"});
  ASSERT_TRUE(set(profile_, kOddKey, "second\r\n"));
  EXPECT_EQ(cli_.must({"GET", kOddKey}).text, "second\r\n");
  EXPECT_NEAR(static_cast<double>(pttl(kOddKey)), 300'000, 1000);
  ASSERT_TRUE(restoreLatest(profile_, kOddKey));
  EXPECT_EQ(cli_.must({"GET", kOddKey}).text, "first\0\xff"s);
  EXPECT_NEAR(static_cast<double>(pttl(kOddKey)), 300'000, 1000);
  ASSERT_TRUE(restoreLatest(profile_, kOddKey)) << "the restore took a snapshot too";
  EXPECT_EQ(cli_.must({"GET", kOddKey}).text, "second\r\n");
}

TEST_F(RedisMutation, IntentAndSnapshotAreInTheLogBeforeAndTheOutcomeAfter) {
  cli_.must({"SET", "k", "v"});
  const auto report = remove(profile_, "k");
  ASSERT_TRUE(report);
  const auto snapshots = framesOf(events::EventType::snapshotCaptured);
  const auto requested = framesOf(events::EventType::mutationRequested);
  const auto applied = framesOf(events::EventType::mutationApplied);
  ASSERT_EQ(snapshots.size(), 1U);
  ASSERT_EQ(requested.size(), 1U);
  ASSERT_EQ(applied.size(), 1U);
  EXPECT_LT(snapshots[0].firstPosition, requested[0].firstPosition);
  EXPECT_LT(requested[0].firstPosition, applied[0].firstPosition);
  EXPECT_EQ(MutationId(requested[0].firstEventId), report->id);
  EXPECT_EQ(applied[0].causationId, report->id.value());
  const auto after = events::decodeAs<events::MutationApplied>(1, applied[0].payloads[0]);
  ASSERT_TRUE(after);
  EXPECT_FALSE(after->after.at(0).existed());
  const auto completed = framesOf(events::EventType::operationCompleted);
  const auto operation = events::decodeAs<events::OperationCompleted>(1, completed.back().payloads[0]);
  EXPECT_EQ(operation->action, "keys.delete");
  EXPECT_THAT(operation->change, testing::HasSubstr("string 1 B → absent"));
}

TEST_F(RedisMutation, KeyChangedBetweenCaptureAndActIsCapturedAnewAndNoValueIsLost) {
  cli_.must({"SET", "k", "old"});
  // The digest check runs between capture and act; the first time, somebody else writes meanwhile.
  ASSERT_TRUE(set(profile_, "k", "mine"));
  auto id = engine_->wait(engine_->rollback().latest(profile_.id, "k"));
  ASSERT_TRUE(id);
  std::jthread intruder([&](const std::stop_token& stop) {
    RedisCli other(server_);
    for (int i = 0; !stop.stop_requested(); ++i) other.must({"SET", "k", "theirs" + std::to_string(i)});
  });
  int conflicts = 0;
  int wins = 0;
  for (int i = 0; i < 200 && (conflicts == 0 || wins == 0); ++i) {
    const auto report = set(profile_, "k", "mine" + std::to_string(i));
    report ? ++wins : ++conflicts;
    if (!report) {
      EXPECT_EQ(report.error().code, ErrorCode::conflict) << report.error().message;
    }
  }
  intruder.request_stop();
  intruder.join();
  // Every value that was overwritten by us is in a snapshot: compare each applied intent's snapshot with its
  // act.
  const auto failed = framesOf(events::EventType::mutationFailed);
  const auto requested = framesOf(events::EventType::mutationRequested);
  const auto applied = framesOf(events::EventType::mutationApplied);
  EXPECT_EQ(requested.size(), failed.size() + applied.size());
  EXPECT_GT(failed.size(), 0U) << "the intruder was never in between";
}

TEST_F(RedisMutation, RestoreOntoAKeyChangedSinceIsConflictUnlessForced) {
  cli_.must({"SET", "k", "old"});
  ASSERT_TRUE(remove(profile_, "k"));
  cli_.must({"SET", "k", "somebody else's"});
  const auto refused = restoreLatest(profile_, "k");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "somebody else's");
  ASSERT_TRUE(restoreLatest(profile_, "k", OnChanged::overwrite));
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "old");
}

TEST_F(RedisMutation, SnapshotWhoseTtlRanOutIsConflictAndForcedRestoresAsExpired) {
  cli_.must({"SET", "k", "v", "PX", "300"});
  ASSERT_TRUE(set(profile_, "k", "w", {.ttl = domain::NoTtl{}}));
  const auto snapshots = framesOf(events::EventType::snapshotCaptured);
  const SnapshotId first(snapshots.front().firstEventId);
  const auto expired = [&](OnChanged how) {
    return engine_->wait(engine_->rollback().restore(profile_, first, how, {}, {}));
  };
  const auto captured = events::decodeAs<events::SnapshotCaptured>(1, snapshots.front().payloads[0]);
  std::this_thread::sleep_until(*captured->state.deadline);
  const auto conflict = expired(OnChanged::conflict);
  ASSERT_FALSE(conflict);
  EXPECT_NE(conflict.error().detail("expired"), nullptr);
  ASSERT_TRUE(expired(OnChanged::overwrite));
  EXPECT_EQ(cli_.must({"EXISTS", "k"}).integer, 0);
}

TEST_F(RedisMutation, SetOntoAnotherTypeIsConflictAndChangesNothing) {
  cli_.must({"RPUSH", "list", "a"});
  const auto refused = set(profile_, "list", "text");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(cli_.must({"LLEN", "list"}).integer, 1);
}

TEST_F(RedisMutation, IfDigestRefusesAValueThatIsNotTheOneRead) {
  cli_.must({"SET", "k", "v1"});
  actions::SetOptions options;
  options.ifDigest = toHex(sha256("v1"));
  ASSERT_TRUE(set(profile_, "k", "v2", options));
  const auto refused = set(profile_, "k", "v3", options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "v2");
}

TEST_F(RedisMutation, SameIdempotencyKeyIsExecutedOnceAndOtherContentIsConflict) {
  Consent consent;
  consent.idempotencyKey = "click-1";
  cli_.must({"SET", "k", "v"});
  const auto first = remove(profile_, "k", consent);
  ASSERT_TRUE(first);
  cli_.must({"SET", "k", "again"});
  const auto second = remove(profile_, "k", consent);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_TRUE(second->repeated);
  EXPECT_EQ(second->id, first->id);
  EXPECT_EQ(cli_.must({"EXISTS", "k"}).integer, 1) << "not executed twice";
  const auto other = remove(profile_, "other", consent);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::conflict);
}

TEST_F(RedisMutation, SameIdempotencyKeyWithAnotherTtlOrSnapshotIsConflict) {
  Consent consent;
  consent.idempotencyKey = "click-2";
  ASSERT_TRUE(set(profile_, "k", "v", {.ttl = std::chrono::milliseconds(100'000)}, consent));
  EXPECT_EQ(set(profile_, "k", "v", {.ttl = std::chrono::milliseconds(200'000)}, consent).error().code,
            ErrorCode::conflict);
  const auto repeated = set(profile_, "k", "v", {.ttl = std::chrono::milliseconds(100'000)}, consent);
  ASSERT_TRUE(repeated);
  EXPECT_FALSE(repeated->snapshots.at(0).existed) << "as it was before the first time";

  const auto first = set(profile_, "k", "second");
  const auto second = set(profile_, "k", "third");
  consent.idempotencyKey = "click-3";
  const auto restore = [&](SnapshotId id) {
    return engine_->wait(engine_->rollback().restore(profile_, id, OnChanged::overwrite, consent, {}));
  };
  ASSERT_TRUE(restore(first->snapshots.at(0).id));
  EXPECT_EQ(restore(second->snapshots.at(0).id).error().code, ErrorCode::conflict);
}

TEST_F(RedisMutation, UndoAfterAnUnknownOutcomeAcceptsWhatTheMutationWasToMakeOfTheKey) {
  cli_.must({"SET", "k", "old"});
  ASSERT_TRUE(set(profile_, "k", "new"));
  // The same change again, but its process ended before it could say what came of it.
  const actions::Trace trace{.correlation = Uuid::makeV7(SystemClock().now()), .causation = {}};
  const auto snapshots = framesOf(events::EventType::snapshotCaptured);
  const auto requested = framesOf(events::EventType::mutationRequested);
  auto snapshot = *events::decodeAs<events::SnapshotCaptured>(1, snapshots.at(0).payloads[0]);
  auto intent = *events::decodeAs<events::MutationRequested>(1, requested.at(0).payloads[0]);
  const auto draft = [&](const auto& event, Uuid id, Uuid cause) {
    log::FrameDraft frame;
    frame.stream = "mutations/of-a-process-that-died";
    frame.type = static_cast<std::uint16_t>(std::decay_t<decltype(event)>::kType);
    frame.recordedAt = SystemClock().now();
    frame.firstEventId = id;
    frame.correlationId = trace.correlation;
    frame.causationId = cause;
    frame.payloads.push_back(encode(event));
    return frame;
  };
  const Uuid mutation = Uuid::makeV7(SystemClock().now());
  const Uuid snapshotId = Uuid::makeV7(SystemClock().now());
  intent.snapshots = {SnapshotId(snapshotId)};
  log::AppendRequest request;
  request.frames.push_back(draft(snapshot, snapshotId, mutation));
  request.frames.push_back(draft(intent, mutation, {}));
  ASSERT_TRUE(engine_->log().append(std::move(request)));

  ASSERT_TRUE(restoreLatest(profile_, "k")) << "what it was to make of the key is no stranger's change";
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "old");
}

TEST_F(Mutation, LogThatIsGoneIsNotReplacedByAFreshOneInSilence) {
  add(draft(CacheEngine::redis, 6379));
  engine_.reset();
  std::filesystem::resize_file(data_ / "data/log/data.mdb", 0);
  const auto refused =
      studio::Engine::open({.dataDirectory = data_ / "data", .logMapSizeBytes = 256ULL << 20});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail("damaged"), nullptr);
  std::filesystem::remove_all(data_ / "data/log");
  EXPECT_FALSE(studio::Engine::open({.dataDirectory = data_ / "data", .logMapSizeBytes = 256ULL << 20}));
}

TEST_F(RedisMutation, BlockedDeleteOnProdReachesNoServerAndIsInTheLogWithItsAlert) {
  auto prod = profile_;
  prod.environment = Environment::prod;
  auto edited = engine_->wait(engine_->connections().edit(prod, actions::KeepSecret{}));
  ASSERT_TRUE(edited);
  prod = *edited;
  cli_.must({"SET", "k", "v"});
  test::RawConnection monitor({server_.port(), {}});
  monitor.send("MONITOR\r\n");
  (void)monitor.receive(5);

  const auto blocked = remove(prod, "k");
  ASSERT_FALSE(blocked);
  EXPECT_EQ(detail(blocked.error(), "policy"), "prodGuardrail");
  EXPECT_EQ(detail(blocked.error(), "action"), "delete");
  cli_.must({"PING", "end-of-test"});
  const std::string seen = monitor.receiveUntil("end-of-test\"\r\n");
  EXPECT_EQ(std::ranges::count(seen, '\n'), 1) << seen;

  const auto frames = framesOf(events::EventType::operationBlocked);
  ASSERT_EQ(frames.size(), 1U);
  const auto event = events::decodeAs<events::OperationBlocked>(1, frames[0].payloads[0]);
  EXPECT_EQ(event->policy, "prodGuardrail");
  EXPECT_EQ(event->keyOrPattern, "k");
  const auto alerts = framesOf(events::EventType::alertRaised);
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_EQ(alerts[0].causationId, frames[0].firstEventId);
  Consent named;
  named.confirmation = "cache";
  EXPECT_TRUE(remove(prod, "k", named));
}

TEST_F(RedisMutation, EveryMutationIsBlockedOnReadOnlyAndForceReadOnly) {
  cli_.must({"SET", "k", "v", "PX", "100000"});
  ASSERT_TRUE(set(profile_, "snap", "v"));
  for (const bool force : {false, true}) {
    auto locked = engine_->wait(engine_->connections().edit(
        [&] {
          auto edited = engine_->control().find("cache")->profile;
          edited.readOnly = !force;
          edited.forceReadOnly = force;
          return edited;
        }(),
        actions::KeepSecret{}));
    ASSERT_TRUE(locked);
    Consent named;
    named.confirmation = "cache";
    auto& keys = engine_->keys();
    const std::vector<Result<MutationReport>> results{
        set(*locked, "k", "w", {}, named),
        remove(*locked, "k", named),
        engine_->wait(keys.rename(*locked, "k", "k2", false, named, {})),
        engine_->wait(keys.ttl(*locked, "k", 5000ms, named, {})),
        engine_->wait(keys.ttl(*locked, "k", domain::NoTtl{}, named, {})),
        restoreLatest(*locked, "snap", OnChanged::overwrite, named),
    };
    for (const auto& result : results) {
      ASSERT_FALSE(result);
      EXPECT_EQ(detail(result.error(), "policy"), force ? "forceReadOnly" : "readOnly");
    }
    EXPECT_EQ(cli_.must({"GET", "k"}).text, "v");
  }
}

TEST_F(RedisMutation, RenameOntoAnExistingKeyOnProdNeedsReplaceAndConfirmation) {
  auto prod = profile_;
  prod.environment = Environment::prod;
  prod = *engine_->wait(engine_->connections().edit(prod, actions::KeepSecret{}));
  cli_.must({"SET", "a", "1"});
  cli_.must({"SET", "b", "2"});
  auto& keys = engine_->keys();
  EXPECT_EQ(engine_->wait(keys.rename(prod, "a", "b", false, {}, {})).error().code, ErrorCode::conflict);
  EXPECT_EQ(detail(engine_->wait(keys.rename(prod, "a", "b", true, {}, {})).error(), "policy"),
            "prodGuardrail");
  EXPECT_EQ(cli_.must({"GET", "b"}).text, "2");
  Consent named;
  named.confirmation = "cache";
  EXPECT_TRUE(engine_->wait(keys.rename(prod, "a", "b", true, named, {})));
  EXPECT_EQ(cli_.must({"GET", "b"}).text, "1");
}

TEST_F(RedisMutation, UserWhoMayNotWatchChangesAndUndoesAllTheSame) {
  cli_.must({"ACL", "SETUSER", "default", "-watch", "-multi", "-exec"});
  cli_.must({"SET", "k", "v"});
  ASSERT_TRUE(remove(profile_, "k"));
  EXPECT_EQ(cli_.must({"EXISTS", "k"}).integer, 0);
  ASSERT_TRUE(restoreLatest(profile_, "k"));
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "v");
}

TEST_F(RedisMutation, MissingKeysAreNotFound) {
  EXPECT_EQ(remove(profile_, "none").error().code, ErrorCode::notFound);
  EXPECT_EQ(engine_->wait(engine_->keys().ttl(profile_, "none", 5000ms, {}, {})).error().code,
            ErrorCode::notFound);
  EXPECT_EQ(engine_->wait(engine_->keys().rename(profile_, "none", "x", false, {}, {})).error().code,
            ErrorCode::notFound);
}

TEST_F(Mutation, SilentServerEndsWithinAttemptsTimesTimeoutPlusBackOff) {
  const test::BlackHoleServer hole;
  auto profile = draft(CacheEngine::redis, hole.port());
  profile.timeout = 200ms;
  profile.retry = {.maxAttempts = 3, .backoff = 100ms, .strategy = domain::BackoffStrategy::exponential};
  profile = add(profile);
  const auto started = std::chrono::steady_clock::now();
  const auto result = set(profile, "k", "v");
  const auto took = std::chrono::steady_clock::now() - started;
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::timeout);
  EXPECT_EQ(std::get<std::int64_t>(*result.error().detail("attempts")), 3);
  EXPECT_GE(took, 3 * 200ms + 0.9 * 300ms);
  EXPECT_LE(took, 3 * 200ms + 100ms + 200ms + 200ms);
  const auto failed = framesOf(events::EventType::operationFailed);
  const auto event = events::decodeAs<events::OperationFailed>(1, failed.at(0).payloads[0]);
  EXPECT_EQ(event->attempts, 3U);
  EXPECT_EQ(event->errorCode, "TIMEOUT");
  EXPECT_GE(event->duration, 800ms);
}

TEST_F(Mutation, AbortRateBelowOneMeansNoSecondAttempt) {
  const test::BlackHoleServer hole;
  auto profile = draft(CacheEngine::redis, hole.port());
  profile.timeout = 100ms;
  profile.retry = {.maxAttempts = 5, .backoff = 0ms, .abortOnErrorRate = 0.9};
  profile = add(profile);
  const auto result = set(profile, "k", "v");
  ASSERT_FALSE(result);
  EXPECT_EQ(std::get<std::int64_t>(*result.error().detail("attempts")), 1);
  EXPECT_THAT(result.error().message, testing::HasSubstr("aborted by retry policy"));
}

TEST_F(Mutation, MemcachedItemComesBackWithFlagsAndTtl) {
  const test::MemcachedServer server;
  const auto profile = add(draft(CacheEngine::memcached, server.port()));
  const Bytes value = "a\0b\r\nEND\r\n\xff"s;
  actions::SetOptions options{.ttl = std::chrono::milliseconds(300'000), .flags = 77};
  ASSERT_TRUE(set(profile, "item", value, options));
  ASSERT_TRUE(remove(profile, "item"));
  EXPECT_EQ(engine_->wait(engine_->keys().get(profile, "item", {}, {}))->type, domain::ValueType::none);
  const auto restored = restoreLatest(profile, "item");
  ASSERT_TRUE(restored) << restored.error().message;
  const auto back = engine_->wait(engine_->keys().get(profile, "item", {}, {}));
  ASSERT_TRUE(back);
  EXPECT_EQ(std::get<Bytes>(back->value), value);
  EXPECT_EQ(back->flags, 77U);
  EXPECT_NEAR(static_cast<double>(back->ttl->count()), 300'000, 1500);
}

TEST_F(Mutation, AbsentMemcachedItemIsRestoredToAbsent) {
  const test::MemcachedServer server;
  const auto profile = add(draft(CacheEngine::memcached, server.port()));
  ASSERT_TRUE(set(profile, "new", "v"));
  ASSERT_TRUE(restoreLatest(profile, "new"));
  EXPECT_EQ(engine_->wait(engine_->keys().get(profile, "new", {}, {}))->type, domain::ValueType::none);
}

TEST_F(Mutation, DuplicateNamesAndBrokenRulesAreRefusedAndLeaveNoProfile) {
  add(draft(CacheEngine::redis, 6379));
  auto again = draft(CacheEngine::redis, 6379);
  again.name = " CACHE ";
  EXPECT_EQ(engine_->wait(engine_->connections().add(again, actions::KeepSecret{})).error().code,
            ErrorCode::validationError);
  auto slow = draft(CacheEngine::redis, 6379);
  slow.name = "other";
  slow.timeout = 99ms;
  const auto refused = engine_->wait(engine_->connections().add(slow, actions::KeepSecret{}));
  EXPECT_EQ(detail(refused.error(), "field"), "timeoutMs");
  EXPECT_EQ(engine_->control().all()->profiles.size(), 1U);
}

}  // namespace
}  // namespace cachify
