#pragma once
// What a dry run froze, page by page.

#include <QObject>
#include <QQmlEngine>

#include "core/uuid.hpp"
#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::ui {

class EngineHost;

class RunPlan : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* steps READ steps CONSTANT)

 public:
  explicit RunPlan(EngineHost& host, QObject* parent = nullptr);

  [[nodiscard]] RecordModel* steps() { return &steps_; }
  /// Its first page, in place of what was there. Nil: nothing.
  void show(ExecutionId plan);
  Q_INVOKABLE void more();

 signals:
  /// The first page is there.
  void shown();
  void failed(const cachify::ui::StudioError& error);

 private:
  void load(std::uint64_t first);

  EngineHost& host_;
  RecordModel steps_;
  ExecutionId plan_{};
  std::uint64_t next_ = 0;  ///< step to be shown next; 0: all are
};

}  // namespace cachify::ui
