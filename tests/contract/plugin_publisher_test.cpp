// The reference publisher through its port.

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <boost/json.hpp>
#include <csignal>
#include <fstream>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "support/child_processes.hpp"
#include "support/plugin_fixture.hpp"

namespace cachify::plugin_host {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

class FilePublisher : public test::PluginFixture {
 protected:
  FilePublisher() {
    hostOf(bundledFolder());
    auto found = wait(host_->alertPublisher("file", soon()));
    if (!found) throw std::runtime_error(found.error().message);
    publisher_ = *found;
  }
  Result<void> configure(const std::string& path) {
    return wait(publisher_->configure(json::serialize(json::object{{"path", path}}), soon()));
  }
  Delivery deliver(std::vector<AlertForDelivery> batch, const std::string& key) {
    auto delivery = wait(publisher_->deliver(std::move(batch), key, CallContext::within(5s)));
    EXPECT_TRUE(delivery) << delivery.error().message;
    return delivery ? *delivery : Delivery{.outcome = Delivery::Outcome::failed};
  }
  static AlertForDelivery alert(const std::string& title) {
    AlertForDelivery one;
    one.id = Uuid::makeV7(SystemClock().now());
    one.createdAt = SystemClock().now();
    one.severity = events::Severity::critical;
    one.title = title;
    one.message = "look";
    one.source = "workflow";
    one.connectionId = ConnectionId::make(SystemClock().now());
    one.connectionName = "cache";
    one.environment = "prod";
    one.causeId = one.id;
    return one;
  }
  std::vector<json::object> lines() const {
    std::vector<json::object> all;
    std::ifstream file(path_);
    for (std::string line; std::getline(file, line);) all.push_back(json::parse(line).as_object());
    return all;
  }

  test::TemporaryDirectory directory_;
  std::string path_ = directory_ / "alerts.jsonl";
  std::shared_ptr<AlertPublisher> publisher_;
};

TEST_F(FilePublisher, WritesEachAlertAsOneLineOfJson) {
  ASSERT_TRUE(configure(path_));
  EXPECT_EQ(deliver({alert("one"), alert("two\n\x1b[31m")}, "k1").outcome, Delivery::Outcome::delivered);
  const auto all = lines();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].at("title"), "one");
  EXPECT_EQ(all[1].at("title"), "two\n\x1b[31m");
  EXPECT_EQ(all[1].at("deliveryKey"), "k1");
}

TEST_F(FilePublisher, ARepeatUnderTheSameKeyAddsNothing) {
  ASSERT_TRUE(configure(path_));
  const auto batch = std::vector{alert("one")};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(deliver(batch, "same \"key\"").outcome, Delivery::Outcome::delivered);
  EXPECT_EQ(lines().size(), 1U);
  EXPECT_EQ(deliver(batch, "other").outcome, Delivery::Outcome::delivered);
  EXPECT_EQ(lines().size(), 2U);
}

TEST_F(FilePublisher, ABatchThatWasCutByAPowerFailureIsWrittenAgainWhole) {
  ASSERT_TRUE(configure(path_));
  deliver({alert("one"), alert("two")}, "k");
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) - 5);
  EXPECT_EQ(deliver({alert("one"), alert("two")}, "k").outcome, Delivery::Outcome::delivered);
  std::ifstream file(path_);
  int whole = 0;
  for (std::string line; std::getline(file, line);) {
    json::error_code error;
    (void)json::parse(line, error);
    whole += error ? 0 : 1;
  }
  EXPECT_EQ(whole, 3);
}

TEST_F(FilePublisher, AFileThatOnlyItsUserCanReadIsMade) {
  ASSERT_TRUE(configure(path_));
  deliver({alert("one")}, "k");
  EXPECT_EQ(std::filesystem::status(path_).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(FilePublisher, WhatCannotBeDeliveredSaysWhy) {
  ASSERT_TRUE(configure(directory_ / "missing/alerts.jsonl"));
  const auto delivery = deliver({alert("one")}, "k");
  EXPECT_EQ(delivery.outcome, Delivery::Outcome::failed);
  EXPECT_THAT(delivery.message, ::testing::HasSubstr("No such file"));
  const auto health = wait(publisher_->health(soon()));
  ASSERT_FALSE(health);
  EXPECT_EQ(health.error().code, ErrorCode::connectionFailed);
  ASSERT_TRUE(configure(directory_.path()));
  EXPECT_EQ(deliver({alert("one")}, "k").outcome, Delivery::Outcome::failed);
  EXPECT_TRUE(ledger_.faults.empty());
}

TEST_F(FilePublisher, ARefusedConfigurationLeavesTheOneBefore) {
  ASSERT_TRUE(configure(path_));
  const auto refused = configure("relative");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::validationError);
  EXPECT_EQ(deliver({alert("one")}, "k").outcome, Delivery::Outcome::delivered);
  EXPECT_EQ(lines().size(), 1U);
}

TEST_F(FilePublisher, AProcessThatDiedBetweenDeliveriesIsReplacedAndConfigured) {
  ASSERT_TRUE(configure(path_));
  deliver({alert("one")}, "k1");
  const auto children = test::childrenOf(getpid());
  ASSERT_EQ(children.size(), 1U);
  kill(children[0], SIGKILL);
  siginfo_t ended{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(children[0]), &ended, WEXITED | WNOWAIT), 0);
  EXPECT_EQ(deliver({alert("two")}, "k2").outcome, Delivery::Outcome::delivered);
  EXPECT_EQ(lines().size(), 2U);
}

TEST_F(FilePublisher, DeliversNothingBeforeItIsConfigured) {
  const auto delivery = wait(publisher_->deliver({alert("one")}, "k", soon()));
  ASSERT_FALSE(delivery);
  EXPECT_EQ(delivery.error().code, ErrorCode::validationError);
}

TEST(AlertJson, FitsItsSchema) {
  std::ifstream file(std::string(CACHIFY_SOURCE_DIR) + "/schemas/plugins/alert.json");
  const json::value schemaText = json::parse(std::string{std::istreambuf_iterator<char>(file), {}});
  valijson::Schema schema;
  valijson::SchemaParser().populateSchema(valijson::adapters::BoostJsonAdapter(schemaText), schema);
  AlertForDelivery full;
  full.id = full.causeId = Uuid::makeV7(SystemClock().now());
  full.connectionId = ConnectionId(full.id);
  full.connectionName = "cache\xff";
  full.environment = "prod";
  full.title = "line\nend";
  AlertForDelivery bare{.id = full.id};
  for (const auto& alert : {full, bare}) {
    const std::string line = toJsonLine(alert);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const json::value value = json::parse(line);
    EXPECT_TRUE(valijson::Validator(valijson::Validator::kStrongTypes)
                    .validate(schema, valijson::adapters::BoostJsonAdapter(value), nullptr))
        << line;
  }
}

}  // namespace
}  // namespace cachify::plugin_host
