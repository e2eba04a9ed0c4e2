#pragma once
// Every command a person gives leaves one operation event: completed, failed or blocked.

#include <chrono>
#include <optional>
#include <vector>

#include "actions/context.hpp"
#include "actions/frames.hpp"
#include "core/result.hpp"
#include "events/operation_events.hpp"

namespace cachify::actions {

/// Thread-safe.
class Recorder {
 public:
  explicit Recorder(const Context& context) : context_(context) {}

  /// The frames that tell of `operation`: one event, and for a block the alert beside it. `error` null:
  /// completed.
  [[nodiscard]] std::vector<log::FrameDraft> frames(const Trace& trace, events::Operation operation,
                                                    const Error* error) const;
  /// Appends them in the `soon` class, a block durably. Never fails the operation: a log that cannot be
  /// written stops mutations at their intent.
  void record(const Trace& trace, events::Operation operation, const Error* error) const;

 private:
  const Context& context_;
};

/// True for an error that a policy rule caused.
[[nodiscard]] bool isBlocked(const Error& error);

/// How many attempts an error says it took; 1 if it does not say.
[[nodiscard]] std::uint32_t attemptsOf(const Error& error);

}  // namespace cachify::actions
