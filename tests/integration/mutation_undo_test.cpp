// What was changed under guard comes back: real redis-server and memcached.

#include <gmock/gmock.h>

#include <functional>
#include <thread>

#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "support/mutation_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using actions::OnChanged;
using domain::CacheEngine;
using test::Mutation;
using test::RedisCli;
using test::RedisMutation;

const Bytes kOddKey = "odd:\0\xff\xfe\r\n key"s;

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

TEST_F(RedisMutation, LatestSnapshotIsNotThatOfAChangeThatFailed) {
  cli_.must({"SET", "k", "worth keeping"});
  ASSERT_TRUE(remove(profile_, "k"));
  cli_.must({"CONFIG", "SET", "maxmemory", "1"});
  EXPECT_FALSE(restoreLatest(profile_, "k")) << "the server has no room";
  cli_.must({"CONFIG", "SET", "maxmemory", "0"});
  ASSERT_TRUE(restoreLatest(profile_, "k"));
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "worth keeping");
}

TEST_F(RedisMutation, SnapshotWhoseTtlRanOutIsConflictAndForcedRestoresAsExpired) {
  cli_.must({"SET", "k", "v", "PX", "300"});
  ASSERT_TRUE(set(profile_, "k", "w", {.ttl = domain::NoTtl{}}));
  const auto snapshots = framesOf(events::EventType::snapshotCaptured);
  const SnapshotId first(snapshots.front().firstEventId);
  const auto expired = [&](OnChanged how) {
    return engine_->wait(engine_->rollback().restore(profile_, first, how, {}, {}));
  };
  const auto captured = events::decodeAs<events::SnapshotCaptured>(snapshots.front().schemaVersion,
                                                                   snapshots.front().payloads[0]);
  std::this_thread::sleep_until(*captured->state.deadline);
  const auto conflict = expired(OnChanged::conflict);
  ASSERT_FALSE(conflict);
  EXPECT_NE(conflict.error().detail("expired"), nullptr);
  ASSERT_TRUE(expired(OnChanged::overwrite));
  EXPECT_EQ(cli_.must({"EXISTS", "k"}).integer, 0);
}

TEST_F(RedisMutation, UndoAfterAnUnknownOutcomeAcceptsWhatTheMutationWasToMakeOfTheKey) {
  cli_.must({"SET", "k", "old"});
  ASSERT_TRUE(set(profile_, "k", "new"));
  // The same change again, but its process ended before it could say what came of it.
  const actions::Trace trace{.correlation = Uuid::makeV7(SystemClock().now()), .causation = {}};
  const auto snapshots = framesOf(events::EventType::snapshotCaptured);
  const auto requested = framesOf(events::EventType::mutationRequested);
  auto snapshot =
      *events::decodeAs<events::SnapshotCaptured>(snapshots.at(0).schemaVersion, snapshots.at(0).payloads[0]);
  snapshot.ownPack = snapshots.at(0).causationId;
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

TEST_F(RedisMutation, UserWhoMayNotWatchChangesAndUndoesAllTheSame) {
  cli_.must({"ACL", "SETUSER", "default", "-watch", "-multi", "-exec"});
  cli_.must({"SET", "k", "v"});
  ASSERT_TRUE(remove(profile_, "k"));
  EXPECT_EQ(cli_.must({"EXISTS", "k"}).integer, 0);
  ASSERT_TRUE(restoreLatest(profile_, "k"));
  EXPECT_EQ(cli_.must({"GET", "k"}).text, "v");
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

}  // namespace
}  // namespace cachify
