#pragma once
// Workflows as values and pure rules: templates, the settings of a run, what counts as drift, when a run is
// given up.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "domain/logical_value.hpp"
#include "domain/profile.hpp"
#include "domain/workflow_plan.hpp"

namespace cachify::domain {

/// A saved, named set of parameters for a workflow kind.
struct WorkflowTemplate {
  std::string id{};               ///< a UUID, or "builtin-…"
  std::string name{};             ///< 1–80 characters, unique ignoring case
  std::string kind{};             ///< "deleteByPattern"
  std::string parameters = "{}";  ///< JSON object
  bool requiresApprovalOnProd = true;
  bool supportsDryRun = true;
  WallTime createdAt{};
  WallTime updatedAt{};

  [[nodiscard]] bool isBuiltIn() const { return id.starts_with("builtin-"); }
  bool operator==(const WorkflowTemplate&) const = default;
};

/// Cannot be changed or deleted, but duplicated.
[[nodiscard]] const std::vector<WorkflowTemplate>& builtInTemplates();
/// VALIDATION_ERROR for a name that is empty or too long, or a kind that is none.
[[nodiscard]] Result<void> validate(const WorkflowTemplate& form);

enum class RunStatus : std::uint8_t {
  pending,
  running,
  success,
  error,    ///< some steps failed
  aborted,  ///< by the error rate
  cancelled,
  interrupted,  ///< its process ended; can be resumed
};
[[nodiscard]] std::string_view wireName(RunStatus status);
[[nodiscard]] bool isFinal(RunStatus status);

enum class StepStatus : std::uint8_t { succeeded, failed, skipped };
[[nodiscard]] std::string_view wireName(StepStatus status);

enum class OnDrift : std::uint8_t { skip, apply };
[[nodiscard]] std::string_view wireName(OnDrift choice);

struct RunSettings {
  std::uint32_t concurrency = 4;        ///< batches under way at once, 1–16
  std::uint64_t maxStepsPerSecond = 0;  ///< 0: as fast as it goes
  OnDrift onDrift = OnDrift::skip;
  bool exact = false;  ///< a plan's step drifts with the content, too, not only with type and size
  std::optional<RetryPolicy> retry{};  ///< instead of the profile's

  bool operator==(const RunSettings&) const = default;
};

/// VALIDATION_ERROR with `field`, `value`, `allowed` for a number out of range.
[[nodiscard]] Result<void> validate(const RunSettings& settings);

struct RunTotals {
  std::uint64_t total = 0;  ///< planned so far; final once the plan is complete
  std::uint64_t succeeded = 0;
  std::uint64_t failed = 0;
  std::uint64_t skipped = 0;
  std::uint64_t retries = 0;  ///< attempts beyond the first, over all steps

  [[nodiscard]] std::uint64_t done() const { return succeeded + failed + skipped; }
  bool operator==(const RunTotals&) const = default;
};

/// Judged once 20 steps are done, or all are: the share of failed ones above the policy's ends the run.
[[nodiscard]] bool isAbove(const RetryPolicy& policy, const RunTotals& totals, bool allDone);
/// What the run comes to when every step is done.
[[nodiscard]] RunStatus statusOf(const RetryPolicy& policy, const RunTotals& totals);

/// What a plan saw of a key. Also what a dry run shows.
struct PlannedFacts {
  ValueType type = ValueType::none;
  std::optional<std::uint64_t> sizeBytes{};
  std::optional<WallTime> deadline{};  ///< nothing: no expiry

  bool operator==(const PlannedFacts&) const = default;
};

inline constexpr std::chrono::milliseconds kDriftTolerance{2000};

/// In words what changed since the plan (existence, type, length, a deadline moved by more than 2 s); nothing
/// if nothing did. Sizes are compared where both sides know them.
[[nodiscard]] std::optional<std::string> driftBetween(const PlannedFacts& planned, const PlannedFacts& now);

/// How old a plan may be when bulk destructive work on prod starts from it.
inline constexpr std::chrono::minutes kFreshPlan{15};

}  // namespace cachify::domain
