// Large texts are looked at, changed and saved, byte for byte, while the window answers all the time.

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <string_view>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

std::string longJson(std::size_t bytes) {
  return "[" + filled(R"({"id":12345678,"words":"of some"},)", bytes) + "\"last\"]";
}

class LargeValueInTheApp : public JourneyInTheApp {
 protected:
  void open(const std::string& value) {
    redis({"SET", "large", value});
    connect("local");
    app_.openKey("large");
  }
  void openToEdit(const std::string& value) {
    open(value);
    app_.click("editValue");
    app_.wait([&] { return app_.find("valueArea") != nullptr && !document().loading(); }, "the editor");
    QTest::qWait(200);  // frames
    EXPECT_FALSE(document().dirty()) << "nothing is changed by looking";
  }
  QQuickItem& area() { return *app_.find("valueArea"); }
  void typeAt(int place, const QString& letters) {
    area().forceActiveFocus();
    area().setProperty("cursorPosition", place);
    for (const QChar letter : letters) {
      QTest::keyClick(&app_.window(), letter.toLatin1());
      QTest::qWait(30);  // a frame
    }
  }
  void save(const std::string& expected) {
    app_.click("saveValue");
    const auto isThere = [&] { return redis({"STRLEN", "large"}) == std::to_string(expected.size()); };
    app_.wait(isThere, "the saved value");
    app_.wait([&] { return !document().saving() && !document().loading(); }, "the value read again");
    EXPECT_TRUE(redis({"GET", "large"}) == expected) << "byte for byte";
    EXPECT_FALSE(document().dirty());
  }
  void undo(const std::string& expected) {
    app_.click("toastAction");
    app_.wait([&] { return redis({"GET", "large"}) == expected; }, "what it was before");
    app_.wait([&] { return !document().loading(); }, "the value read again");
    QTest::qWait(200);  // frames
  }
};

TEST_F(LargeValueInTheApp, AMegabyteOfLinesIsChangedSavedAndBroughtBack) {
  const std::string value = manyLines(1 << 20);
  openToEdit(value);
  typeAt(0, "xyz");
  // On through the parts, and into the last letter of the last.
  app_.click("nextPart");
  EXPECT_EQ(document().part(), 1);
  app_.press(Qt::Key_Tab);
  document().setPart(document().parts() - 1);
  QTest::qWait(100);
  typeAt(area().property("length").toInt(), "end");
  save("xyz" + value + "end");
  EXPECT_EQ(document().part(), document().parts() - 1) << "a save leaves one where one is";
  undo(value);
}

TEST_F(LargeValueInTheApp, TenMegabytesInOneLineAreLoadedChangedSavedAndBroughtBack) {
  const std::string value = longJson(10'000'000);
  openToEdit(value);
  EXPECT_TRUE(document().editable());
  app_.type("findInValue", "last");
  app_.press(Qt::Key_Return);
  app_.wait([&] { return area().property("selectedText") == "last"; }, "the place");
  EXPECT_EQ(document().part(), document().parts() - 1);
  typeAt(area().property("selectionEnd").toInt(), "!!");
  save(value.substr(0, value.size() - 2) + "!!\"]");
  app_.click("editValue");  // to look at it
  QTest::qWait(300);
  EXPECT_EQ(document().stopped(), "");
  undo(value);
}

