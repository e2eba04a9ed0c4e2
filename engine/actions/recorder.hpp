#pragma once
// Every command a person gives leaves one operation event: completed, failed or blocked; and an alert where
// it failed, was blocked or took long.

#include <chrono>
#include <optional>
#include <vector>

#include "actions/context.hpp"
#include "actions/frames.hpp"
#include "core/result.hpp"
#include "events/operation_events.hpp"

namespace cachify::actions {

class ControlState;

/// Thread-safe.
class Recorder {
 public:
  Recorder(const Context& context, ControlState& state) : context_(context), state_(state) {}

  enum class Alerting : std::uint8_t {
    asUsual,
    onlyBlocks,  ///< the caller raises one of its own for how it ended, and it may take long
  };
  /// The frames that tell of `operation`: one event, first, and the alerts beside it. `error` null:
  /// completed.
  [[nodiscard]] std::vector<log::FrameDraft> frames(const Trace& trace, events::Operation operation,
                                                    const Error* error,
                                                    Alerting alerting = Alerting::asUsual) const;
  /// Appends them in the `soon` class, a block durably. Never fails the operation: a log that cannot be
  /// written stops mutations at their intent.
  void record(const Trace& trace, events::Operation operation, const Error* error) const;

 private:
  void alertSlow(const Trace& cause, const events::Operation& operation,
                 std::vector<log::FrameDraft>& frames) const;

  const Context& context_;
  ControlState& state_;
};

/// True for an error that a policy rule caused.
[[nodiscard]] bool isBlocked(const Error& error);

/// How many attempts an error says it took; 1 if it does not say.
[[nodiscard]] std::uint32_t attemptsOf(const Error& error);

}  // namespace cachify::actions
