#include "bulk_run.hpp"

#include <QPointer>

#include "consent.hpp"
#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using actions::RunReport;

namespace {

constexpr std::size_t kPlanRows = 500;

QVariantList plannedRow(const actions::PlannedStep& step) {
  QString type;
  QString size;
  QString ttl;
  if (step.facts) {
    type = toText(domain::wireName(step.facts->type));
    if (step.facts->sizeBytes) size = sizeText(*step.facts->sizeBytes);
    if (step.facts->deadline) {
      ttl = durationText(
          std::chrono::duration_cast<std::chrono::milliseconds>(*step.facts->deadline - SystemClock().now()));
    }
  }
  return {toShown(step.item.key),
          toText(domain::wireName(step.item.action)),
          type,
          size,
          ttl,
          step.item.ttl ? durationText(*step.item.ttl) : QString()};
}

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
    : QObject(parent),
      host_(host),
      here_(std::move(here)),
      plan_({"key", "action", "type", "size", "ttl", "nextTtl"}) {}

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
    loadPlan(0);
  });
}

void BulkRun::forgetPlan() {
  if (planning()) stop_.request_stop();
  ++plans_;
  planId_.clear();
  planTotal_ = 0;
  nextStep_ = 0;
  plan_.assign({});
  emit planChanged();
}

void BulkRun::clear() {
  forgetPlan();
  outcome_.clear();
  error_ = {};
  emit progressChanged();
}

void BulkRun::morePlan() {
  if (nextStep_ > 0) loadPlan(std::exchange(nextStep_, 0));
}

void BulkRun::loadPlan(std::uint64_t first) {
  const auto id = ExecutionId::parse(planId_.toStdString());
  if (!id) return;
  host_.ask<actions::PlannedPage>(
      this,
      [id = *id, first](studio::Engine& engine) {
        return engine.wait(engine.workflows().plannedSteps(id, first, kPlanRows));
      },
      [this, first, asked = planId_](Result<actions::PlannedPage> page) {
        if (asked != planId_) return;
        if (!page) {
          error_ = StudioError(page.error());
          return emit progressChanged();
        }
        std::vector<QVariantList> rows;
        for (const auto& step : page->steps) rows.push_back(plannedRow(step));
        first == 0 ? plan_.assign(std::move(rows)) : plan_.append(std::move(rows));
        nextStep_ = page->next.value_or(0);
        if (first == 0) emit planned();
      });
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
