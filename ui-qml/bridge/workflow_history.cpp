// What was run before: listed, looked into, and taken up again.

#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"
#include "workflow_desk.hpp"
#include "workspace.hpp"

namespace cachify::ui {

namespace {

constexpr std::size_t kHistoryRows = 100;
constexpr std::size_t kStepsAtOnce = 5'000;
constexpr std::size_t kFailuresShown = 500;
constexpr std::size_t kOthersShown = 500;

QVariantList executionRow(const views::ExecutionRow& row, const QString& here) {
  const bool resumable =
      !row.dryRun && (row.status == "interrupted" || row.status == "cancelled" || row.status == "aborted");
  return {toText(row.id.toString()),
          timeText(row.startedAt),
          toShown(row.name),
          toText(row.kind),
          toText(row.status),
          row.dryRun,
          !row.dryRun && row.undoes.isNil() && row.succeeded > 0,
          resumable,
          row.dryRun ? QObject::tr("%1 key(s)", nullptr, smallCount(row.total)).arg(countText(row.total))
                     : QObject::tr("%1 of %2").arg(countText(row.succeeded), countText(row.total)),
          durationText(std::chrono::duration_cast<std::chrono::milliseconds>(row.duration)),
          toShown(row.message),
          toText(row.parametersJson),
          toText(row.connectionId.toString()) == here};
}

QVariantList stepRow(const actions::StepRow& step) {
  return {toShown(step.key), toText(step.action), toText(domain::wireName(step.status)), step.attempts,
          toShown(step.message)};
}

/// Failures from wherever they are, then the first of the others.
Result<std::vector<QVariantList>> notableSteps(studio::Engine& engine, ExecutionId id) {
  std::vector<QVariantList> failures;
  std::vector<QVariantList> others;
  for (std::uint64_t from = 0; failures.size() < kFailuresShown;) {
    const auto steps = engine.wait(engine.workflows().steps(id, from, kStepsAtOnce));
    if (!steps) return std::unexpected(steps.error());
    for (const auto& step : *steps) {
      auto& rows = step.status == domain::StepStatus::succeeded ? others : failures;
      if (rows.size() < (&rows == &others ? kOthersShown : kFailuresShown)) rows.push_back(stepRow(step));
    }
    if (steps->size() < kStepsAtOnce) break;
    from = steps->back().streamVersion + 1;
  }
  failures.insert(failures.end(), others.begin(), others.end());
  return failures;
}

}  // namespace

void WorkflowDesk::setStatusFilter(const QString& status) {
  if (status == statusFilter_) return;
  statusFilter_ = status;
  emit historyChanged();
  loadHistory();
}

void WorkflowDesk::loadHistory() {
  olderFrom_ = 0;  // what is older is known again with the answer
  showHistory(0);
}

void WorkflowDesk::olderHistory() {
  if (olderFrom_ > 0) showHistory(std::exchange(olderFrom_, 0));
}

void WorkflowDesk::showHistory(std::uint64_t before) {
  views::ExecutionFilter filter{.status = statusFilter_.toStdString(), .limit = kHistoryRows};
  if (before > 0) filter.before = before;
  host_.ask<views::ExecutionPage>(
      this,
      [filter](studio::Engine& engine) {
        return engine.query<views::ExecutionPage>(
            [&](sqlite3& db) { return views::listExecutions(db, filter); });
      },
      [this, before, ticket = ++historyTicket_](Result<views::ExecutionPage> page) {
        if (ticket != historyTicket_) return;
        if (!page) return emit failed(StudioError(page.error()));
        std::vector<QVariantList> rows;
        for (const auto& row : page->rows) rows.push_back(executionRow(row, workspace_.connectionId()));
        before == 0 ? history_.assign(std::move(rows)) : history_.append(std::move(rows));
        olderFrom_ = page->next.value_or(0);
        emit historyChanged();
      });
}

void WorkflowDesk::inspect(const QString& executionId) {
  inspected_ = history_.get(history_.find("executionId", executionId));
  inspected_["shownParameters"] = blockText(inspected_.value("parameters").toString());
  steps_.assign({});
  emit inspectedChanged();
  const auto id = ExecutionId::parse(inspected_.value("executionId").toString().toStdString());
  const bool isPlan = inspected_.value("dryRun").toBool();
  inspectedPlan_.show(id && isPlan ? *id : ExecutionId());
  if (!id || isPlan) return;
  host_.ask<std::vector<QVariantList>>(
      this, [id = *id](studio::Engine& engine) { return notableSteps(engine, id); },
      [this, id = *id](Result<std::vector<QVariantList>> rows) {
        if (toText(id.toString()) != inspected_.value("executionId")) return;
        if (!rows) return emit failed(StudioError(rows.error()));
        steps_.assign(std::move(*rows));
      });
}

void WorkflowDesk::editInspected() {
  const auto id = ExecutionId::parse(inspected_.value("executionId").toString().toStdString());
  if (id) begin(inspected_.value("kind").toString(), {}, *id, inspected_.value("parameters").toString());
}

void WorkflowDesk::rerunInspected() {
  editInspected();
  dryRun();
}

}  // namespace cachify::ui
