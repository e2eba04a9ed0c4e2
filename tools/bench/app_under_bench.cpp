// cachify-bench-app DATA_DIRECTORY STARTED: the app's own window, without a display, with a stopwatch.
// STARTED is when the process was asked for, in nanoseconds of the steady clock. Prints seconds to the first
// frame, RssAnon when idle in MB, and the 99th percentile of the time from frame to frame in ms while all
// keys of `sandbox-redis` stream in.

#include <fmt/format.h>

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFont>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "studio.hpp"

extern void qml_register_types_Cachify_Bridge();
extern void qml_register_types_Cachify_Components();

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kIdleMs = 3'000;
constexpr int kPatienceMs = 120'000;

void runUntil(const std::function<bool()>& done, const char* what) {
  QEventLoop loop;
  QTimer look;
  QElapsedTimer waited;
  waited.start();
  QObject::connect(&look, &QTimer::timeout, &loop, [&] {
    if (done() || waited.elapsed() > kPatienceMs) loop.quit();
  });
  look.start(10);
  loop.exec();
  if (!done()) throw std::runtime_error(std::string(what) + " did not come to be");
}

double anonymousMegabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) return std::stod(line.substr(8)) / 1024;
  }
  throw std::runtime_error("/proc/self/status does not tell RssAnon");
}

/// From frame to frame, while each frame asks for the next: all that the GUI thread does counts.
class FrameTimes : public QObject {
 public:
  explicit FrameTimes(QQuickWindow& window) {
    connect(&window, &QQuickWindow::frameSwapped, this, [this, &window] {
      const auto now = Clock::now();
      milliseconds_.push_back(std::chrono::duration<double, std::milli>(now - last_).count());
      last_ = now;
      window.update();
    });
    window.update();
  }
  [[nodiscard]] double percentile99() {
    if (milliseconds_.size() < 100) throw std::runtime_error("too few frames to tell");
    std::ranges::sort(milliseconds_);
    return milliseconds_[milliseconds_.size() * 99 / 100];
  }

 private:
  Clock::time_point last_ = Clock::now();
  std::vector<double> milliseconds_;
};

double framesWhileStreaming(cachify::ui::Studio& studio, QQuickWindow& window) {
  auto& workspace = *studio.workspace();
  workspace.open(studio.connections()->idOf("sandbox-redis"));
  window.setProperty("page", "workspace");
  FrameTimes frames(window);
  // The list pauses now and then, for a person looks at the first few; we are one who always wants more.
  QObject::connect(&workspace, &cachify::ui::Workspace::statusChanged, &frames, [&] {
    if (workspace.hasMore()) QTimer::singleShot(0, &workspace, &cachify::ui::Workspace::more);
  });
  runUntil([&] { return workspace.keys()->count() > 0 && !workspace.scanning() && !workspace.hasMore(); },
           "the end of the keys");
  return frames.percentile99();
}

}  // namespace

int main(int argc, char** argv) try {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_QUICK_BACKEND", "software");
  QQuickStyle::setStyle("Fusion");
  QGuiApplication app(argc, argv);
  if (argc != 3) throw std::runtime_error("give the data directory and the time of the start");
  QFont font = QGuiApplication::font();
  font.setFamilies({"Inter", font.family()});
  font.setPixelSize(14);
  QGuiApplication::setFont(font);
  qml_register_types_Cachify_Bridge();
  qml_register_types_Cachify_Components();
  cachify::ui::Studio studio(argv[1]);
  QQmlApplicationEngine engine;
  engine.addImportPath("qrc:/qt/qml");
  engine.load(QUrl("qrc:/qt/qml/Cachify/Shell/Main.qml"));
  if (engine.rootObjects().isEmpty()) throw std::runtime_error("the window could not be loaded");
  auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().front());

  std::chrono::nanoseconds firstFrame{};
  QObject::connect(window, &QQuickWindow::frameSwapped, window, [&] {
    if (firstFrame.count() == 0) firstFrame = Clock::now().time_since_epoch();
  });
  runUntil([&] { return firstFrame.count() > 0 && studio.connections()->loaded(); }, "the first frame");
  const std::chrono::duration<double> start = firstFrame - std::chrono::nanoseconds(std::stoll(argv[2]));
  QElapsedTimer idle;
  idle.start();
  runUntil([&] { return idle.elapsed() > kIdleMs; }, "some time");
  const double megabytes = anonymousMegabytes();
  fmt::print("{:.3f} {:.1f} {:.2f}\n", start.count(), megabytes, framesWhileStreaming(studio, *window));
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "cachify-bench-app: {}\n", error.what());
  return 1;
}
