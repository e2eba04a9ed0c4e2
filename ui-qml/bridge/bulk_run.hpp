#pragma once
// Bulk work on one connection: a dry run and the plan it froze, the run of just that, how it goes, its way
// back. One at a time.

#include <QObject>
#include <QQmlEngine>
#include <functional>
#include <stop_token>

#include "domain/profile.hpp"
#include "run_plan.hpp"
#include "studio_error.hpp"

namespace cachify::studio {
class Engine;
}
namespace cachify::actions {
struct RunReport;
struct RunRequest;
struct RunWatch;
struct RunProgress;
}  // namespace cachify::actions

namespace cachify::ui {

class EngineHost;

class BulkRun : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(bool running READ running NOTIFY progressChanged)
  Q_PROPERTY(bool planning READ planning NOTIFY progressChanged)
  Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
  Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
  Q_PROPERTY(QString outcome READ outcome NOTIFY progressChanged)
  Q_PROPERTY(bool outcomeGood READ outcomeGood NOTIFY progressChanged)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY progressChanged)
  Q_PROPERTY(QString planId READ planId NOTIFY planChanged)
  Q_PROPERTY(int planTotal READ planTotal NOTIFY planChanged)
  Q_PROPERTY(QString planCount READ planCount NOTIFY planChanged)
  Q_PROPERTY(cachify::ui::RunPlan* plan READ plan CONSTANT)

 public:
  using Start = std::function<Result<actions::RunReport>(studio::Engine&, actions::RunWatch)>;

  /// `here`: the connection that is open, where whatever is begun takes place.
  BulkRun(EngineHost& host, std::function<domain::ConnectionProfile()> here, QObject* parent = nullptr);
  ~BulkRun() override;

  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] bool planning() const { return running_ && planning_; }
  [[nodiscard]] double progress() const { return progress_; }
  [[nodiscard]] QString progressText() const { return progressText_; }
  [[nodiscard]] QString outcome() const { return outcome_; }
  [[nodiscard]] bool outcomeGood() const { return outcomeGood_; }
  [[nodiscard]] StudioError error() const { return error_; }
  /// What the plan is for, or what runs: of the last that was begun here.
  [[nodiscard]] ConnectionId connection() const { return profile_.id; }
  /// That is the connection that is open.
  Q_INVOKABLE [[nodiscard]] bool isHere() const { return profile_.id == here_().id; }
  [[nodiscard]] QString planId() const { return planId_; }
  [[nodiscard]] int planTotal() const { return planTotal_; }
  /// "1 204"
  [[nodiscard]] QString planCount() const;
  [[nodiscard]] RunPlan* plan() { return &plan_; }

  /// A dry run, whose plan is shown and kept for `run`. Nothing happens while something runs.
  void preview(Start dryRun);
  /// The plan is of no use any more, nor is one that is still being made.
  void forgetPlan();
  /// Everything as at the beginning; a run goes on, a dry run does not.
  void clear();
  /// Just what the dry run froze, on the connection it was made for.
  Q_INVOKABLE void run(const QString& confirmation);
  Q_INVOKABLE void cancel();
  Q_INVOKABLE void rollBack(const QString& executionId, const QString& confirmation);
  Q_INVOKABLE void resume(const QString& executionId, const QString& confirmation);

 signals:
  void progressChanged();
  void planChanged();
  void planned();
  /// A run, not a dry run; `clean`: every step of it succeeded. `undoable`: there is something to roll back.
  void ended(const QString& executionId, bool clean, bool undoable);

 private:
  void start(Start work, std::function<void(const actions::RunReport&)> done);
  void follow(Start work, bool undoable);
  void tell(const actions::RunProgress& progress);

  EngineHost& host_;
  std::function<domain::ConnectionProfile()> here_;
  domain::ConnectionProfile profile_;
  RunPlan plan_;
  bool running_ = false;
  bool planning_ = false;
  double progress_ = 0;
  QString progressText_;
  QString outcome_;
  bool outcomeGood_ = true;
  StudioError error_;
  QString planId_;
  int planTotal_ = 0;
  std::uint64_t plans_ = 0;  ///< a dry run of an earlier one has no plan to give any more
  std::stop_source stop_;
};

}  // namespace cachify::ui
