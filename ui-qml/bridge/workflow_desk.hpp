#pragma once
// Bulk work: templates, the form of a kind, a dry run and its plan, the run, history, rolling back.

#include <QObject>
#include <QQmlEngine>
#include <QVariantMap>
#include <functional>
#include <stop_token>
#include <vector>

#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::studio {
class Engine;
}
namespace cachify::actions {
struct RunReport;
struct RunRequest;
struct RunWatch;
struct RunProgress;
}

namespace cachify::ui {

class EngineHost;
class Workspace;

class WorkflowDesk : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* templates READ templates CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* fields READ fields CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* plan READ plan CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* history READ history CONSTANT)
  Q_PROPERTY(QString chosen READ chosen NOTIFY chosenChanged)
  Q_PROPERTY(bool destructive READ destructive NOTIFY chosenChanged)
  Q_PROPERTY(bool running READ running NOTIFY progressChanged)
  Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
  Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
  Q_PROPERTY(QString planId READ planId NOTIFY planChanged)
  Q_PROPERTY(QString planText READ planText NOTIFY planChanged)
  Q_PROPERTY(int planTotal READ planTotal NOTIFY planChanged)
  Q_PROPERTY(QString outcome READ outcome NOTIFY progressChanged)
  Q_PROPERTY(bool outcomeGood READ outcomeGood NOTIFY progressChanged)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY progressChanged)

 public:
  WorkflowDesk(EngineHost& host, Workspace& workspace, QObject* parent = nullptr);
  ~WorkflowDesk() override;

  [[nodiscard]] RecordModel* templates() { return &templates_; }
  [[nodiscard]] RecordModel* fields() { return &fields_; }
  [[nodiscard]] RecordModel* plan() { return &plan_; }
  [[nodiscard]] RecordModel* history() { return &history_; }
  [[nodiscard]] QString chosen() const { return chosen_; }
  [[nodiscard]] bool destructive() const { return destructive_; }
  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] double progress() const { return progress_; }
  [[nodiscard]] QString progressText() const { return progressText_; }
  [[nodiscard]] QString planId() const { return planId_; }
  [[nodiscard]] QString planText() const { return planText_; }
  [[nodiscard]] int planTotal() const { return planTotal_; }
  [[nodiscard]] QString outcome() const { return outcome_; }
  [[nodiscard]] bool outcomeGood() const { return outcomeGood_; }
  [[nodiscard]] StudioError error() const { return error_; }

  Q_INVOKABLE void load();
  Q_INVOKABLE void choose(int row);
  /// A field's text as typed.
  Q_INVOKABLE void setField(int row, const QString& text);
  Q_INVOKABLE void dryRun();
  /// Just what the dry run froze.
  Q_INVOKABLE void run(const QString& confirmation);
  Q_INVOKABLE void cancel();
  Q_INVOKABLE void rollBack(const QString& executionId, const QString& confirmation);
  Q_INVOKABLE void loadHistory();

 signals:
  void chosenChanged();
  void progressChanged();
  void planChanged();

 private:
  using Start = std::function<Result<actions::RunReport>(studio::Engine&, actions::RunWatch)>;
  void start(Start work, std::function<void(const actions::RunReport&)> ended);
  void tell(const actions::RunProgress& progress);
  void loadPlan();
  void showForm(const std::string& schema, const std::string& parameters);
  [[nodiscard]] std::string parameters() const;

  EngineHost& host_;
  Workspace& workspace_;
  RecordModel templates_;
  RecordModel fields_;
  RecordModel plan_;
  RecordModel history_;
  std::vector<QString> schemas_;
  QString chosen_;
  bool destructive_ = false;
  bool running_ = false;
  double progress_ = 0;
  QString progressText_;
  QString planId_;
  QString planText_;
  int planTotal_ = 0;
  QString outcome_;
  bool outcomeGood_ = true;
  StudioError error_;
  std::stop_source stop_;
};

}  // namespace cachify::ui
