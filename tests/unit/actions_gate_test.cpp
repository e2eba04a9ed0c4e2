#include <gtest/gtest.h>

#include "actions/frames.hpp"
#include "actions/gate.hpp"
#include "events/connection_events.hpp"
#include "log/event_log.hpp"
#include "support/child_process.hpp"

namespace cachify::actions {
namespace {

using domain::Action;
using domain::ConnectionProfile;
using domain::Environment;

/// A real log with profiles in it; the gate sees only what the log says.
class GateOnLog : public ::testing::Test {
 protected:
  GateOnLog() {
    auto opened = log::EventLog::open({.directory = directory_.path(), .mapSizeBytes = 64ULL << 20});
    EXPECT_TRUE(opened);
    log_ = std::move(*opened);
    state_ = std::make_unique<ControlState>(*log_);
    gate_ = std::make_unique<Gate>(*state_);
  }

  template <class Event>
  void append(const Event& event) {
    log::FrameDraft frame;
    frame.stream = events::kConnectionsStream;
    frame.type = static_cast<std::uint16_t>(Event::kType);
    frame.recordedAt = SystemClock().now();
    frame.firstEventId = Uuid::makeV7(frame.recordedAt);
    frame.payloads.push_back(encode(event));
    log::AppendRequest request;
    request.frames.push_back(std::move(frame));
    ASSERT_TRUE(log_->append(std::move(request)));
  }

  ConnectionProfile profile(Environment environment) {
    ConnectionProfile result;
    result.id = ConnectionId::make(SystemClock().now());
    result.name = "cache";
    result.port = 6379;
    result.environment = environment;
    return result;
  }

  static std::string policyOf(const Error& error) {
    const auto* detail = error.detail("policy");
    return detail == nullptr ? "" : std::get<std::string>(*detail);
  }

  test::TemporaryDirectory directory_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<ControlState> state_;
  std::unique_ptr<Gate> gate_;
};

TEST_F(GateOnLog, GivesAPermitForJustThisActOnJustTheseKeys) {
  const auto dev = profile(Environment::dev);
  append(events::ConnectionCreated{dev});
  auto authorization = gate_->authorize(dev.id, {.action = Action::remove}, {"k"});
  ASSERT_TRUE(authorization);
  EXPECT_EQ(authorization->connectionsVersion, 1U);
  EXPECT_TRUE(authorization->permit.spend(dev.id, Action::remove, {"k"}));
  EXPECT_FALSE(authorization->permit.spend(dev.id, Action::remove, {"k"})) << "a permit is for one use";
  auto second = gate_->authorize(dev.id, {.action = Action::remove}, {"k"});
  EXPECT_FALSE(second->permit.spend(dev.id, Action::remove, {"other"}));
}

TEST_F(GateOnLog, RefusesUnconfirmedDeleteOnProdAndTakesTheExactName) {
  const auto prod = profile(Environment::prod);
  append(events::ConnectionCreated{prod});
  const auto refused = gate_->authorize(prod.id, {.action = Action::remove}, {"k"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(policyOf(refused.error()), "prodGuardrail");
  domain::ActRequest request{.action = Action::remove};
  request.confirmation = "Cache";
  EXPECT_FALSE(gate_->authorize(prod.id, request, {"k"}));
  request.confirmation = "cache";
  EXPECT_TRUE(gate_->authorize(prod.id, request, {"k"}));
}

TEST_F(GateOnLog, SeesAPolicyTightenedAfterItLookedLast) {
  auto dev = profile(Environment::dev);
  append(events::ConnectionCreated{dev});
  ASSERT_TRUE(gate_->authorize(dev.id, {.action = Action::set}, {"k"}));
  dev.forceReadOnly = true;
  append(events::ConnectionUpdated{dev});
  const auto refused = gate_->authorize(dev.id, {.action = Action::set}, {"k"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(policyOf(refused.error()), "forceReadOnly");
}

TEST_F(GateOnLog, FailsClosedForUnknownAndRemovedConnections) {
  const auto dev = profile(Environment::dev);
  EXPECT_EQ(gate_->authorize(dev.id, {}, {"k"}).error().code, ErrorCode::notFound);
  append(events::ConnectionCreated{dev});
  append(events::ConnectionRemoved{.connectionId = dev.id, .name = dev.name});
  EXPECT_EQ(gate_->authorize(dev.id, {}, {"k"}).error().code, ErrorCode::notFound);
}

TEST_F(GateOnLog, FailsClosedWhenAConnectionEventIsOfANewerSchema) {
  const auto dev = profile(Environment::dev);
  append(events::ConnectionCreated{dev});
  log::FrameDraft frame;
  frame.stream = events::kConnectionsStream;
  frame.type = static_cast<std::uint16_t>(events::EventType::connectionUpdated);
  frame.schemaVersion = 99;
  frame.recordedAt = SystemClock().now();
  frame.firstEventId = Uuid::makeV7(frame.recordedAt);
  frame.payloads.push_back("{}");
  log::AppendRequest request;
  request.frames.push_back(std::move(frame));
  ASSERT_TRUE(log_->append(std::move(request)));
  EXPECT_FALSE(gate_->authorize(dev.id, {}, {"k"}));
  EXPECT_FALSE(gate_->authorize(dev.id, {}, {"k"})) << "and stays closed";
}

}  // namespace
}  // namespace cachify::actions
