// The program itself on a screen of its own: found by what a screen reader is told, moved by mouse and
// keyboard.

#include <gmock/gmock.h>

#include <iostream>

#include "qml/screen.hpp"
#include "qml/screen_reader.hpp"
#include "support/raw_connection.hpp"
#include "support/server.hpp"
#include "support/wait_for.hpp"

namespace cachify::test {
namespace {

class OnTheDesktop : public testing::Test {
 protected:
  OnTheDesktop() {
    setenv("DISPLAY", screen_.display().c_str(), 1);
    setenv("QT_QPA_PLATFORM", "xcb", 1);
    setenv("QT_QUICK_BACKEND", "software", 1);
    setenv("CACHIFY_SECRET_STORE", "file", 1);
    setenv("XDG_CONFIG_HOME", (directory_ / "config").c_str(), 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    app_.emplace(
        std::vector<std::string>{CACHIFY_BIN_DIR "/cachify-studio", "--data-dir", directory_ / "data"},
        directory_ / "app.log");
    screen_.focusWindow(500);
  }
  void TearDown() override {
    if (!HasFailure()) return;
    for (const auto& told : reader_.read())
      std::cerr << told.role << " '" << told.name << "' at " << told.x << ' ' << told.y << ' '
                << told.description << '\n';
  }
  Told wait(const std::string& role, const std::string& name) {
    std::optional<Told> found;
    try {
      waitFor([&] { return (found = reader_.find(role, name)).has_value(); }, role + " '" + name + "'");
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
      throw;
    }
    return *found;
  }
  void click(const std::string& role, const std::string& name) {
    const Told told = wait(role, name);
    screen_.click(told.centreX(), told.centreY());
  }

  /// Replaces what is in the field.
  void type(const std::string& name, const std::string& text) {
    click("text", name);
    screen_.press('a', {kControl});
    screen_.type(text);
  }
  bool isCovered() {
    return std::ranges::any_of(reader_.read(), [](const Told& told) { return told.role == "dialog"; });
  }
  void comes(const std::string& key, const std::string& value) {
    waitFor([&] { return redis_.must({"GET", key}).text == value; }, key + " = " + value);
  }
  /// Beside the app, on the same data directory.
  int cli(std::vector<std::string> words) {
    words.insert(words.begin(), {CACHIFY_BIN_DIR "/cachify", "--data-dir", directory_ / "data"});
    std::string line;
    for (const auto& word : words) line += "'" + word + "' ";
    return std::system((line + ">/dev/null").c_str());
  }
  /// Adds the server through the form and opens it.
  void connect(const std::string& name, const std::string& environment) {
    click("push button", "Add a connection");
    type("Name", name);
    type("Port", std::to_string(server_.port()));
    const Told form = wait("dialog", "New connection");
    screen_.scrollDown(form.centreX(), form.centreY());
    const int footer = wait("push button", "Save").y;
    waitFor([&] { return wait("page tab", environment).centreY() < footer; }, "the end of the form");
    click("page tab", environment);
    click("push button", "Save");
    wait("list item", name + (environment == "Production" ? ", prod" : ", dev"));
    // What lies over the page keeps its keys until it is gone.
    waitFor([this] { return !isCovered(); }, "the page alone");
    screen_.press('p', {kControl});
    wait("text", "Switch to a connection");
    screen_.press(kReturn);
    wait("list", "Keys");
  }

  TemporaryDirectory directory_;
  RedisServer server_;
  RedisCli redis_{server_};
  Screen screen_{1360, 860};
  ScreenReader reader_;
  std::optional<ChildProcess> app_;
};

TEST_F(OnTheDesktop, AskedForASandboxItOpensOne) {
  app_.reset();
  app_.emplace(std::vector<std::string>{CACHIFY_BIN_DIR "/cachify-studio", "--data-dir",
                                        directory_ / "sandbox", "--sandbox"},
               directory_ / "sandbox.log");
  wait("list", "Keys");
}

TEST_F(OnTheDesktop, AKeyIsChangedSavedAndBroughtBackByMouseAndKeyboard) {
  redis_.must({"SET", "greeting", "hello"});
  connect("local", "Development");
  click("list item", "greeting");
  click("push button", "Edit");
  type("New value", "Good morning, 3 a.m.!");
  screen_.press('s', {kControl});
  comes("greeting", "Good morning, 3 a.m.!");
  click("push button", "Undo");
  comes("greeting", "hello");
  EXPECT_EQ(cli({"log", "verify"}), 0);
}

TEST_F(OnTheDesktop, OnProdADeletionTakesTheConnectionsNameTypedKeyByKey) {
  redis_.must({"SET", "order:1", "paid"});
  connect("orders", "Production");
  click("list item", "order:1");
  click("push button", "Delete the key");
  type("The connection's name", "order");
  EXPECT_THAT(wait("push button", "Delete").description, testing::StartsWith("Not available"));
  click("push button", "Delete");
  EXPECT_EQ(redis_.must({"EXISTS", "order:1"}).integer, 1);
  type("The connection's name", "orders");
  EXPECT_EQ(wait("push button", "Delete").description, "");
  click("push button", "Delete");
  waitFor([&] { return redis_.must({"EXISTS", "order:1"}).integer == 0; }, "the deletion");
}

TEST_F(OnTheDesktop, AWorkflowIsTriedRunAndRolledBack) {
  for (int i = 0; i < 40; ++i) redis_.must({"SET", "tmp:" + std::to_string(i), "x"});
  redis_.must({"SET", "keep", "y"});
  connect("local", "Development");
  screen_.press('3', {kControl});
  click("list item", "Delete by pattern");
  type("Pattern", "tmp:*");
  click("push button", "Dry run");
  click("push button", "Run on 40 keys");
  EXPECT_EQ(redis_.must({"DBSIZE"}).integer, 41);
  wait("dialog", "Run this plan?");
  click("push button", "Run on 40 keys");
  waitFor([&] { return redis_.must({"DBSIZE"}).integer == 1; }, "the deletion");
  waitFor([this] { return !isCovered(); }, "the page alone");
  click("page tab", "History");
  click("list item", "Delete by pattern, success, 40 of 40");
  click("push button", "Roll back");
  wait("dialog", "Roll back “Delete by pattern”?");
  click("push button", "Roll back");
  waitFor([&] { return redis_.must({"DBSIZE"}).integer == 41; }, "all keys again");
  EXPECT_EQ(cli({"log", "verify"}), 0);
}

/// Roles of what a person moves, as AT-SPI calls them.
bool isControl(const Told& told) {
  static const std::set<std::string> kControls{
      "push button", "button",      "toggle button", "check box", "radio button", "combo box", "text",
      "entry",       "list item",   "tree item",     "page tab",  "menu item",    "link",      "slider",
      "table cell",  "spin button", "dialog",        "list",      "tree",         "alert",     "scroll bar"};
  return kControls.contains(told.role);
}

TEST_F(OnTheDesktop, AScreenReaderIsToldTheNameAndRoleOfEveryControlAndRowOfEveryPage) {
  for (int i = 0; i < 5; ++i) redis_.must({"SET", "user:" + std::to_string(i), "v"});
  redis_.must({"HSET", "profile", "name", "Ada", "mail", "ada@example.org"});
  connect("local", "Development");
  click("list item", "profile");
  wait("push button", "History");
  std::set<std::string> seen;
  const auto look = [&](const std::string& place) {
    std::size_t controls = 0;
    for (const Told& told : reader_.read()) {
      EXPECT_NE(told.role, "invalid") << place << ": '" << told.name << "' in " << told.within;
      EXPECT_NE(told.role, "unknown") << place << ": '" << told.name << "' in " << told.within;
      if (!isControl(told)) continue;
      const bool isNamedByItsGroup = told.within.ends_with("/panel Password");
      EXPECT_TRUE(!told.name.empty() || isNamedByItsGroup)
          << place << ": a " << told.role << " without a name in " << told.within;
      controls += 1;
      seen.insert(told.role + " " + told.name);
    }
    EXPECT_GT(controls, 15U) << place;
  };
  look("the workspace");
  for (const auto& [key, title] : std::map<char, std::string>{{'1', "Connections"},
                                                              {'3', "Workflows"},
                                                              {'4', "Observability"},
                                                              {'5', "Alerts"},
                                                              {'6', "Audit"},
                                                              {'7', "Settings"}}) {
    screen_.press(static_cast<xcb_keysym_t>(key), {kControl});
    wait("label", title);
    if (key == '3') click("list item", "Delete by pattern");
    look(title);
  }
  screen_.press('k', {kControl});
  wait("list item", "Settings");
  look("the palette");
  screen_.press(kEscape);
  waitFor([this] { return !isCovered(); }, "the page alone");
  screen_.press('1', {kControl});
  click("push button", "Edit local");
  wait("dialog", "Edit connection");
  look("the form of a connection");
  for (const char* control : {"push button Dry run", "list item profile", "push button Verify",
                              "page tab Workspace", "page tab Production", "page tab profile"}) {
    EXPECT_TRUE(std::ranges::any_of(seen, [&](const auto& name) { return name.starts_with(control); }))
        << control << " was on none of them";
  }
}

}  // namespace
}  // namespace cachify::test
