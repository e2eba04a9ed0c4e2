// Plugins that misbehave: each way ends in a clear error and a recorded fault, and the engine goes on.

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "plugin_host/conformance/sample_keyspace.hpp"
#include "support/plugin_fixture.hpp"

namespace cachify::plugin_host {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string textDetail(const Error& error, std::string_view name) {
  const auto* value = error.detail(name);
  return value == nullptr ? std::string() : std::get<std::string>(*value);
}

class PluginFaults : public test::PluginFixture {
 protected:
  PluginFaults() { hostOf(CACHIFY_TEST_PLUGINS, {.patience = 1500ms}); }

  Result<std::shared_ptr<WorkflowKind>> kind(const std::string& name, CallContext context = soon()) {
    return wait(host_->workflowKind(name, std::move(context)));
  }
  /// The whole plan of the plugin that behaves as it is told.
  Result<std::vector<domain::PlanItem>> plan(const std::string& behaviour, CallContext context = soon()) {
    const auto found = kind("misbehaving");
    if (!found) return std::unexpected(found.error());
    auto open = wait((*found)->open(R"({"behaviour":")" + behaviour + R"("})", keys_, context));
    if (!open) return std::unexpected(open.error());
    std::vector<domain::PlanItem> items;
    for (;;) {
      auto piece = wait((*open)->next(1000, 1 << 20, context));
      if (!piece) return std::unexpected(piece.error());
      for (auto& item : piece->items) items.push_back(std::move(item));
      if (piece->isLast) return items;
    }
  }
  /// The words a plugin that was made to talk says.
  std::string said(const std::string& behaviour) {
    const auto answer = plan(behaviour);
    EXPECT_FALSE(answer);
    EXPECT_FALSE(answer ? false : isFault(answer.error())) << answer.error().message;
    return answer ? std::string() : answer.error().message;
  }

  SampleKeyspace keys_{50};
};

struct Misbehaviour {
  const char* behaviour;
  Fault fault;
};
void PrintTo(const Misbehaviour& one, std::ostream* out) {
  *out << one.behaviour;
}

class WhilePlanning : public PluginFaults, public ::testing::WithParamInterface<Misbehaviour> {};

TEST_P(WhilePlanning, IsOneFaultWithItsNameAndLeavesTheEngineWell) {
  const auto answer = plan(GetParam().behaviour);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::internalError);
  EXPECT_EQ(textDetail(answer.error(), "fault"), wireName(GetParam().fault)) << answer.error().message;
  EXPECT_EQ(textDetail(answer.error(), "plugin"), "test.misbehaving");
  ASSERT_EQ(ledger_.faults.size(), 1U);
  EXPECT_EQ(ledger_.faults[0].fault, GetParam().fault);
  // The process is gone, and the next one does what it should.
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
  const auto next = plan("behave");
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_EQ(next->size(), 1U);
  EXPECT_EQ(ledger_.successes, 1);
}

INSTANTIATE_TEST_SUITE_P(
    All, WhilePlanning,
    ::testing::Values(
        Misbehaviour{"crash", Fault::crashed}, Misbehaviour{"abort", Fault::crashed},
        Misbehaviour{"exit", Fault::crashed}, Misbehaviour{"hang", Fault::hung},
        Misbehaviour{"spin", Fault::hung}, Misbehaviour{"throw", Fault::threw},
        Misbehaviour{"throwNumber", Fault::threw}, Misbehaviour{"garbage", Fault::garbage},
        Misbehaviour{"zeroLength", Fault::garbage}, Misbehaviour{"otherAnswer", Fault::garbage},
        Misbehaviour{"unknownAnswer", Fault::garbage}, Misbehaviour{"brokenBody", Fault::garbage},
        Misbehaviour{"brokenServiceCall", Fault::garbage}, Misbehaviour{"forgedPiece", Fault::garbage},
        Misbehaviour{"closedSocket", Fault::crashed}, Misbehaviour{"endlessItems", Fault::endless},
        Misbehaviour{"endlessServices", Fault::hung}, Misbehaviour{"endlessLog", Fault::hung},
        Misbehaviour{"nonsenseStatus", Fault::brokenContract}, Misbehaviour{"full", Fault::brokenContract},
        Misbehaviour{"describeTooMany", Fault::brokenContract}),
    [](const auto& one) { return std::string(one.param.behaviour); });

