// Trust in a plugin, given and taken in the settings.

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <filesystem>
#include <fstream>

#include "qml/app_window.hpp"

namespace cachify::test {
namespace {

TEST(WindowOfTheApp, APluginIsTrustedWithItsDigestInSightAndRevoked) {
  const QTemporaryDir directory;
  const auto folder = std::filesystem::path(directory.path().toStdString()) / "plugins/misbehaving";
  std::filesystem::create_directories(folder.parent_path());
  std::filesystem::copy(std::filesystem::path(CACHIFY_TEST_PLUGINS) / "misbehaving", folder);
  AppWindow app(directory.path());
  auto& desk = *app.studio().plugins();
  const auto own = [&] {
    int row = desk.list()->count() - 1;
    while (row >= 0 && desk.list()->value(row, "pluginId") != "test.misbehaving") --row;
    return row;
  };
  const auto status = [&] { return desk.list()->text(own(), "status"); };
  app.press(Qt::Key_7, Qt::ControlModifier);
  app.wait([&] { return own() >= 0; }, "the plugin");
  EXPECT_EQ(status(), "untrusted");
  app.click("plugin-test.misbehaving");

  // Somebody puts another one in its place between the look and the answer.
  app.click("trustPlugin");
  std::ofstream(folder / "plugin.json", std::ios::app) << "\n";
  app.click("askAccept");
  app.wait([&] { return !desk.busy(); }, "the refusal");
  EXPECT_EQ(app.logged("plugin.trusted"), 0);
  app.wait([&] { return app.find("trustPlugin") != nullptr; }, "the sheet");

  app.click("trustPlugin");
  app.click("askAccept");
  app.wait([&] { return status() == "trusted"; }, "trust");
  EXPECT_EQ(app.logged("plugin.trusted"), 1);
  const auto& kinds = *app.studio().workflows()->templates();
  const auto hasKind = [&] {
    int row = kinds.count() - 1;
    while (row >= 0 && kinds.value(row, "kind") != "misbehaving") --row;
    return row >= 0;
  };
  app.wait(hasKind, "its kind among the workflows");
  app.click("revokePlugin");
  EXPECT_TRUE(app.find("askCancel")->hasActiveFocus());
  app.click("askAccept");
  app.wait([&] { return status() == "revoked"; }, "the revocation");
  EXPECT_EQ(app.logged("plugin.revoked"), 1);
  app.wait([&] { return !hasKind(); }, "the kind to go");
}

}  // namespace
}  // namespace cachify::test
