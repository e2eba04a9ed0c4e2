#pragma once
// Workflows as a person handles them: templates, the form of a kind, its run, what was run before.

#include <QObject>
#include <QQmlEngine>
#include <vector>

#include "bulk_run.hpp"
#include "core/uuid.hpp"
#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::ui {

class EngineHost;
class Workspace;

class WorkflowDesk : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::BulkRun* run READ run CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* templates READ templates CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* fields READ fields CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* history READ history CONSTANT)
  Q_PROPERTY(cachify::ui::RecordModel* steps READ steps CONSTANT)
  Q_PROPERTY(cachify::ui::RunPlan* inspectedPlan READ inspectedPlan CONSTANT)
  Q_PROPERTY(QString chosen READ chosen NOTIFY chosenChanged)
  Q_PROPERTY(bool destructive READ destructive NOTIFY chosenChanged)
  Q_PROPERTY(bool editing READ editing NOTIFY chosenChanged)
  Q_PROPERTY(QString statusFilter READ statusFilter WRITE setStatusFilter NOTIFY historyChanged)
  Q_PROPERTY(QVariantMap inspected READ inspected NOTIFY inspectedChanged)

 public:
  WorkflowDesk(EngineHost& host, Workspace& workspace, QObject* parent = nullptr);

  [[nodiscard]] BulkRun* run() { return &run_; }
  [[nodiscard]] RecordModel* templates() { return &templates_; }
  [[nodiscard]] RecordModel* fields() { return &fields_; }
  [[nodiscard]] RecordModel* history() { return &history_; }
  [[nodiscard]] RecordModel* steps() { return &steps_; }
  /// Of the inspected execution, where it is a dry run.
  [[nodiscard]] RunPlan* inspectedPlan() { return &inspectedPlan_; }
  [[nodiscard]] QString chosen() const { return chosen_; }
  [[nodiscard]] bool destructive() const { return destructive_; }
  /// The form is of an earlier execution, not of a template.
  [[nodiscard]] bool editing() const { return !rerunOf_.isNil(); }
  [[nodiscard]] QString statusFilter() const { return statusFilter_; }
  void setStatusFilter(const QString& status);
  [[nodiscard]] QVariantMap inspected() const { return inspected_; }

  Q_INVOKABLE void load();
  Q_INVOKABLE void choose(int row);
  /// A field's text as typed.
  Q_INVOKABLE void setField(int row, const QString& text);
  Q_INVOKABLE void dryRun();
  /// The form as it is, as a template of this name.
  Q_INVOKABLE void saveTemplate(const QString& name);
  Q_INVOKABLE void removeTemplate(const QString& templateId);
  Q_INVOKABLE void loadHistory();
  Q_INVOKABLE void olderHistory();
  /// An execution of the history in full, its failed steps first.
  Q_INVOKABLE void inspect(const QString& executionId);
  /// The form with what the inspected execution was given; what is left as it is stays as it was, also what
  /// is not shown. The history may have moved on meanwhile.
  Q_INVOKABLE void editInspected();
  /// A dry run of what the inspected execution did.
  Q_INVOKABLE void rerunInspected();

 signals:
  void chosenChanged();
  void historyChanged();
  void inspectedChanged();
  void failed(const cachify::ui::StudioError& error);

 private:
  void showForm(const QString& schema, const QString& parameters);
  void begin(const QString& kind, const QString& chosen, ExecutionId rerunOf, const QString& parameters);
  /// Of the fields that are not as they were when the form came up; or of all.
  [[nodiscard]] std::string parameters(bool onlyChanged) const;
  void showHistory(std::uint64_t before);

  struct KindForm {
    QString kind;
    QString schema;
    bool destructive = true;
  };
  [[nodiscard]] const KindForm* formOf(const QString& kind) const;

  EngineHost& host_;
  Workspace& workspace_;
  BulkRun run_;
  bool wasRunning_ = false;
  RecordModel templates_;
  RecordModel fields_;
  RecordModel history_;
  RecordModel steps_;
  RunPlan inspectedPlan_;
  std::vector<KindForm> kinds_;
  std::vector<QString> templateParameters_;
  std::vector<QString> given_;  ///< texts of the fields when the form came up
  QString chosen_;
  QString kind_;
  bool destructive_ = false;
  ExecutionId rerunOf_{};
  QString statusFilter_;
  std::uint64_t olderFrom_ = 0;
  std::uint64_t historyTicket_ = 0;  ///< of the page that was asked for last
  QVariantMap inspected_;
};

}  // namespace cachify::ui
