// A value's way to a file and back, by the dialogs that ask for the file.

#include <QFile>
#include <QTemporaryDir>

#include "qml/journey.hpp"

namespace cachify::test {
namespace {

QObject* openDialogBelow(QObject& object) {
  if (object.inherits("QQuickFileDialog") && object.property("visible").toBool()) return &object;
  QObjectList below = object.children();
  if (const auto* item = qobject_cast<QQuickItem*>(&object)) {
    for (auto* child : item->childItems()) below.append(child);
  }
  for (auto* child : below) {
    if (auto* found = openDialogBelow(*child)) return found;
  }
  return nullptr;
}

/// The uppermost.
QQuickItem* buttonBelow(QQuickItem& item, const QString& text) {
  if (!item.isVisible()) return nullptr;
  if (item.inherits("QQuickAbstractButton") && item.property("text") == text) return &item;
  const auto children = item.childItems();
  for (auto child = children.rbegin(); child != children.rend(); ++child) {
    if (auto* found = buttonBelow(**child, text)) return found;
  }
  return nullptr;
}

class FileDialogInTheApp : public JourneyInTheApp {
 protected:
  /// In the dialog of the toolkit itself, which is what a desktop without one of its own shows.
  void lookInto() {
    QObject* dialog = nullptr;
    app_.wait([&] { return (dialog = openDialogBelow(*app_.window().contentItem())) != nullptr; },
              "a dialog");
    dialog->setProperty("currentFolder", QUrl::fromLocalFile(directory_.path()));
  }
  QString suggested() {
    app_.wait([&] { return app_.find("fileNameTextField") != nullptr; }, "the field for the name");
    return app_.find("fileNameTextField")->property("text").toString();
  }
  void save(const QString& name) {
    lookInto();
    app_.type("fileNameTextField", name);
    app_.press(Qt::Key_Return);
    press("Save");
  }
  /// The one file that is there.
  void choose() {
    lookInto();
    app_.click("fileDialogDelegate0");
    press("Open");
  }
  void put(const QString& name, const QByteArray& content) {
    QFile file(directory_.filePath(name));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(content);
  }
  QByteArray written(const QString& name) {
    QFile file(directory_.filePath(name));
    app_.wait([&] { return file.exists(); }, "the file");
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return file.readAll();
  }

 private:
  void press(const QString& button) {
    QQuickItem* item = nullptr;
    const auto isReady = [&] {
      item = buttonBelow(*app_.window().contentItem(), button);
      return item != nullptr && item->isEnabled();
    };
    app_.wait(isReady, button.toStdString());
    item->setObjectName("accepting");
    app_.click("accepting");
  }

  QTemporaryDir directory_;
};

TEST_F(FileDialogInTheApp, AValueIsWrittenToTheFileThatWasNamed) {
  redis({"SET", "greeting", "hello"});
  connect("local");
  app_.openKey("greeting");
  app_.click("copyValue");
  app_.click("writeValueFile");
  EXPECT_EQ(suggested(), "greeting");
  save("greeting.txt");
  EXPECT_EQ(written("greeting.txt"), "hello");
}

TEST_F(FileDialogInTheApp, AFileThatIsThereIsReplacedOnlyWhereThatIsWanted) {
  redis({"SET", "greeting", "hello"});
  connect("local");
  app_.openKey("greeting");
  put("mine.txt", "of somebody");
  const auto writeToIt = [&] {
    app_.click("copyValue");
    app_.click("writeValueFile");
    save("mine.txt");
  };
  writeToIt();
  app_.click("askCancel");
  app_.wait([&] { return app_.find("askCancel") == nullptr; }, "the end of the question");
  EXPECT_EQ(written("mine.txt"), "of somebody");
  writeToIt();
  app_.click("askAccept");
  app_.wait([&] { return written("mine.txt") == "hello"; }, "the value in the file");
}

TEST_F(FileDialogInTheApp, ConnectionsAreExportedAndComeBack) {
  connect("local");
  app_.press(Qt::Key_1, Qt::ControlModifier);
  app_.click("exportConnections");
  EXPECT_EQ(suggested(), "connections.json");
  save("all.json");
  EXPECT_TRUE(written("all.json").contains("local"));
  app_.click("importConnections");
  choose();
  app_.wait([&] { return app_.find("take-local") != nullptr; }, "what is in the file");
}

TEST_F(FileDialogInTheApp, TheLogIsExported) {
  connect("local");
  app_.press(Qt::Key_6, Qt::ControlModifier);
  app_.click("exportLog");
  EXPECT_EQ(suggested(), "events.jsonl");
  save("all.jsonl");
  EXPECT_TRUE(written("all.jsonl").contains("connection.created"));
}

TEST_F(FileDialogInTheApp, AValueIsReplacedByTheFileThatWasChosen) {
  redis({"SET", "greeting", "hello"});
  connect("local");
  app_.openKey("greeting");
  put("greeting.txt", "good morning");
  app_.click("valueFromFile");
  choose();
  app_.wait([&] { return document().dirty(); }, "the content of the file");
  EXPECT_EQ(redis({"GET", "greeting"}), "hello") << "nothing is written yet";
  app_.click("saveValue");
  app_.wait([&] { return !document().dirty() && !document().saving(); }, "the saved value");
  EXPECT_EQ(redis({"GET", "greeting"}), "good morning");
}

}  // namespace
}  // namespace cachify::test