TEST_F(LargeValueInTheApp, TheCursorGoesOnInTheNextPartAndBack) {
  openToEdit(manyLines(100'000));
  const int last = area().property("length").toInt();
  area().forceActiveFocus();
  area().setProperty("cursorPosition", last);
  app_.press(Qt::Key_Down);
  EXPECT_EQ(document().part(), 1);
  EXPECT_EQ(area().property("cursorPosition").toInt(), 0);
  app_.press(Qt::Key_Down);
  EXPECT_EQ(document().part(), 1) << "only from the last line";
  app_.press(Qt::Key_Up);
  app_.press(Qt::Key_Up);
  EXPECT_EQ(document().part(), 0);
  EXPECT_EQ(area().property("cursorPosition").toInt(), last);
}

TEST_F(LargeValueInTheApp, ALargeValueIsCopiedInEachForm) {
  const std::string value = longJson(10'000'000);
  open(value);
  document().loadAll();
  app_.wait([&] { return document().editable(); }, "all of it");
  QTest::qWait(300);  // frames
  const auto copied = [&](const QString& form, std::size_t size) {
    document().copy(form);
    const auto isThere = [&] {
      return QGuiApplication::clipboard()->text().size() == static_cast<qsizetype>(size);
    };
    app_.wait(isThere, "the copy");
    return QGuiApplication::clipboard()->text();
  };
  EXPECT_TRUE(copied("raw", value.size()).startsWith(R"([{"id":)"));
  const auto quotes = static_cast<std::size_t>(std::ranges::count(value, '"'));
  const std::string_view around = R"(SET "large" "")";
  EXPECT_TRUE(
      copied("command", around.size() + value.size() + quotes).startsWith(R"(SET "large" "[{\"id\":)"));
}

TEST_F(LargeValueInTheApp, WhatIsPastedMayBeLarge) {
  const std::string large = longJson(2'000'000);
  openToEdit("before|after");
  app_.leaveOut([&] { QGuiApplication::clipboard()->setText(QString::fromStdString(large)); });
  area().forceActiveFocus();
  area().setProperty("cursorPosition", 7);
  app_.press(Qt::Key_V, Qt::ControlModifier);
  EXPECT_GT(document().parts(), 50);
  QTest::qWait(100);
  typeAt(area().property("cursorPosition").toInt(), "x");
  save("before|" + large + "xafter");
}

TEST_F(LargeValueInTheApp, AConflictShowsWhereBothBeginToDiffer) {
  const std::string value = longJson(1'000'000);
  openToEdit(value);
  const std::string theirs = value.substr(0, 700'000) + "THEIRS" + value.substr(700'000);
  redis({"SET", "large", theirs});
  typeAt(area().property("length").toInt(), "ours");
  app_.click("saveValue");
  app_.wait([&] { return document().inConflict(); }, "the conflict");
  QTest::qWait(200);
  EXPECT_LT(document().theirs().size(), 10'000);
  EXPECT_LT(document().ours().size(), 10'000);
  EXPECT_TRUE(document().ours().contains("ours"));
  EXPECT_TRUE(redis({"GET", "large"}) == theirs) << "nothing may be written over it";
}

TEST_F(LargeValueInTheApp, WhatAFieldWouldChangeComesBackAsItWas) {
  using namespace std::string_literals;
  const std::string value =
      "CR\r\nLF\n\x1b[1m hard\xc2\xa0"
      "blank\0nul\x7f\t\v\r"s;
  openToEdit(value);
  typeAt(0, "x");
  save("x" + value);
  for (const auto& odd : {"\xef\xbb\xbfmark"s, "line\xe2\x80\xa8separator"s, "sign \xe2\x90\x8d"s}) {
    redis({"SET", "large", odd});
    document().reload();
    app_.wait([&] { return !document().loading(); }, "the value");
    EXPECT_FALSE(document().editable()) << odd;
  }
}

TEST_F(LargeValueInTheApp, AValueIsReplacedByAFileAndWrittenToOne) {
  using namespace std::string_literals;
  const std::string value = "\xff\0"s + filled("binary", 3'000'000);
  open(value);
  ASSERT_FALSE(document().editable());
  const QTemporaryDir directory;
  const std::string content = "\0\x80"s + filled("from the file\r\n", 5'000'000);
  const QString source = directory.filePath("new value.bin");
  app_.leaveOut([&] {
    QFile file(source);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(content));
  });
  document().takeFile(QUrl::fromLocalFile(source));
  app_.wait([&] { return document().dirty(); }, "the content of the file");
  EXPECT_NE(app_.find("fileTakesItsPlace"), nullptr);
  EXPECT_TRUE(redis({"GET", "large"}) == value) << "nothing is written yet";

  // Somebody else is faster, beyond what was loaded.
  redis({"APPEND", "large", "more"});
  app_.click("saveValue");
  app_.wait([&] { return document().inConflict(); }, "the conflict");
  app_.click("takeTheirs");
  app_.wait([&] { return !document().dirty() && !document().loading(); }, "what is there");
  document().takeFile(QUrl::fromLocalFile(source));
  app_.wait([&] { return document().dirty(); }, "the content of the file");
  save(content);
  undo(value + "more");

  const QString target = directory.filePath("copy.bin");
  document().writeFile(QUrl::fromLocalFile(target));
  app_.wait([&] { return QFile::exists(target); }, "the file");
  QFile copy(target);
  ASSERT_TRUE(copy.open(QIODevice::ReadOnly));
  EXPECT_TRUE(copy.readAll().toStdString() == value + "more");
  document().takeFile(QUrl::fromLocalFile(directory.filePath("none")));
  QTest::qWait(100);
  EXPECT_FALSE(document().dirty());
}

TEST_F(LargeValueInTheApp, ALargeElementIsNotPutIntoAFieldOfOneLine) {
  redis({"HSET", "hash", "field", std::string(900'000, 'y'), "short", "words"});
  connect("local");
  app_.openKey("hash");
  const auto& elements = *document().elements();
  for (int row = 0; row < 2; ++row)
    EXPECT_EQ(elements.value(row, "plain").toBool(), elements.value(row, "first") == "short");
}

}  // namespace
}  // namespace cachify::test
