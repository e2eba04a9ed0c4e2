// cachify-studio --capture: a picture of every step in both themes, something to see on each, and no box in
// place of a character.

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

namespace cachify::test {
namespace {

constexpr int kMostMs = 200'000;

QStringList stepNames() {
  QFile file(QStringLiteral(CACHIFY_SOURCE_DIR "/ui-qml/app/Tour.qml"));
  QStringList names;
  if (!file.open(QIODevice::ReadOnly)) return names;
  const QString text = QString::fromUtf8(file.readAll());
  static const QRegularExpression step(R"re(\{ name: "([a-z-]+)")re");
  for (auto found = step.globalMatch(text); found.hasNext();) names.append(found.next().captured(1));
  return names;
}

qsizetype colours(const QImage& image) {
  QSet<QRgb> seen;
  for (int y = 0; y < image.height(); y += 3) {
    for (int x = 0; x < image.width(); x += 3) seen.insert(image.pixel(x, y));
  }
  return seen.size();
}

TEST(CaptureOfTheApp, ShowsEveryStepInBothThemes) {
  const QTemporaryDir directory;
  QProcess studio;
  studio.setProcessChannelMode(QProcess::MergedChannels);
  auto environment = QProcessEnvironment::systemEnvironment();
  if (!environment.contains("XDG_RUNTIME_DIR")) environment.insert("XDG_RUNTIME_DIR", directory.path());
  studio.setProcessEnvironment(environment);
  studio.start(QStringLiteral(CACHIFY_BIN_DIR "/cachify-studio"), {"--capture", directory.path()});
  ASSERT_TRUE(studio.waitForFinished(kMostMs));
  const QString said = QString::fromUtf8(studio.readAll());
  EXPECT_EQ(studio.exitCode(), 0) << said.toStdString();
  EXPECT_EQ(said, QString())
      << "nothing to complain about: no warning of Qt or QML, no character without a glyph";
  const QStringList names = stepNames();
  ASSERT_GT(names.size(), 20);
  for (const QString& name : names) {
    for (const char* theme : {"light", "dark"}) {
      const QImage image(directory.filePath(name + '-' + theme + ".png"));
      EXPECT_EQ(image.size(), QSize(1360, 860)) << name.toStdString() << ' ' << theme;
      EXPECT_GT(colours(image), 20) << name.toStdString() << ' ' << theme << " is blank";
    }
  }
}

TEST(CaptureOfTheApp, RefusesATextSizeThatThereIsNot) {
  const QTemporaryDir directory;
  for (const char* size : {"99", "150%", "", "large"}) {
    QProcess studio;
    studio.start(QStringLiteral(CACHIFY_BIN_DIR "/cachify-studio"),
                 {"--capture", directory.path(), "--text-size", size});
    ASSERT_TRUE(studio.waitForFinished(kMostMs));
    EXPECT_EQ(studio.exitCode(), 2) << size;
    EXPECT_TRUE(studio.readAllStandardError().contains("--text-size is 100, 125 or 150")) << size;
  }
  EXPECT_TRUE(QDir(directory.path()).isEmpty());
}

}  // namespace
}  // namespace cachify::test
