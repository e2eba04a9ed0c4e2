#include "run_plan.hpp"

#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

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

}  // namespace

RunPlan::RunPlan(EngineHost& host, QObject* parent)
    : QObject(parent), host_(host), steps_({"key", "action", "type", "size", "ttl", "nextTtl"}) {}

void RunPlan::show(ExecutionId plan) {
  plan_ = plan;
  next_ = 0;
  steps_.assign({});
  if (!plan_.isNil()) load(0);
}

void RunPlan::more() {
  if (next_ > 0) load(std::exchange(next_, 0));
}

void RunPlan::load(std::uint64_t first) {
  host_.ask<actions::PlannedPage>(
      this,
      [plan = plan_, first](studio::Engine& engine) {
        return engine.wait(engine.workflows().plannedSteps(plan, first, kPlanRows));
      },
      [this, first, asked = plan_](Result<actions::PlannedPage> page) {
        if (asked != plan_) return;
        if (!page) return emit failed(StudioError(page.error()));
        std::vector<QVariantList> rows;
        for (const auto& step : page->steps) rows.push_back(plannedRow(step));
        first == 0 ? steps_.assign(std::move(rows)) : steps_.append(std::move(rows));
        next_ = page->next.value_or(0);
        if (first == 0) emit shown();
      });
}

}  // namespace cachify::ui
