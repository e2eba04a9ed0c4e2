// One window for each data directory.

#include <gtest/gtest.h>

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "single_instance.hpp"

namespace cachify::test {
namespace {

TEST(InstanceOfTheApp, TheSecondTellsTheFirstWhatItWasAskedFor) {
  const QTemporaryDir directory;
  ui::SingleInstance first(directory.path());
  EXPECT_FALSE(first.handOver("redis://nobody")) << "there is none yet";
  first.listen();
  const QSignalSpy asked(&first, &ui::SingleInstance::asked);
  bool taken = false;
  std::thread second([&] { taken = ui::SingleInstance(directory.path()).handOver("redis://host:1/0"); });
  const bool came = QTest::qWaitFor([&] { return asked.count() == 1; });
  QTest::qWait(50);
  second.join();
  ASSERT_TRUE(came);
  EXPECT_TRUE(taken);
  EXPECT_EQ(asked.first().first(), "redis://host:1/0");
}

TEST(InstanceOfTheApp, AnotherDirectoryIsAnotherInstance) {
  const QTemporaryDir one;
  const QTemporaryDir other;
  ui::SingleInstance first(one.path());
  first.listen();
  EXPECT_FALSE(ui::SingleInstance(other.path()).handOver({}));
}

TEST(InstanceOfTheApp, ASecondStartEndsAndLeavesTheFirst) {
  const QTemporaryDir directory;
  const QStringList words{"--data-dir", directory.path()};
  const auto program = QStringLiteral(CACHIFY_BIN_DIR "/cachify-studio");
  QProcess first;
  first.start(program, words);
  ASSERT_TRUE(first.waitForStarted());
  const ui::SingleInstance here(directory.path());
  ASSERT_TRUE(QTest::qWaitFor([&] { return here.handOver({}); }, 20'000));
  QProcess second;
  second.start(program, words + QStringList{"redis://127.0.0.1:6379"});
  ASSERT_TRUE(second.waitForFinished(20'000));
  EXPECT_EQ(second.exitCode(), 0);
  EXPECT_EQ(first.state(), QProcess::Running);
  first.terminate();
  EXPECT_TRUE(first.waitForFinished(20'000));
}

}  // namespace
}  // namespace cachify::test