class WhileLoading : public PluginFaults, public ::testing::WithParamInterface<Misbehaviour> {};

TEST_P(WhileLoading, IsOneFaultWithItsName) {
  const auto answer = kind(GetParam().behaviour);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::internalError);
  EXPECT_EQ(textDetail(answer.error(), "fault"), wireName(GetParam().fault)) << answer.error().message;
  ASSERT_EQ(ledger_.faults.size(), 1U);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

INSTANTIATE_TEST_SUITE_P(
    All, WhileLoading,
    ::testing::Values(
        Misbehaviour{"missingsymbol", Fault::missingSymbol}, Misbehaviour{"wrongabi", Fault::wrongAbi},
        Misbehaviour{"shorttable", Fault::wrongAbi}, Misbehaviour{"nulltable", Fault::brokenContract},
        Misbehaviour{"nullfunction", Fault::brokenContract}, Misbehaviour{"wrongid", Fault::brokenContract},
        Misbehaviour{"wrongkind", Fault::brokenContract}, Misbehaviour{"noextension", Fault::brokenContract},
        Misbehaviour{"nottext", Fault::brokenContract}, Misbehaviour{"undefinedsymbol", Fault::notLoadable},
        Misbehaviour{"crashatload", Fault::crashed}, Misbehaviour{"hangatload", Fault::hung},
        Misbehaviour{"throwatstart", Fault::threw}, Misbehaviour{"refusetostart", Fault::notLoadable}),
    [](const auto& one) { return std::string(one.param.behaviour); });

TEST_F(PluginFaults, TheListOfKindsLeavesOutWhatCannotBeLoaded) {
  const auto kinds = wait(host_->workflowKinds(soon()));
  ASSERT_TRUE(kinds) << kinds.error().message;
  ASSERT_EQ(kinds->size(), 1U);
  EXPECT_EQ((*kinds)[0]->description().kind, "misbehaving");
}

TEST_F(PluginFaults, EndlessWordsOnStandardErrorEndTheProcess) {
  const auto answer = plan("endlessWords");
  ASSERT_FALSE(answer);
  EXPECT_THAT(textDetail(answer.error(), "fault"), ::testing::AnyOf("crashed", "hung"));
}

TEST_F(PluginFaults, LastWordsAreToldEscapedAndCut) {
  const auto answer = plan("lastWords");
  ASSERT_FALSE(answer);
  EXPECT_THAT(textDetail(answer.error(), "lastWords"), HasSubstr("good\\x1b[31m bye"));
  EXPECT_THAT(answer.error().message, HasSubstr("SIGABRT"));
}

TEST_F(PluginFaults, WhatAPluginSaysIsEscapedAndCut) {
  const std::string words = said("longWords");
  EXPECT_LE(words.size(), 4096U);
  EXPECT_THAT(words, Not(HasSubstr("\x1b")));
}

