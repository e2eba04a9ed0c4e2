#pragma once
// A person with the real window and a real redis-server.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "qml/app_window.hpp"
#include "support/raw_connection.hpp"
#include "support/server.hpp"

namespace cachify::test {

/// In a debug build that paints by software, the first time that a page is loaded: up to 125 ms were seen.
inline constexpr std::chrono::milliseconds kLongestSilence{200};

/// `with` again and again, up to so many bytes.
inline std::string filled(const std::string& with, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += with;
  text.resize(bytes);
  return text;
}

inline std::string manyLines(std::size_t bytes) {
  return filled("a line of some words, as there are in a log or a table of somebody\n", bytes);
}

class JourneyInTheApp : public testing::Test {
 protected:
  void TearDown() override { EXPECT_LT(app_.longestSilence(), kLongestSilence); }

  std::string redis(const std::vector<std::string>& command) {
    RawReply reply;
    app_.leaveOut([&] { reply = cli_.must(command); });
    return reply.text.empty() ? std::to_string(reply.integer) : reply.text;
  }

  /// Adds the server through the form and opens it.
  void connect(const QString& name, const QString& environment = {}) {
    app_.click("welcomeAdd");
    app_.type("field-name", name);
    app_.type("field-port", QString::number(server_.port()));
    if (!environment.isEmpty()) app_.studio().form()->set("environment", environment);
    app_.click("saveConnection");
    app_.wait([&] { return app_.studio().connections()->total() == 1; }, "the saved profile");
    app_.wait([&] { return app_.find("connectionsList") != nullptr; }, "the list of connections");
    app_.press(Qt::Key_P, Qt::ControlModifier);
    app_.wait([&] { return app_.find("paletteEntry") != nullptr; }, "the switcher");
    app_.press(Qt::Key_Return);
    app_.wait([&] { return app_.studio().workspace()->active() && !app_.studio().workspace()->scanning(); },
              "the workspace");
  }
  /// Of deleting what matches, on the workflows' page.
  ui::WorkflowDesk& beginDryRun(const QString& pattern) {
    app_.press(Qt::Key_3, Qt::ControlModifier);
    auto& desk = *app_.studio().workflows();
    app_.wait([&] { return desk.templates()->count() >= 3; }, "the templates");
    app_.clickRow("templateList", 0, 60);
    app_.type("workflow-pattern", pattern);
    app_.click("dryRun");
    return desk;
  }
  void edit(const QString& text) {
    app_.click("editValue");
    app_.type("valueArea", text);
    app_.wait([&] { return document().dirty(); }, "the draft");
  }
  ui::KeyDocument& document() { return *app_.studio().workspace()->document(); }

  RedisServer server_;
  RedisCli cli_{server_};
  AppWindow app_;
};

}  // namespace cachify::test
