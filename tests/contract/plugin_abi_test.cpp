// Every bundled plugin against the contract of the ABI, through the checker that `plugins inspect --check`
// runs.

#include <gmock/gmock.h>

#include "support/plugin_fixture.hpp"

namespace cachify::plugin_host {
namespace {

class BundledPlugin : public test::PluginFixture {
 protected:
  ConformanceReport check(const std::string& id, std::string parametersJson = {}) {
    auto& host = hostOf(bundledFolder());
    const auto found = host.find(id);
    EXPECT_TRUE(found) << found.error().message;
    auto report = wait(host.check(*found, false, {.parametersJson = std::move(parametersJson)}, soon()));
    EXPECT_TRUE(report) << report.error().message;
    return report ? *report : ConformanceReport{};
  }
  static void expectPassed(const ConformanceReport& report, std::size_t leastChecks) {
    EXPECT_GE(report.checks.size(), leastChecks);
    for (const auto& check : report.checks)
      EXPECT_NE(check.outcome, ConformanceCheck::Outcome::failed) << check.name << ": " << check.message;
  }
};

class BundledKind : public BundledPlugin, public ::testing::WithParamInterface<const char*> {};
class BundledPublisher : public BundledPlugin, public ::testing::WithParamInterface<const char*> {};

TEST_P(BundledKind, KeepsTheContract) {
  expectPassed(check(GetParam()), 12);
  EXPECT_TRUE(ledger_.faults.empty());
}

INSTANTIATE_TEST_SUITE_P(All, BundledKind,
                         ::testing::Values("cachify.delete-by-pattern", "cachify.delete-keys",
                                           "cachify.ttl-normalize", "cachify.warmup-set"));

/// The others need somebody who takes what they deliver: see cli/alert_delivery_test and alert_desktop_test.
TEST_F(BundledPlugin, FileKeepsTheContractOfPublishers) {
  const test::TemporaryDirectory directory;
  const auto report = check("cachify.file", R"({"path": ")" + (directory / "alerts.jsonl") + R"("})");
  expectPassed(report, 10);
  for (const auto& one : report.checks) {
    if (one.name == "its own test passes") continue;
    EXPECT_EQ(one.outcome, ConformanceCheck::Outcome::passed) << one.name;
  }
}

TEST_P(BundledPublisher, IsNotMadeToDeliverUnasked) {
  std::size_t skipped = 0;
  for (const auto& one : check(GetParam()).checks)
    skipped += one.outcome == ConformanceCheck::Outcome::skipped ? 1 : 0;
  EXPECT_GE(skipped, 4);
}

INSTANTIATE_TEST_SUITE_P(All, BundledPublisher,
                         ::testing::Values("cachify.desktop-notification", "cachify.file",
                                           "cachify.webhook"));

TEST(BundledPlugins, AreAllHeldToTheContract) {
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(CACHIFY_BIN_DIR) / "plugins"))
    names.push_back(entry.path().filename());
  EXPECT_THAT(names,
              ::testing::UnorderedElementsAre("delete-by-pattern", "delete-keys", "desktop-notification",
                                              "file", "ttl-normalize", "warmup-set", "webhook"));
}

}  // namespace
}  // namespace cachify::plugin_host
