#include "qml/app_window.hpp"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QQmlError>
#include <QTest>
#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace cachify::test {

namespace {

constexpr int kPatienceMs = 20'000;

QQuickItem* visibleBelow(QQuickItem* item, const QString& name) {
  if (!item->isVisible()) return nullptr;
  if (item->objectName() == name) return item;
  const auto children = item->childItems();
  for (auto child = children.rbegin(); child != children.rend(); ++child) {
    if (auto* found = visibleBelow(*child, name)) return found;
  }
  return nullptr;
}

/// The clock, less the time that this thread was ready and had no processor: a busy machine is not our
/// silence.
std::chrono::nanoseconds ownTime() {
  std::ifstream stat("/proc/thread-self/schedstat");
  std::int64_t ran = 0;
  std::int64_t waited = 0;
  stat >> ran >> waited;
  return std::chrono::steady_clock::now().time_since_epoch() - std::chrono::nanoseconds(waited);
}

/// Turns the wheel, as it were, where the item is out of sight.
void scrollTo(const QQuickItem& item) {
  for (auto* above = item.parentItem(); above != nullptr; above = above->parentItem()) {
    if (!above->inherits("QQuickFlickable")) continue;
    const double at = item.mapToItem(above, QPointF(0, item.height() / 2)).y();
    if (at >= 0 && at < above->height()) continue;
    const double most = above->property("contentHeight").toDouble() - above->height();
    const double wanted = above->property("contentY").toDouble() + at - above->height() / 2;
    above->setProperty("contentY", std::clamp(wanted, 0.0, std::max(0.0, most)));
  }
}

/// As a person's hand is slower than the window's loop: each key and click is answered before the next comes.
void answerEvents() {
  QCoreApplication::processEvents();
}

}  // namespace

AppWindow::AppWindow(const QString& dataDirectory)
    : studio_(std::make_unique<ui::Studio>(
          (dataDirectory.isEmpty() ? directory_.path() : dataDirectory).toStdString())),
      engine_(std::make_unique<QQmlApplicationEngine>()) {
  studio_->preferences()->setReducedMotion(true);
  engine_->addImportPath("qrc:/qt/qml");
  QObject::connect(studio_.get(), &ui::Studio::languageChanged, engine_.get(),
                   &QQmlApplicationEngine::retranslate);
  QObject::connect(engine_.get(), &QQmlEngine::warnings, [](const QList<QQmlError>& warnings) {
    for (const auto& warning : warnings) ADD_FAILURE() << warning.toString().toStdString();
  });
  engine_->load(QUrl("qrc:/qt/qml/Cachify/Shell/Main.qml"));
  if (engine_->rootObjects().isEmpty()) throw std::runtime_error("the window could not be loaded");
  window_ = qobject_cast<QQuickWindow*>(engine_->rootObjects().front());
  wait([this] { return studio_->state() == "ready" && studio_->connections()->loaded(); }, "the engine");
  QTest::qWait(100);  // the first frame
  lastBeat_ = ownTime();
  QObject::connect(&heart_, &QTimer::timeout, [this] { beat(); });
  heart_.start(5);
}

void AppWindow::beat() {
  const auto now = ownTime();
  longest_ = std::max(longest_, std::chrono::duration_cast<std::chrono::milliseconds>(now - lastBeat_));
  lastBeat_ = now;
}

void AppWindow::leaveOut(const std::function<void()>& act) {
  beat();
  act();
  lastBeat_ = ownTime();
}

void AppWindow::close() {
  window_->close();
}

AppWindow::~AppWindow() {
  engine_.reset();  // the window goes before what it shows
  studio_.reset();
}

QQuickItem* AppWindow::find(const QString& name) const {
  return visibleBelow(window_->contentItem(), name);
}

void AppWindow::wait(const std::function<bool()>& condition, const std::string& what) const {
  if (!QTest::qWaitFor(condition, kPatienceMs)) throw std::runtime_error(what + " did not come to be");
}

void AppWindow::click(const QString& name) {
  const auto isReady = [&] { return find(name) != nullptr && find(name)->isEnabled(); };
  wait(isReady, name.toStdString());
  QTest::qWait(30);  // a layout that just came up takes its place, and a row may be another one
  wait(isReady, name.toStdString());
  auto* item = find(name);
  scrollTo(*item);
  const QPointF centre = item->mapToScene({item->width() / 2, item->height() / 2});
  QTest::mouseClick(window_, Qt::LeftButton, Qt::NoModifier, centre.toPoint());
  answerEvents();
}

void AppWindow::type(const QString& name, const QString& text) {
  const auto isIn = [&] { return find(name) != nullptr && find(name)->hasActiveFocus(); };
  // On a busy machine the layout may move away under the pointer: a person clicks again.
  constexpr int kClicks = 10;
  bool isThere = isIn();
  for (int clicks = 0; clicks < kClicks && !isThere; ++clicks) {
    click(name);
    isThere = QTest::qWaitFor(isIn, kPatienceMs / kClicks);
  }
  if (!isThere) throw std::runtime_error("the focus in " + name.toStdString() + " did not come to be");
  press(Qt::Key_A, Qt::ControlModifier);
  press(Qt::Key_Delete);
  for (const QChar letter : text) {
    QTest::keyClick(window_, letter.toLatin1());
    answerEvents();
  }
}

void AppWindow::press(int key, Qt::KeyboardModifiers modifiers) {
  QTest::keyClick(window_, static_cast<Qt::Key>(key), modifiers);
  answerEvents();
}

void AppWindow::clickRow(const QString& list, int row, int rowHeight, Qt::KeyboardModifiers modifiers) {
  wait([&] { return find(list) != nullptr; }, list.toStdString());
  auto* item = find(list);
  QTest::qWait(50);
  const QPointF at = item->mapToScene({item->width() / 3, (row + 0.5) * rowHeight});
  QTest::mouseClick(window_, Qt::LeftButton, modifiers, at.toPoint());
  answerEvents();
}

int AppWindow::logged(const QString& type) {
  auto* audit = studio_->audit();
  audit->load();
  wait([&] { return !audit->loading(); }, "the log");
  int found = 0;
  for (int row = 0; row < audit->events()->count(); ++row)
    found += audit->events()->value(row, "type") == type ? 1 : 0;
  return found;
}

QString AppWindow::addConnection(const QString& name, std::uint16_t port, const QString& dbIndex) {
  auto& form = *studio_->form();
  form.startNew();
  form.set("name", name);
  form.set("port", QString::number(port));
  form.set("dbIndex", dbIndex);
  form.save();
  wait([&] { return !studio_->connections()->idOf(name).isEmpty(); }, "the saved profile");
  return studio_->connections()->idOf(name);
}

void AppWindow::openKey(const QString& name) {
  type("keySearch", name);
  press(Qt::Key_Return);
  auto* workspace = studio_->workspace();
  wait([&] { return !workspace->scanning() && workspace->keys()->rowOf(name) >= 0; }, "the key in the list");
  clickRow("keyList", workspace->keys()->rowOf(name), 36);
  auto* document = workspace->document();
  wait([&] { return document->name() == name && document->exists() && !document->loading(); },
       "the open key");
}

}  // namespace cachify::test
