// A session against servers that are silent, dying, busy, full or read-only.

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

#include "support/redis_fixture.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;

class RedisFaults : public test::RedisFixture {
 protected:
  /// Does `action` on the session's own thread once the call under test is under way.
  void after(std::chrono::milliseconds time, std::function<void()> action) {
    auto timer = std::make_shared<boost::asio::steady_timer>(io_, time);
    timer->async_wait([timer, action = std::move(action)](const boost::system::error_code&) { action(); });
  }
  static std::chrono::milliseconds since(SteadyTime start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  }
};

TEST_F(RedisFaults, SilenceIsATimeoutSoonAfterTheDeadline) {
  const test::BlackHoleServer silent;
  auto there = profile();
  there.port = silent.port();
  const auto session = open(there);
  const auto start = std::chrono::steady_clock::now();
  const auto answer = run(session->probe(CallContext::within(300ms)));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::timeout);
  EXPECT_TRUE(answer.error().retryable);
  EXPECT_GE(since(start), 300ms);
  EXPECT_LT(since(start), 500ms);
}

TEST_F(RedisFaults, AStopFromAnotherThreadCancelsPromptly) {
  const test::BlackHoleServer silent;
  auto there = profile();
  there.port = silent.port();
  const auto session = open(there);
  std::stop_source stop;
  const std::jthread stopper([&] {
    std::this_thread::sleep_for(100ms);
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  const auto answer = run(session->scan({}, CallContext::within(20s, stop.get_token())));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
  EXPECT_LT(since(start), 300ms);
}

TEST_F(RedisFaults, ACallThatTimedOutLeavesNoHalfReadConnectionBehind) {
  const auto session = open(profile());
  ASSERT_TRUE(run(session->probe(soon())));
  cli_.must({"SET", "k", "v"});
  server_.process().suspend();
  EXPECT_EQ(run(session->read("k", {}, CallContext::within(100ms))).error().code, ErrorCode::timeout);
  server_.process().resume();
  const auto value = run(session->read("k", {}, soon()));
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(std::get<Bytes>(value->value), "v");
}

TEST_F(RedisFaults, AMutationWithoutAnAnswerIsUnknown) {
  const auto session = open(profile());
  ASSERT_TRUE(run(session->probe(soon())));
  server_.process().suspend();
  const auto late = applyOne(*session, domain::DeleteMutation{"k"}, nullptr, CallContext::within(100ms));
  EXPECT_EQ(late.status, ApplyStatus::unknown);
  EXPECT_EQ(late.error->code, ErrorCode::timeout);
  server_.process().resume();
  ASSERT_TRUE(run(session->ping(soon())));

  server_.process().suspend();
  after(50ms, [this] { server_.process().kill(); });
  const auto killed = applyOne(*session, domain::DeleteMutation{"k"});
  EXPECT_EQ(killed.status, ApplyStatus::unknown);
  EXPECT_EQ(killed.error->code, ErrorCode::connectionFailed);
  EXPECT_TRUE(killed.error->retryable);
}

TEST_F(RedisFaults, AHeldMutationWithoutAnAnswerIsUnknown) {
  const auto session = open(profile());
  std::vector<Bytes> keys{"k"};
  auto held = run(session->captureHeld(std::move(keys), {}, soon())).value();
  server_.process().suspend();
  const auto outcome = applyOne(*session, domain::SetMutation{.key = "k", .value = "v"}, std::move(held.hold),
                                CallContext::within(100ms));
  EXPECT_EQ(outcome.status, ApplyStatus::unknown);
  server_.process().resume();
}

TEST_F(RedisFaults, AMutationThatCouldNotBeSentIsNotSent) {
  const auto session = open(profile());
  ASSERT_TRUE(run(session->probe(soon())));
  std::vector<Bytes> keys{"k"};
  auto held = run(session->captureHeld(std::move(keys), {}, soon())).value();
  server_.process().kill();
  const auto outcome = applyOne(*session, domain::DeleteMutation{"k"});
  EXPECT_EQ(outcome.status, ApplyStatus::notSent);
  EXPECT_EQ(outcome.error->code, ErrorCode::connectionFailed);
  const auto late =
      applyOne(*session, domain::DeleteMutation{"k"}, std::move(held.hold), CallContext::within(-1ms));
  EXPECT_EQ(late.status, ApplyStatus::notSent);
}

TEST_F(RedisFaults, ASessionFindsItsServerAgainAfterARestart) {
  const auto session = open(profile());
  ASSERT_TRUE(run(session->ping(soon())));
  server_.restart();
  EXPECT_TRUE(run(session->ping(soon())));
}

TEST_F(RedisFaults, ClosingCancelsWhatIsUnderWay) {
  const auto session = open(profile());
  ASSERT_TRUE(run(session->ping(soon())));
  server_.process().suspend();
  after(50ms, [&] { session->close(); });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(run(session->ping(soon())).error().code, ErrorCode::cancelled);
  EXPECT_LT(since(start), 250ms);
  server_.process().resume();
  EXPECT_EQ(run(session->ping(soon())).error().code, ErrorCode::cancelled);
}

TEST_F(RedisFaults, ABusyServerIsWorthAnotherAttempt) {
  const auto session = open(profile());
  ASSERT_TRUE(run(session->ping(soon())));
  cli_.must({"CONFIG", "SET", "busy-reply-threshold", "20"});
  test::RawConnection script({.port = server_.port(), .unixSocket = {}});
  script.send("EVAL \"while true do end\" 0\r\n");
  const auto deadline = std::chrono::steady_clock::now() + 5s;
  Result<ScanPage> page;
  do {
    page = run(session->scan({}, soon()));
  } while (page && std::chrono::steady_clock::now() < deadline);
  ASSERT_FALSE(page);
  EXPECT_TRUE(page.error().retryable);
  EXPECT_EQ(std::get<std::string>(*page.error().detail("serverError")), "BUSY");
  cli_.must({"SCRIPT", "KILL"});
}

TEST_F(RedisFaults, AFullServerSaysThatItIsFull) {
  cli_.must({"CONFIG", "SET", "maxmemory", "1"});
  const auto session = open(profile());
  const auto single = applyOne(*session, domain::SetMutation{.key = "k", .value = "v"});
  EXPECT_EQ(single.status, ApplyStatus::refused);
  EXPECT_THAT(single.error->message, testing::HasSubstr("memory limit"));
  std::vector<Bytes> keys{"k"};
  auto held = run(session->captureHeld(std::move(keys), {}, soon())).value();
  const auto guarded =
      applyOne(*session, domain::SetMutation{.key = "k", .value = "v"}, std::move(held.hold));
  EXPECT_EQ(guarded.status, ApplyStatus::refused);
  EXPECT_THAT(guarded.error->message, testing::HasSubstr("memory limit"));
}

TEST_F(RedisFaults, AReplicaIsReadOnlyAndSaysSo) {
  const test::RedisServer replica(
      {"--replicaof", test::kLoopback, std::to_string(server_.port()), "--repl-diskless-sync-delay", "0"});
  auto there = profile();
  there.port = replica.port();
  const auto session = open(there);
  EXPECT_EQ(run(session->probe(soon()))->role, "replica");
  const auto outcome = applyOne(*session, domain::DeleteMutation{"k"});
  EXPECT_EQ(outcome.status, ApplyStatus::refused);
  EXPECT_EQ(outcome.error->code, ErrorCode::notSupported);
  EXPECT_THAT(outcome.error->message, testing::HasSubstr("replica"));
}

TEST_F(RedisFaults, ASessionMayGoWhileItsCallsAreUnderWay) {
  auto session = open(profile());
  ASSERT_TRUE(run(session->ping(soon())));
  server_.process().suspend();
  std::optional<ErrorCode> code;
  auto ping = session->ping(soon());
  boost::asio::co_spawn(io_, std::move(ping),
                        [&](std::exception_ptr, Result<std::chrono::microseconds> result) {
                          code = result ? ErrorCode::internalError : result.error().code;
                        });
  io_.restart();
  io_.poll();
  session.reset();
  io_.restart();
  while (!code && io_.run_one() > 0) {
  }
  EXPECT_EQ(code, ErrorCode::cancelled);
  server_.process().resume();
}

}  // namespace
}  // namespace cachify::cache
