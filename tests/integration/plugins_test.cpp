// Trust, faults and quarantine as the log keeps them, through the engine.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "events/alert_events.hpp"
#include "events/decode.hpp"
#include "events/plugin_events.hpp"
#include "plugin_host/conformance/sample_keyspace.hpp"
#include "support/engine_fixture.hpp"
#include "views/alert_events.hpp"
#include "views/history_events.hpp"

namespace cachify::test {
namespace {

namespace fs = std::filesystem;
using plugin_host::PlanPiece;
using plugin_host::Task;

constexpr const char* kId = "test.misbehaving";

/// The misbehaving plugin lies in the data directory.
class PluginsInTheEngine : public EngineFixture {
 protected:
  PluginsInTheEngine() {
    const fs::path folder = fs::path(data_ / "data") / "plugins";
    fs::create_directories(folder);
    fs::copy(fs::path(CACHIFY_TEST_PLUGINS) / "misbehaving", folder / "misbehaving");
    library_ = folder / "misbehaving" / "misbehaving.so";
  }

  plugin_host::FoundPlugin found() {
    auto plugin = engine_->wait(engine_->plugins().inspect(kId));
    if (!plugin) throw std::runtime_error(plugin.error().message);
    return std::move(*plugin);
  }
  void trust() {
    const auto trusted = engine_->wait(engine_->plugins().trust(kId));
    ASSERT_TRUE(trusted) << trusted.error().message;
    EXPECT_TRUE(trusted->usable());
  }
  /// The first piece of a plan of the plugin that behaves as it is told.
  Task<PlanPiece> planned(std::string parameters) {
    const CallContext context = CallContext::within(std::chrono::seconds(20));
    std::string name = "misbehaving";
    Result<std::shared_ptr<plugin_host::WorkflowKind>> kind =
        co_await engine_->plugins().registry().workflowKind(std::move(name), context);
    if (!kind) co_return std::unexpected(kind.error());
    Result<std::unique_ptr<plugin_host::OpenPlan>> plan =
        co_await (*kind)->open(std::move(parameters), keys_, context);
    if (!plan) co_return std::unexpected(plan.error());
    Result<PlanPiece> piece = co_await (*plan)->next(1000, 1 << 20, context);
    co_return piece;
  }
  Result<PlanPiece> plan(const std::string& behaviour) {
    return engine_->wait(planned(R"({"behaviour":")" + behaviour + R"("})"));
  }
  std::size_t eventsOf(events::EventType type) {
    std::size_t count = 0;
    for (const auto& frame : framesOf(type)) count += frame.payloads.size();
    return count;
  }
  template <class Page, class Filter>
  Page ask(Result<Page> (*query)(sqlite3&, const Filter&), const Filter& filter) {
    EXPECT_TRUE(engine_->log().flush());
    const auto head = engine_->log().head();
    EXPECT_TRUE(engine_->views().catchUp(head->lastPosition));
    Page page;
    EXPECT_TRUE(engine_->views().read([&](sqlite3& db) -> Result<void> {
      auto answer = query(db, filter);
      if (!answer) return std::unexpected(answer.error());
      page = std::move(*answer);
      return {};
    }));
    return page;
  }

