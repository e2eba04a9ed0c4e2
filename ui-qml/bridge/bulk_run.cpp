#include "bulk_run.hpp"

#include <QPointer>

#include "consent.hpp"
#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using actions::RunReport;

namespace {

QString runTotalsText(const domain::RunTotals& totals) {
  QString text = QObject::tr("%1 done").arg(countText(totals.succeeded));
  if (totals.failed > 0) text += QObject::tr(", %1 failed").arg(countText(totals.failed));
  if (totals.skipped > 0) text += QObject::tr(", %1 skipped").arg(countText(totals.skipped));
  return text;
}

std::chrono::milliseconds inMilliseconds(std::chrono::microseconds time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time);
}

}  // namespace

BulkRun::BulkRun(EngineHost& host, std::function<domain::ConnectionProfile()> here, QObject* parent)
    : QObject(parent), host_(host), here_(std::move(here)), plan_(host) {
  connect(&plan_, &RunPlan::shown, this, &BulkRun::planned);
  connect(&plan_, &RunPlan::failed, this, [this](const StudioError& error) {
    error_ = error;
    emit progressChanged();
  });
}

BulkRun::~BulkRun() {
  stop_.request_stop();
}

QString BulkRun::planCount() const {
  return countText(static_cast<std::uint64_t>(planTotal_));
}

void BulkRun::start(Start work, std::function<void(const RunReport&)> done) {
  if (running_) return;
  running_ = true;
  progress_ = 0;
  progressText_ = tr("starting");
  outcome_.clear();
  error_ = {};
  emit progressChanged();
  stop_ = std::stop_source();
  actions::RunWatch watch{.stop = stop_.get_token()};
  // Comes from the engine's threads, and may come when this is gone.
  watch.onProgress = [&host = host_, guard = QPointer<BulkRun>(this)](const actions::RunProgress& progress) {
    host.answerLater([guard, progress] {
      if (guard) guard->tell(progress);
    });
  };
  host_.ask<RunReport>(
      this, [work = std::move(work), watch](studio::Engine& engine) { return work(engine, watch); },
      [this, done = std::move(done)](Result<RunReport> report) {
        running_ = false;
        progressText_.clear();
        if (report) {
          progress_ = 1;
          done(*report);
        } else if (report.error().code != ErrorCode::cancelled) {
          error_ = StudioError(report.error());
        }
        emit progressChanged();
      });
}

void BulkRun::tell(const actions::RunProgress& progress) {
  if (!running_) return;
  if (progress.expectedTotal && *progress.expectedTotal > 0)
    progress_ = static_cast<double>(progress.totals.done()) / static_cast<double>(*progress.expectedTotal);
  if (planning_) {
    progressText_ = tr("%1 key(s) found", nullptr, smallCount(progress.totals.total))
                        .arg(countText(progress.totals.total));
  } else {
    progressText_ = tr("%1 · %2/s")
                        .arg(runTotalsText(progress.totals),
                             countText(static_cast<std::uint64_t>(progress.stepsPerSecond)));
    if (progress.remaining) progressText_ += tr(" · %1 left").arg(durationText(*progress.remaining));
  }
  emit progressChanged();
}

void BulkRun::preview(Start dryRun) {
  if (running_) return;
  forgetPlan();
  profile_ = here_();
  planning_ = true;
  start(std::move(dryRun), [this, plan = plans_](const RunReport& report) {
    if (plan != plans_) return;
    if (report.status != domain::RunStatus::success) {
      outcomeGood_ = false;
      outcome_ = tr("The dry run did not end: %1").arg(toShown(report.message));
      return;
    }
    planId_ = toText(report.id.toString());
    planTotal_ = smallCount(report.totals.total);
    emit planChanged();
    plan_.show(report.id);
  });
}

void BulkRun::forgetPlan() {
  if (planning()) stop_.request_stop();
  ++plans_;
  planId_.clear();
  planTotal_ = 0;
  plan_.show({});
  emit planChanged();
}

void BulkRun::clear() {
  forgetPlan();
  outcome_.clear();
  error_ = {};
  emit progressChanged();
}

void BulkRun::follow(Start work, bool undoable) {
  if (running_) return;
  planning_ = false;
  start(std::move(work), [this, undoable](const RunReport& report) {
    const bool clean = report.status == domain::RunStatus::success && report.totals.skipped == 0;
    outcomeGood_ = clean;
    outcome_ = tr("%1: %2 in %3")
                   .arg(toText(domain::wireName(report.status)), runTotalsText(report.totals),
                        durationText(inMilliseconds(report.duration)));
    if (!report.message.empty()) outcome_ += ". " + toShown(report.message);
    forgetPlan();
    emit ended(toText(report.id.toString()), clean, undoable && report.totals.succeeded > 0);
  });
}

void BulkRun::run(const QString& confirmation) {
  const auto plan = ExecutionId::parse(planId_.toStdString());
  if (!plan) return;
  const actions::RunRequest request{.profile = profile_, .plan = *plan, .consent = consentOf(confirmation)};
  follow(
      [request](studio::Engine& engine, actions::RunWatch watch) {
        return engine.wait(engine.workflows().run(request, std::move(watch)));
      },
      true);
}

void BulkRun::cancel() {
  stop_.request_stop();
}

void BulkRun::rollBack(const QString& executionId, const QString& confirmation) {
  const auto id = ExecutionId::parse(executionId.toStdString());
  if (!id || running_) return;
  profile_ = here_();
  follow(
      [id = *id, consent = consentOf(confirmation)](studio::Engine& engine, actions::RunWatch watch) {
        return engine.wait(engine.workflows().rollBack(id, false, {}, consent, std::move(watch)));
      },
      false);
}

void BulkRun::resume(const QString& executionId, const QString& confirmation) {
  const auto id = ExecutionId::parse(executionId.toStdString());
  if (!id || running_) return;
  profile_ = here_();
  follow(
      [id = *id, consent = consentOf(confirmation)](studio::Engine& engine, actions::RunWatch watch) {
        return engine.wait(engine.workflows().resume(id, consent, std::move(watch)));
      },
      true);
}

}  // namespace cachify::ui
