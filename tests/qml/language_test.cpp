// The catalogues as the app uses them.

#include "language.hpp"

#include <gtest/gtest.h>

#include "qml/core_application.hpp"

namespace cachify::ui {
namespace {

QString said(const char* context, const char* text, int count = -1) {
  return QCoreApplication::translate(context, text, nullptr, count);
}

TEST(LanguageOfTheApp, FollowsTheSystemUnlessOneIsChosen) {
  EXPECT_EQ(languageFor("de", {"id-ID"}), "de");
  EXPECT_EQ(languageFor("system", {"fr-FR", "id-ID", "de"}), "id");
  EXPECT_EQ(languageFor("system", {"de_AT"}), "de");
  EXPECT_EQ(languageFor("system", {"fr"}), "en");
  EXPECT_EQ(languageFor("klingon", {}), "en");
}

TEST(LanguageOfTheApp, HasACatalogueForEachAndChangesWhileItRuns) {
  test::application();
  Language language;
  EXPECT_TRUE(language.use("de"));
  EXPECT_EQ(said("AlertsPage", "Alerts"), "Alarme");
  EXPECT_EQ(said("AlertSheet", "%n attempt(s)", 2), "2 Versuche");
  EXPECT_TRUE(language.use("id"));
  EXPECT_EQ(said("AlertsPage", "Alerts"), "Peringatan");
  EXPECT_TRUE(language.use("en"));
  EXPECT_EQ(said("AlertsPage", "Alerts"), "Alerts");
  EXPECT_EQ(said("AlertSheet", "%n attempt(s)", 1), "1 attempt");
  EXPECT_EQ(said("AlertSheet", "%n attempt(s)", 5), "5 attempts");
  EXPECT_FALSE(language.use("en"));
}

}  // namespace
}  // namespace cachify::ui
