#include "capture.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTimer>
#include <cstdio>
#include <memory>

#include "missing_glyphs.hpp"

namespace cachify::ui {

namespace {

constexpr int kPollMs = 50;
/// After a step says it is ready: transitions end, rows fetch their facts.
constexpr int kSettleMs = 400;
constexpr int kPatienceMs = 20'000;

class Capture : public QObject {
 public:
  Capture(QQuickWindow& window, QDir directory)
      : QObject(&window),
        window_(window),
        directory_(std::move(directory)),
        tour_(window.findChild<QObject*>("tour")) {
    connect(&timer_, &QTimer::timeout, this, &Capture::poll);
    timer_.start(kPollMs);
    next();
  }

 private:
  void next() {
    QMetaObject::invokeMethod(tour_, "next", Q_RETURN_ARG(QString, name_));
    if (name_.isEmpty()) return finish(failures_ == 0 ? 0 : 1);
    waited_.start();
    settled_.invalidate();
  }

  void poll() {
    bool ready = false;
    QMetaObject::invokeMethod(tour_, "isReady", Q_RETURN_ARG(bool, ready));
    if (!ready) {
      settled_.invalidate();
      if (waited_.elapsed() < kPatienceMs) return;
      std::fprintf(stderr, "%s did not become ready\n", qPrintable(name_));
      ++failures_;
      return next();
    }
    if (!settled_.isValid()) settled_.start();
    if (settled_.elapsed() < kSettleMs) return;
    const QString file = directory_.filePath(name_ + ".png");
    if (!window_.grabWindow().save(file)) {
      std::fprintf(stderr, "%s could not be written\n", qPrintable(file));
      ++failures_;
    }
    const auto boxes = missingGlyphs(*window_.contentItem());
    for (const auto& box : boxes)
      std::fprintf(stderr, "%s: no font here has %s\n", qPrintable(name_), qUtf8Printable(box));
    if (!boxes.isEmpty()) ++failures_;
    next();
  }

  void finish(int code) {
    timer_.stop();
    QCoreApplication::exit(code);
  }

  QQuickWindow& window_;
  QDir directory_;
  QObject* tour_;
  QTimer timer_;
  QString name_;
  QElapsedTimer waited_;
  QElapsedTimer settled_;
  int failures_ = 0;
};

}  // namespace

void captureTour(QQuickWindow& window, const QString& directory) {
  new Capture(window, QDir(directory));  // the window's child
}

}  // namespace cachify::ui
