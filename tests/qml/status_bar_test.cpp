// The status bar tells how far the read models are behind the log, and only while they are.

#include <QTest>

#include "qml/journey.hpp"
#include "support/child_process.hpp"
#include "unit/views_log.hpp"
#include "views/file_lock.hpp"
#include "views/file_stamp.hpp"

namespace cachify::test {
namespace {

constexpr int kWritten = 120;

/// As a process that is checkpointing has it: nobody feeds meanwhile.
views::FileLock stopFeeding(AppWindow& app) {
  const auto generation = views::test::currentOf(app.studio().dataDirectory().toStdString() + "/views");
  std::optional<views::FileLock> lock;
  app.wait(
      [&] {
        auto tried =
            views::FileLock::tryTake(generation / views::kCheckpointLock, views::FileLock::Kind::exclusive);
        if (tried && *tried) lock = std::move(**tried);
        return lock.has_value();
      },
      "the lock that feeders take");
  return std::move(*lock);
}

TEST_F(JourneyInTheApp, TheStatusBarTellsWhileTheViewsAreBehindTheLog) {
  connect("cache");
  auto& studio = app_.studio();
  EXPECT_EQ(app_.find("viewsBehind"), nullptr);
  const TemporaryDirectory directory;
  {
    const auto stopped = stopFeeding(app_);
    {
      ChildProcess writer(
          {CACHIFY_BIN_DIR "/engine_writer", studio.dataDirectory().toStdString(), "cache", "k:"},
          directory / "writer.log");
      app_.wait([&] { return studio.viewsBehind() >= kWritten; }, "the lag");
    }
    // It tells the whole of it, and goes on to.
    app_.wait([&] { return app_.find("viewsBehind") != nullptr; }, "the words");
    int told = 0;
    app_.wait(
        [&] { return std::exchange(told, studio.viewsBehind()) == studio.viewsBehind() && told >= kWritten; },
        "a lag that is told");
    EXPECT_EQ(app_.find("viewsBehind")->property("text").toString(),
              QString("views %1 events behind").arg(studio.viewsBehind()));
  }
  app_.wait([&] { return studio.viewsBehind() == 0; }, "views that have it all");
  app_.wait([&] { return app_.find("viewsBehind") == nullptr; }, "the end of the words");
}

TEST_F(JourneyInTheApp, WhatIsWrittenAndFedAtOnceIsNoLag) {
  redis({"SET", "greeting", "hello"});
  connect("cache");
  bool told = false;
  QObject::connect(&app_.studio(), &ui::Studio::viewsBehindChanged, &app_.window(), [&] { told = true; });
  app_.openKey("greeting");
  for (const auto* text : {"one", "two", "three"}) {
    const QString position = app_.studio().logPosition();
    document().setDraft(text);
    document().save(true, false, {});
    app_.wait([&] { return redis({"GET", "greeting"}) == text && !document().saving(); }, "the saved value");
    app_.wait([&] { return app_.studio().logPosition() != position; }, "the log's new position");
  }
  EXPECT_FALSE(told);
}

}  // namespace
}  // namespace cachify::test
