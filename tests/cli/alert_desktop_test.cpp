// Alerts as desktop notifications, on a bus of the test's own.

#include <gmock/gmock.h>

#include <fstream>

#include "cli/cli_fixture.hpp"
#include "cli/notification_daemon.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class DesktopNotification : public CliWithRedis {
 protected:
  CliResult on(const std::string& bus, Words words) const {
    CliInput given = input(std::move(words));
    given.environment.emplace_back("DBUS_SESSION_BUS_ADDRESS", bus);
    given.environment.emplace_back("XDG_RUNTIME_DIR", directory_ / "nothing-here");
    return runCli(std::move(given));
  }
  static json::object statusIn(const CliResult& result) {
    const json::value document = parseDocument(result.out);
    for (const auto& one : document.at("publishers").as_array()) {
      if (one.at("publisher") == "desktop-notification") return one.as_object();
    }
    return {};
  }
};

TEST_F(DesktopNotification, IsShownOnceWithItsUrgencyAndWithoutTheValue) {
  const NotificationDaemon daemon;
  ASSERT_EQ(on(daemon.busAddress(), {"alerts", "publishers", "enable", "desktop-notification"}).exitCode, 0);
  redis_.must({"SET", "text", "SECRETVALUE"});
  ASSERT_NE(on(daemon.busAddress(), {"hash", "set", "cache", "text", "f", "SECRETVALUE"}).exitCode, 0);
  ASSERT_EQ(on(daemon.busAddress(), {"alerts", "deliver", "--wait", "20"}).exitCode, 0);
  ASSERT_EQ(on(daemon.busAddress(), {"alerts", "deliver"}).exitCode, 0);
  const auto shown = daemon.shown();
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].application, "Cachify Studio");
  EXPECT_THAT(shown[0].summary, HasSubstr("hash.set failed"));
  EXPECT_THAT(shown[0].body, HasSubstr("cache (dev)"));
  EXPECT_EQ(shown[0].urgency, 1);
  EXPECT_THAT(shown[0].summary + shown[0].body, Not(HasSubstr("SECRETVALUE")));
  const auto status = statusIn(on(daemon.busAddress(), {"alerts", "publishers", "list", "--json"}));
  EXPECT_EQ(status.at("healthy"), true);
  EXPECT_EQ(status.at("delivered"), 1);
}

TEST_F(DesktopNotification, WithoutABusOrWithoutAnybodyOnItIsNotHealthyAndSaysWhy) {
  const std::string nowhere = "unix:path=" + (directory_ / "no-bus");
  ASSERT_EQ(on(nowhere, {"alerts", "publishers", "enable", "desktop-notification"}).exitCode, 0);
  auto status = statusIn(on(nowhere, {"alerts", "publishers", "list", "--json"}));
  EXPECT_EQ(status.at("healthy"), false);
  EXPECT_THAT(std::string(status.at("problem").at("message").as_string()), HasSubstr("bus"));
  EXPECT_EQ(on(nowhere, {"alerts", "publishers", "test", "desktop-notification"}).exitCode, 5);
  const NotificationDaemon silent(false);
  status = statusIn(on(silent.busAddress(), {"alerts", "publishers", "list", "--json"}));
  EXPECT_THAT(std::string(status.at("problem").at("message").as_string()),
              HasSubstr("nothing shows notifications"));
}

TEST_F(DesktopNotification, KeepsTheContractOfPublishers) {
  const NotificationDaemon daemon;
  const std::string parameters = directory_ / "desktop.json";
  std::ofstream(parameters) << "{}";
  const auto checked = on(daemon.busAddress(), {"plugins", "inspect", "cachify.desktop-notification",
                                                "--check", "--parameters", parameters});
  EXPECT_EQ(checked.exitCode, 0) << checked.out << checked.err;
  EXPECT_FALSE(daemon.shown().empty());
}

}  // namespace
}  // namespace cachify::test
