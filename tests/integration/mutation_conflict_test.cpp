// The order of a change in the log, other writers, and repeats of one command, against a real redis-server.

#include <gmock/gmock.h>

#include <thread>

#include "events/decode.hpp"
#include "events/mutation_events.hpp"
#include "events/operation_events.hpp"
#include "support/mutation_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using actions::Consent;
using actions::OnChanged;
using test::Mutation;
using test::RedisCli;
using test::RedisMutation;

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

TEST_F(RedisMutation, ARepeatIsToldTheLastIntentOfACommandThatHadToCaptureAnew) {
  cli_.must({"SET", "k", "old"});
  std::jthread intruder([&](const std::stop_token& stop) {
    RedisCli other(server_);
    for (int i = 0; !stop.stop_requested(); ++i) {
      other.must({"SET", "k", "theirs" + std::to_string(i)});
      std::this_thread::sleep_for(8ms);  // a gap for the command to get through
    }
  });
  int repeatedAfterRecapture = 0;
  for (int i = 0; i < 300 && repeatedAfterRecapture < 3; ++i) {
    const auto givenUpBefore = framesOf(events::EventType::mutationFailed).size();
    Consent consent;
    consent.idempotencyKey = "click-" + std::to_string(i);
    const auto first = set(profile_, "k", "mine", {}, consent);
    if (!first || framesOf(events::EventType::mutationFailed).size() == givenUpBefore) continue;
    ++repeatedAfterRecapture;
    const auto again = set(profile_, "k", "mine", {}, consent);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->id, first->id);
    EXPECT_EQ(again->snapshots.at(0).id, first->snapshots.at(0).id);
  }
  EXPECT_GT(repeatedAfterRecapture, 0) << "the intruder was never in between";
}

TEST_F(RedisMutation, MissingKeysAreNotFound) {
  EXPECT_EQ(remove(profile_, "none").error().code, ErrorCode::notFound);
  EXPECT_EQ(engine_->wait(engine_->keys().ttl(profile_, "none", 5000ms, {}, {})).error().code,
            ErrorCode::notFound);
  EXPECT_EQ(engine_->wait(engine_->keys().rename(profile_, "none", "x", false, {}, {})).error().code,
            ErrorCode::notFound);
}

}  // namespace
}  // namespace cachify
