#include "engine_host.hpp"

#include <spdlog/spdlog.h>

#include "studio/engine.hpp"

namespace cachify::ui {

namespace {

/// A scan, the visible rows, a value and a command at the same time.
constexpr int kWorkers = 6;

}  // namespace

EngineHost::EngineHost(std::filesystem::path dataDirectory, QObject* parent)
    : QObject(parent), dataDirectory_(std::move(dataDirectory)) {
  pool_.setMaxThreadCount(kWorkers);
}

EngineHost::~EngineHost() {
  pool_.clear();
  pool_.waitForDone();
}

void EngineHost::open() {
  run([this] {
    auto opened = studio::Engine::open({.dataDirectory = dataDirectory_, .surface = "app"});
    if (!opened) {
      answerLater([this, error = opened.error()] { emit failed(error); });
      return;
    }
    std::shared_ptr<studio::Engine> engine = std::move(*opened);
    // Samples, alert rules and deliveries, unless another process sees to them.
    if (const auto duty = engine->wait(engine->duty().begin()); !duty)
      spdlog::warn("cannot go on duty: {}", duty.error().message);
    answerLater([this, engine] {
      engine_ = engine;
      emit this->opened();
    });
  });
}

std::unexpected<Error> EngineHost::closed() {
  return fail(ErrorCode::cancelled, "the event log is not open yet");
}

void EngineHost::run(std::function<void()> job) {
  pool_.start(std::move(job));
}

void EngineHost::answerLater(std::function<void()> answer) {
  QMetaObject::invokeMethod(this, std::move(answer), Qt::QueuedConnection);
}

}  // namespace cachify::ui