  plugin_host::SampleKeyspace keys_{5};
  fs::path library_;
};

std::string reasonIn(const Error& error) {
  const auto* reason = error.detail("reason");
  return reason == nullptr ? std::string() : std::get<std::string>(*reason);
}

TEST_F(PluginsInTheEngine, BundledOnesMayBeUsedAtOnce) {
  const auto all = engine_->wait(engine_->plugins().list());
  ASSERT_TRUE(all) << all.error().message;
  std::size_t bundled = 0;
  for (const auto& plugin : *all) bundled += plugin.standing == plugin_host::Standing::bundled ? 1 : 0;
  EXPECT_EQ(bundled, 7U);
}

TEST_F(PluginsInTheEngine, OthersOnlyOnceTheyAreTrustedAndFromTheLogOn) {
  EXPECT_EQ(reasonIn(plan("behave").error()), "untrusted");
  trust();
  EXPECT_TRUE(plan("behave"));
  reopen();
  EXPECT_TRUE(plan("behave")) << "the log remembers";
  EXPECT_EQ(eventsOf(events::EventType::pluginTrusted), 1U);
  const auto history = ask(&views::listHistory, views::HistoryFilter{});
  EXPECT_THAT(history.rows,
              ::testing::Contains(::testing::Field(&views::HistoryRow::type, "plugin.trusted")));
}

TEST_F(PluginsInTheEngine, TrustingTwiceIsOneEvent) {
  trust();
  trust();
  EXPECT_EQ(eventsOf(events::EventType::pluginTrusted), 1U);
}

TEST_F(PluginsInTheEngine, OneFlippedByteIsRefusedAndCannotBeTrusted) {
  trust();
  std::fstream file(library_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(100);
  file.put('\x7f');
  file.close();
  EXPECT_EQ(reasonIn(plan("behave").error()), "changed");
  const auto trusted = engine_->wait(engine_->plugins().trust(kId));
  ASSERT_FALSE(trusted);
  EXPECT_EQ(reasonIn(trusted.error()), "changed");
}

TEST_F(PluginsInTheEngine, TrustIsOfTheBytesThatWereSeenAlone) {
  const std::string seen = toHex(found().digest);
  std::ofstream(library_.parent_path() / "plugin.json", std::ios::app) << "\n";
  const auto late = engine_->wait(engine_->plugins().trust(kId, seen));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::conflict);
  EXPECT_EQ(found().standing, plugin_host::Standing::untrusted);
  EXPECT_TRUE(engine_->wait(engine_->plugins().trust(kId, toHex(found().digest))));
}

TEST_F(PluginsInTheEngine, AnotherManifestIsChangedUntilItIsTrustedAnew) {
  trust();
  std::ofstream(library_.parent_path() / "plugin.json", std::ios::app) << "\n";
  EXPECT_EQ(found().standing, plugin_host::Standing::changed);
  EXPECT_EQ(reasonIn(plan("behave").error()), "changed");
  trust();
  EXPECT_TRUE(plan("behave"));
}

TEST_F(PluginsInTheEngine, ARevokedOneIsUsedNoMoreNotEvenFromAnIdleProcess) {
  trust();
  ASSERT_TRUE(plan("behave"));
  ASSERT_TRUE(engine_->wait(engine_->plugins().revoke(kId)));
  EXPECT_EQ(reasonIn(plan("behave").error()), "revoked");
  trust();
  EXPECT_TRUE(plan("behave"));
}

TEST_F(PluginsInTheEngine, BundledOnesCanBeRevokedToo) {
  ASSERT_TRUE(engine_->wait(engine_->plugins().revoke("cachify.delete-by-pattern")));
  const auto plugin = engine_->wait(engine_->plugins().inspect("cachify.delete-by-pattern"));
  ASSERT_TRUE(plugin);
  EXPECT_EQ(plugin->status(), "revoked");
  ASSERT_TRUE(engine_->wait(engine_->plugins().trust("cachify.delete-by-pattern")));
  EXPECT_EQ(engine_->wait(engine_->plugins().inspect("cachify.delete-by-pattern"))->status(), "bundled");
}

TEST_F(PluginsInTheEngine, WhatNobodyKnowsCannotBeRevoked) {
  const auto revoked = engine_->wait(engine_->plugins().revoke("org.example.nobody"));
  ASSERT_FALSE(revoked);
  EXPECT_EQ(revoked.error().code, ErrorCode::notFound);
}

TEST_F(PluginsInTheEngine, EachFaultIsAnEventAndAnAlertAndTheThirdAQuarantine) {
  trust();
  for (int i = 0; i < 3; ++i) ASSERT_FALSE(plan("abort"));
  EXPECT_EQ(reasonIn(plan("behave").error()), "quarantined");
  EXPECT_EQ(eventsOf(events::EventType::pluginFaulted), 3U);
  const auto alerts = ask(&views::listAlerts, views::AlertFilter{.source = "plugin"});
  ASSERT_EQ(alerts.rows.size(), 2U) << "equal ones are grouped";
  EXPECT_EQ(alerts.rows[0].severity, "critical");
  EXPECT_EQ(alerts.rows[1].count, 2U);
  const auto history = ask(&views::listHistory, views::HistoryFilter{});
  EXPECT_EQ(alerts.rows[0].causeId, history.rows[0].id) << "an alert leads to its cause";
  EXPECT_EQ(history.rows[0].type, "plugin.faulted");
  EXPECT_EQ(history.rows[0].status, "error");

  reopen();
  EXPECT_EQ(reasonIn(plan("behave").error()), "quarantined") << "the log remembers";
  trust();
  EXPECT_TRUE(plan("behave"));
}

TEST_F(PluginsInTheEngine, ASuccessBreaksTheRowForGood) {
  trust();
  for (int i = 0; i < 2; ++i) ASSERT_FALSE(plan("abort"));
  ASSERT_TRUE(plan("behave"));
  for (int i = 0; i < 2; ++i) ASSERT_FALSE(plan("abort"));
  ASSERT_TRUE(plan("behave")) << "before the log has it all on disk, too";
  reopen();
  for (int i = 0; i < 2; ++i) ASSERT_FALSE(plan("abort"));
  EXPECT_TRUE(plan("behave"));
  EXPECT_EQ(eventsOf(events::EventType::pluginRecovered), 3U);
}

TEST_F(PluginsInTheEngine, NoWordOfAPluginIsInItsEvents) {
  trust();
  ASSERT_FALSE(plan("lastWords"));
  ASSERT_FALSE(plan("throw"));
  for (const auto type : {events::EventType::pluginFaulted, events::EventType::alertRaised}) {
    for (const auto& frame : framesOf(type)) {
      for (const auto& payload : frame.payloads)
        EXPECT_THAT(payload, ::testing::Not(::testing::AnyOf(::testing::HasSubstr("bye"),
                                                             ::testing::HasSubstr("out of here"))));
    }
  }
}

}  // namespace
}  // namespace cachify::test