TEST_F(PluginFaults, AServiceMayBeAskedOnlyWhilePlanning) {
  const auto found = kind("misbehaving");
  ASSERT_TRUE(found);
  ASSERT_TRUE(plan("behave"));
  const auto answer = wait((*found)->validate(R"({"behaviour":"asksInValidate"})", soon()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(textDetail(answer.error(), "fault"), "brokenContract");
}

TEST_F(PluginFaults, WrongItemsAreRefusedOneByOne) {
  EXPECT_EQ(said("wrongItems"), "-2 -2 -2 -2 -2 -2 -2 -2");
}

TEST_F(PluginFaults, ARefusalIsNoFault) {
  const auto found = kind("misbehaving");
  ASSERT_TRUE(found);
  const auto open = wait((*found)->open("{}", keys_, soon()));
  ASSERT_FALSE(open);
  EXPECT_EQ(open.error().code, ErrorCode::validationError);
  EXPECT_EQ(textDetail(open.error(), "field"), "behaviour");
  EXPECT_TRUE(ledger_.faults.empty());
}

TEST_F(PluginFaults, TheChildInheritsNothingButItsSocket) {
  const int leak = dup(0);
  ASSERT_GE(leak, 3);
  EXPECT_EQ(said("descriptors"), "0 1 2 3 ");
  close(leak);
}

TEST_F(PluginFaults, TheChildDoesNotSeeWhatTheEnvironmentHides) {
  setenv("CACHIFY_VAULT_PASSPHRASE", "secret", 1);
  setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
  const std::string names = said("environment");
  unsetenv("AWS_SECRET_ACCESS_KEY");
  unsetenv("CACHIFY_VAULT_PASSPHRASE");
  EXPECT_THAT(names, AllOf(HasSubstr("PATH "), Not(HasSubstr("CACHIFY")), Not(HasSubstr("AWS"))));
}

TEST_F(PluginFaults, WhatWasNotAskedForIsRefusedByTheKernel) {
  EXPECT_EQ(said("network"), "Operation not permitted");
  EXPECT_EQ(said("program"), "Operation not permitted");
  EXPECT_EQ(said("localSocket"), "allowed");
}

#ifndef __SANITIZE_ADDRESS__
TEST_F(PluginFaults, MemoryEndsAtAGibibyte) {
  hostOf(CACHIFY_TEST_PLUGINS, {.patience = 60s});  // a busy machine takes its time over so much
  const std::string words = said("memory");
  EXPECT_THAT(words, HasSubstr("no more than "));
  EXPECT_LE(std::stoi(words.substr(words.find("than ") + 5)), 1024);
}
#endif

TEST_F(PluginFaults, ACallersDeadlineEndsAPluginThatIsAtIt) {
  hostOf(CACHIFY_TEST_PLUGINS);
  ASSERT_TRUE(kind("misbehaving"));
  const auto began = std::chrono::steady_clock::now();
  const auto answer = plan("hang", CallContext::within(300ms));
  ASSERT_FALSE(answer);
  EXPECT_EQ(textDetail(answer.error(), "fault"), "hung");
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

TEST_F(PluginFaults, AStopEndsThePlanAsCancelledAndIsNoFault) {
  hostOf(CACHIFY_TEST_PLUGINS);
  ASSERT_TRUE(kind("misbehaving"));
  std::stop_source stop;
  std::jthread later([&] {
    std::this_thread::sleep_for(100ms);
    stop.request_stop();
  });
  const auto answer = plan("hang", CallContext{.stop = stop.get_token()});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
  EXPECT_TRUE(ledger_.faults.empty());
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST_F(PluginFaults, ThreeInARowArePutIntoQuarantineAndASuccessBreaksTheRow) {
  for (int i = 0; i < 2; ++i) ASSERT_FALSE(plan("crash"));
  ASSERT_TRUE(plan("behave"));
  for (int i = 0; i < 3; ++i) ASSERT_FALSE(plan("crash"));
  const auto answer = plan("behave");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(textDetail(answer.error(), "reason"), "quarantined");
}

TEST_F(PluginFaults, TheCheckerFindsThem) {
  const auto found = host_->find("test.misbehaving");
  ASSERT_TRUE(found);
  for (const auto* behaviour : {"crash", "hang", "garbage", "endlessItems", "nonsenseStatus"}) {
    const std::string parameters = std::string(R"({"behaviour":")") + behaviour + R"("})";
    const auto report = wait(host_->check(*found, false, {.parametersJson = parameters}, soon()));
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_FALSE(report->passed()) << behaviour;
  }
  const auto well =
      wait(host_->check(*found, false, {.parametersJson = R"({"behaviour":"behave"})"}, soon()));
  ASSERT_TRUE(well);
  EXPECT_TRUE(well->passed());
  EXPECT_TRUE(ledger_.faults.empty()) << "what a check finds counts as no fault";
}

}  // namespace
}  // namespace cachify::plugin_host
