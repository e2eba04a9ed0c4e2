// What may not happen does not, and silent servers end in time.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "events/decode.hpp"
#include "events/operation_events.hpp"
#include "support/mutation_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using actions::Consent;
using actions::MutationReport;
using actions::OnChanged;
using domain::CacheEngine;
using domain::Environment;
using test::Mutation;
using test::RedisMutation;

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
