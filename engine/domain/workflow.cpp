#include "domain/workflow.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/invalid_value.hpp"
#include "domain/words.hpp"

namespace cachify::domain {
namespace {

constexpr std::size_t kMaxKindBytes = 80;
constexpr std::uint64_t kJudgedFrom = 20;
constexpr std::int64_t kMaxConcurrency = 16;
constexpr std::int64_t kMaxStepsPerSecond = 10'000'000;

constexpr Words<RunStatus, 7> kRunStatuses{{{RunStatus::pending, "pending"},
                                            {RunStatus::running, "running"},
                                            {RunStatus::success, "success"},
                                            {RunStatus::error, "error"},
                                            {RunStatus::aborted, "aborted"},
                                            {RunStatus::cancelled, "cancelled"},
                                            {RunStatus::interrupted, "interrupted"}}};
constexpr Words<StepStatus, 3> kStepStatuses{
    {{StepStatus::succeeded, "success"}, {StepStatus::failed, "error"}, {StepStatus::skipped, "skipped"}}};
constexpr Words<OnDrift, 2> kOnDrift{{{OnDrift::skip, "skip"}, {OnDrift::apply, "apply"}}};

WorkflowTemplate builtIn(std::string id, std::string name, std::string kind, std::string parameters) {
  return {.id = std::move(id),
          .name = std::move(name),
          .kind = std::move(kind),
          .parameters = std::move(parameters)};
}

Result<void> inRange(std::string_view field, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return {};
  return invalidValue(field, std::to_string(value), fmt::format("from {} to {}", low, high));
}

}  // namespace

const std::vector<WorkflowTemplate>& builtInTemplates() {
  static const std::vector<WorkflowTemplate> kTemplates{
      builtIn("builtin-delete-by-pattern", "Delete by pattern", "deleteByPattern", "{}"),
      builtIn("builtin-ttl-normalize", "Normalize TTLs", "ttlNormalize", "{}"),
      builtIn("builtin-warmup-set", "Warm up with values", "warmupSet", "{}")};
  return kTemplates;
}

Result<void> validate(const WorkflowTemplate& form) {
  const auto characters = std::ranges::count_if(form.name, [](char c) { return (c & 0xC0) != 0x80; });
  if (auto ok = inRange("name", characters, 1, 80); !ok)
    return invalidValue("name", form.name, "1 to 80 characters");
  if (form.kind.empty() || form.kind.size() > kMaxKindBytes)
    return invalidValue("kind", form.kind, "a workflow kind's name");
  return {};
}

std::string_view wireName(RunStatus status) {
  return wordOf(kRunStatuses, status);
}
std::string_view wireName(StepStatus status) {
  return wordOf(kStepStatuses, status);
}
std::string_view wireName(OnDrift choice) {
  return wordOf(kOnDrift, choice);
}

bool isFinal(RunStatus status) {
  return status == RunStatus::success || status == RunStatus::error || status == RunStatus::aborted ||
         status == RunStatus::cancelled;
}

Result<void> validate(const RunSettings& settings) {
  auto ok = inRange("concurrency", settings.concurrency, 1, kMaxConcurrency);
  if (ok)
    ok = inRange("maxStepsPerSecond", static_cast<std::int64_t>(settings.maxStepsPerSecond), 0,
                 kMaxStepsPerSecond);
  if (!ok || !settings.retry) return ok;
  ok = inRange("maxAttempts", settings.retry->maxAttempts, 1, 10);
  if (ok) ok = inRange("backoffMs", settings.retry->backoff.count(), 0, 120'000);
  if (!ok) return ok;
  const double rate = settings.retry->abortOnErrorRate;
  if (!(rate >= 0 && rate <= 1))
    return invalidValue("abortOnErrorRate", fmt::format("{}", rate), "from 0 to 1");
  return {};
}

bool isAbove(const RetryPolicy& policy, const RunTotals& totals, bool allDone) {
  if (totals.done() == 0 || (totals.done() < kJudgedFrom && !allDone)) return false;
  return static_cast<double>(totals.failed) > policy.abortOnErrorRate * static_cast<double>(totals.done());
}

RunStatus statusOf(const RetryPolicy& policy, const RunTotals& totals) {
  if (isAbove(policy, totals, true)) return RunStatus::aborted;
  return totals.failed == 0 ? RunStatus::success : RunStatus::error;
}

std::optional<std::string> driftBetween(const PlannedFacts& planned, const PlannedFacts& now) {
  if (planned.type != now.type) {
    if (now.type == ValueType::none) return "the key is gone";
    if (planned.type == ValueType::none) return "the key is there now";
    return fmt::format("the type is {} now, not {}", wireName(now.type), wireName(planned.type));
  }
  if (planned.sizeBytes && now.sizeBytes && *planned.sizeBytes != *now.sizeBytes)
    return fmt::format("the size is {} now, not {}", *now.sizeBytes, *planned.sizeBytes);
  if (planned.deadline.has_value() != now.deadline.has_value())
    return now.deadline ? "the key has a TTL now" : "the key has no TTL any more";
  if (planned.deadline && std::chrono::abs(*planned.deadline - *now.deadline) > kDriftTolerance)
    return "the TTL was changed";
  return std::nullopt;
}

}  // namespace cachify::domain
