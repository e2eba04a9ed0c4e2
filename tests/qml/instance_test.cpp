// One window for each data directory, and what the program says of its command line.

#include <gtest/gtest.h>

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "single_instance.hpp"

namespace cachify::test {
namespace {

struct Ended {
  int exitCode = -1;
  QString out;
  QString err;
};

Ended ended(const QStringList& words, QProcessEnvironment environment) {
  const QTemporaryDir runtime;  // where there is none Qt says so
  environment.insert("XDG_RUNTIME_DIR", runtime.path());
  QProcess studio;
  studio.setProcessEnvironment(environment);
  studio.start(QStringLiteral(CACHIFY_BIN_DIR "/cachify-studio"), words);
  if (!studio.waitForFinished(20'000) || studio.exitStatus() != QProcess::NormalExit) return {};
  return {studio.exitCode(), QString::fromUtf8(studio.readAllStandardOutput()),
          QString::fromUtf8(studio.readAllStandardError())};
}

Ended ended(const QStringList& words) {
  return ended(words, QProcessEnvironment::systemEnvironment());
}

TEST(ProgramOfTheApp, HelpAndVersionNeedNoDisplay) {
  auto none = QProcessEnvironment::systemEnvironment();
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"}) none.remove(name);
  none.insert("QT_QPA_PLATFORM", "xcb");
  const Ended help = ended({"--help"}, none);
  EXPECT_EQ(help.exitCode, 0) << help.err.toStdString();
  EXPECT_TRUE(help.out.contains("redis+unix://")) << help.out.toStdString();
  const Ended version = ended({"--version"}, none);
  EXPECT_EQ(version.exitCode, 0) << version.err.toStdString();
  EXPECT_TRUE(version.out.startsWith("cachify-studio ")) << version.out.toStdString();
}

TEST(ProgramOfTheApp, AMisuseEndsWithTwo) {
  const Ended unknown = ended({"--bogus"});
  EXPECT_EQ(unknown.exitCode, 2);
  EXPECT_TRUE(unknown.err.startsWith("error: ") && unknown.err.contains("bogus"))
      << unknown.err.toStdString();
  for (const char* size : {"banana", "1120", "0x0", "-1x5", "12x34x56"}) {
    const Ended wrong = ended({"--size", size});
    EXPECT_EQ(wrong.exitCode, 2) << size;
    EXPECT_TRUE(wrong.err.contains("--size is WIDTHxHEIGHT")) << wrong.err.toStdString();
  }
}

TEST(ProgramOfTheApp, ADirectoryThatCannotBeIsSaidOnceAndEndsWithOne) {
  const QTemporaryDir directory;
  const QString file = directory.filePath("file");
  ASSERT_TRUE(QFile(file).open(QIODevice::WriteOnly));
  for (const QStringList& words : {QStringList{"--data-dir", "/proc/nope"}, QStringList{"--data-dir", file},
                                   QStringList{"--capture", "/proc/nope"}, QStringList{"--capture", file}}) {
    const Ended end = ended(words);
    EXPECT_EQ(end.exitCode, 1) << words.join(' ').toStdString();
    EXPECT_TRUE(end.err.startsWith("error: cannot ") && end.err.contains(words.last()))
        << end.err.toStdString();
    EXPECT_EQ(end.err.count('\n'), 1) << end.err.toStdString();
  }
}

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
