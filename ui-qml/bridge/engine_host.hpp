#pragma once
// The engine behind the user interface: opened and asked on threads of its own, answering on the GUI thread.
//
// Threads: lives on the GUI thread. `work` runs on a thread of the pool and may block; `done` runs on the GUI
// thread, and not at all once `receiver` is gone.

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <filesystem>
#include <functional>
#include <memory>

#include "core/result.hpp"

namespace cachify::studio {
class Engine;
}

namespace cachify::ui {

class EngineHost : public QObject {
  Q_OBJECT

 public:
  explicit EngineHost(std::filesystem::path dataDirectory, QObject* parent = nullptr);
  /// Waits for what is under way.
  ~EngineHost() override;

  [[nodiscard]] const std::filesystem::path& dataDirectory() const { return dataDirectory_; }
  /// Emits `opened` or `failed` later.
  void open();

  /// CANCELLED when the engine is not open.
  template <class T>
  void ask(QObject* receiver, std::function<Result<T>(studio::Engine&)> work,
           std::function<void(Result<T>)> done) {
    run([this, engine = engine_, guard = QPointer<QObject>(receiver), work = std::move(work),
         done = std::move(done)] {
      auto answer = std::make_shared<Result<T>>(engine ? work(*engine) : closed());
      answerLater([guard, answer, done] {
        if (guard) done(std::move(*answer));
      });
    });
  }

  /// On the GUI thread, from any thread.
  void answerLater(std::function<void()> answer);

 signals:
  void opened();
  void failed(const cachify::Error& error);

 private:
  [[nodiscard]] static std::unexpected<Error> closed();
  void run(std::function<void()> job);

  std::filesystem::path dataDirectory_;
  std::shared_ptr<studio::Engine> engine_;
  QThreadPool pool_;
};

}  // namespace cachify::ui
