// Every character that the app says has a glyph. The pictures of `--capture` are looked through by itself:
// capture_test.cpp has it complain of nothing.

#include "missing_glyphs.hpp"

#include <gtest/gtest.h>

#include <QFile>
#include <QXmlStreamReader>

#include "qml/app_window.hpp"

namespace cachify::test {
namespace {

/// For private use, in a plane that hardly any font has.
const QString kNobodys = QString::fromUcs4(U"\U0010F123");
const QStringList kFonts{"Inter", "JetBrains Mono"};  // of Theme.qml

TEST(GlyphsOfTheApp, ACharacterThatNoFontHasIsFound) {
  const QFont font("Inter");
  EXPECT_EQ(ui::undrawable("a" + kNobodys + "b" + kNobodys, font), kNobodys);
  EXPECT_EQ(ui::undrawable(QStringLiteral("Größe 1\u202F000 – „Ja“ … → ≤ µ ●"), font), QString());
  EXPECT_EQ(ui::undrawable(QStringLiteral("\t\n\u200D\u2028\uFE0F"), font), QString()) << "they draw nothing";
}

TEST(GlyphsOfTheApp, ABoxInTheWindowIsFoundWhileItIsInSight) {
  AppWindow app;
  EXPECT_EQ(ui::missingGlyphs(*app.window().contentItem()), QStringList());
  const auto notify = [&](const QString& text) {
    QMetaObject::invokeMethod(&app.window(), "notify", Q_ARG(QString, text), Q_ARG(QString, ""),
                              Q_ARG(QString, "success"));
  };
  notify("Saved " + kNobodys);
  app.wait([&] { return !ui::missingGlyphs(*app.window().contentItem()).isEmpty(); }, "the box");
  const QString box = ui::missingGlyphs(*app.window().contentItem()).value(0);
  EXPECT_TRUE(box.startsWith("U+10F123 in \"Saved " + kNobodys)) << box.toStdString();
  notify("Saved");
  app.wait([&] { return ui::missingGlyphs(*app.window().contentItem()).isEmpty(); }, "the text without it");
}

class CataloguesOfTheApp : public testing::TestWithParam<const char*> {};

TEST_P(CataloguesOfTheApp, HaveNoTextThatCannotBeDrawn) {
  QFile file(QStringLiteral(CACHIFY_SOURCE_DIR "/ui-qml/i18n/cachify_%1.ts").arg(GetParam()));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  QString all;
  QXmlStreamReader xml(&file);
  while (!xml.atEnd()) {
    if (xml.readNext() == QXmlStreamReader::Characters) all += xml.text();
  }
  ASSERT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  EXPECT_GT(all.size(), 1'000);
  for (const QString& family : kFonts)
    EXPECT_EQ(ui::undrawable(all, QFont(family)), QString()) << family.toStdString();
}

INSTANTIATE_TEST_SUITE_P(Language, CataloguesOfTheApp, testing::Values("en", "de", "id"),
                         [](const auto& language) { return std::string(language.param); });

}  // namespace
}  // namespace cachify::test
