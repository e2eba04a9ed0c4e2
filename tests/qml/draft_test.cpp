// A long text in parts, and what a text field would not give back.

#include "draft.hpp"

#include <gtest/gtest.h>

namespace cachify::ui {
namespace {

QString linesOf(int count) {
  QString text;
  for (int line = 0; line < count; ++line) text += QStringLiteral("line %1\n").arg(line);
  return text;
}

TEST(DraftOfTheApp, IsTheSameTextInPartsOfWholeLines) {
  const QString text = linesOf(20'000);
  const Draft draft(text);
  EXPECT_GT(draft.parts(), 3);
  for (int part = 0; part < draft.parts(); ++part) {
    EXPECT_LE(draft.part(part).size(), kMostInAField);
    EXPECT_TRUE(draft.part(part).endsWith('\n'));
  }
  EXPECT_EQ(draft.bytes(), text.toStdString());
  EXPECT_EQ(draft.bytesAfter(), static_cast<std::uint64_t>(text.toUtf8().size()));
  EXPECT_EQ(Draft(QStringLiteral("short")).parts(), 1);
  EXPECT_EQ(Draft().part(0), QString());
}

TEST(DraftOfTheApp, DividesNoCharacter) {
  for (const auto* before : {"", "x"}) {
    const QString text = before + QStringLiteral("😀").repeated(60'000);
    const Draft draft(text);
    for (int part = 0; part < draft.parts(); ++part) EXPECT_FALSE(draft.part(part).front().isLowSurrogate());
    EXPECT_EQ(draft.bytes(), text.toStdString());
  }
}

TEST(DraftOfTheApp, KnowsWhetherItIsChangedAndGoesBack) {
  const QString text = linesOf(20'000);
  Draft draft(text);
  const int parts = draft.parts();
  draft.setPart(1, draft.part(1) + "ä");
  EXPECT_TRUE(draft.isChanged());
  EXPECT_EQ(draft.bytesAfter(), draft.bytesBefore() + 2);
  draft.setPart(1, draft.part(1).chopped(1));
  EXPECT_FALSE(draft.isChanged());
  draft.setPart(1, linesOf(30'000));  // becomes several
  EXPECT_GT(draft.parts(), parts + 3);
  EXPECT_EQ(draft.bytes().size(), draft.bytesAfter());
  draft.discard();
  EXPECT_FALSE(draft.isChanged());
  EXPECT_EQ(draft.parts(), parts);
  EXPECT_EQ(draft.bytes(), text.toStdString());
}

TEST(DraftOfTheApp, AnEmptyTextThatBecameALongOneGoesBack) {
  Draft draft;
  draft.setPart(0, linesOf(20'000));
  ASSERT_GT(draft.parts(), 1);
  draft.discard();
  EXPECT_FALSE(draft.isChanged());
  EXPECT_EQ(draft.parts(), 1);
  EXPECT_EQ(draft.bytes(), "");
}

TEST(DraftOfTheApp, FindsFromAPlaceOnAndAroundAndAcrossParts) {
  const QString text = QString(40'000, 'a') + "Needle" + QString(40'000, 'b');
  const Draft draft(text);
  const auto found = draft.find("needle", {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->part, 1);
  EXPECT_EQ(draft.part(1).mid(found->at, found->length), "Needle");
  const auto again = draft.find("needle", {.part = 2, .at = 3});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->at, found->at);
  EXPECT_FALSE(draft.find("nowhere", {}));
  EXPECT_FALSE(draft.find("", {}));
  const Draft divided(QString((32 << 10) - 3, 'a') + "Needle" + QString(40'000, 'b'));
  const auto across = divided.find("NEEDLE", {});
  ASSERT_TRUE(across);
  EXPECT_EQ(across->part, 0);
  EXPECT_EQ(divided.part(0).mid(across->at, across->length), "Nee");
}

TEST(DraftOfTheApp, ShowsWhatAFieldWouldChangeAndTakesItBack) {
  using namespace std::string_literals;
  const auto draft = Draft::of("a\r\n\tb\0c\x1b\x7f\xc2\xa0"s);
  ASSERT_TRUE(draft);
  EXPECT_EQ(draft->part(0), QString::fromUtf8("a␍\n\tb␀c␛␡⍽"));
  EXPECT_EQ(draft->bytes(), "a\r\n\tb\0c\x1b\x7f\xc2\xa0"s);
  for (const auto& odd : {"\xff"s, "\xef\xbb\xbfmark"s, "\xe2\x80\xa9"s, "\xe2\x90\x8d"s, "\xef\xb7\x90"s})
    EXPECT_FALSE(Draft::of(odd)) << odd;
}

}  // namespace
}  // namespace cachify::ui
