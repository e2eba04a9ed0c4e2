// The recent keys as they are kept.

#include "recent_keys.hpp"

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <QTest>

#include "connections_model.hpp"
#include "engine_host.hpp"
#include "preferences.hpp"
#include "qml/core_application.hpp"
#include "workspace.hpp"

namespace cachify::ui {
namespace {

constexpr int kKept = 60;

class RecentKeysOfTheApp : public testing::Test {
 protected:
  RecentKeysOfTheApp() {
    test::application();
    profile_.id = ConnectionId(Uuid::makeV7(SystemClock().now()));
    profile_.name = "local";
    connections_.assign({profile_});
  }
  [[nodiscard]] QString id() const { return QString::fromStdString(profile_.id.toString()); }
  static QString line(const QString& id, const QByteArray& key) { return id + ' ' + key.toBase64(); }

  QTemporaryDir directory_;
  EngineHost host_{directory_.path().toStdString()};
  Preferences preferences_{directory_.filePath("app.ini")};
  ConnectionsModel connections_{host_};
  Workspace workspace_{host_, connections_};
  domain::ConnectionProfile profile_;
};

TEST_F(RecentKeysOfTheApp, AreBoundedAndTheOldestGoes) {
  QStringList lines;
  for (int i = 0; i < kKept; ++i) lines.append(line(id(), "key:" + QByteArray::number(i)));
  preferences_.keep("recentKeys", lines);
  const RecentKeys recent(preferences_, connections_, workspace_);
  ASSERT_EQ(recent.list().size(), static_cast<qsizetype>(RecentKeys::kMost));
  workspace_.open(id());
  workspace_.openKeys()->open("newest");
  ASSERT_TRUE(QTest::qWaitFor([&] { return recent.list().front().toMap()["text"] == "newest"; }));
  EXPECT_EQ(recent.list().size(), static_cast<qsizetype>(RecentKeys::kMost));
  EXPECT_EQ(recent.list().back().toMap()["text"], "key:48");
  EXPECT_EQ(preferences_.kept("recentKeys", {}).toStringList().front(), line(id(), "newest"));
}

TEST_F(RecentKeysOfTheApp, TakeABrokenFileForWhatItHas) {
  preferences_.keep("recentKeys",
                    QStringList{"nonsense", id() + " ///", line(id(), "whole"), line(id(), "")});
  const RecentKeys recent(preferences_, connections_, workspace_);
  QStringList shown;
  for (const auto& one : recent.list()) shown.append(one.toMap()["text"].toString());
  EXPECT_TRUE(shown.contains("whole"));
  connections_.assign({profile_});
  EXPECT_EQ(recent.list().size(), 2) << "the key without a name is one, too";
}

TEST_F(RecentKeysOfTheApp, StayWhileTheProfilesCannotBeRead) {
  preferences_.keep("recentKeys", QStringList{line(id(), "mine")});
  const RecentKeys recent(preferences_, connections_, workspace_);
  connections_.reload();  // there is no engine
  ASSERT_TRUE(QTest::qWaitFor([&] { return connections_.error().present(); }));
  EXPECT_EQ(recent.list().size(), 1);
  connections_.reload();
  EXPECT_EQ(preferences_.kept("recentKeys", {}).toStringList().size(), 1);
}

TEST_F(RecentKeysOfTheApp, GoWithTheirConnectionAlone) {
  domain::ConnectionProfile other = profile_;
  other.id = ConnectionId(Uuid::makeV7(SystemClock().now()));
  const QString otherId = QString::fromStdString(other.id.toString());
  connections_.assign({profile_, other});
  preferences_.keep("recentKeys", QStringList{line(id(), "mine"), line(otherId, "theirs")});
  const RecentKeys recent(preferences_, connections_, workspace_);
  connections_.setFilter("nowhere");
  EXPECT_EQ(recent.list().size(), 2) << "what is out of sight is not gone";
  connections_.assign({other});
  EXPECT_EQ(preferences_.kept("recentKeys", {}).toStringList(), QStringList{line(otherId, "theirs")});
}

}  // namespace
}  // namespace cachify::ui
