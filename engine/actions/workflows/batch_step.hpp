#pragma once
// One step on its way through a batch: what is to be done, what was seen, what came of it. Pure.

#include <string>
#include <vector>

#include "actions/key_states.hpp"
#include "actions/workflows/planned_step.hpp"
#include "domain/value.hpp"

namespace cachify::actions {

/// A snapshot that an interrupted runner took of this step's key, without having told what came of the step.
struct EarlierAttempt {
  log::Position snapshot = 0;
  events::KeyState before{};
  WallTime at{};
};

/// What a restore brings back: a snapshot, and the same as it was recorded, with its keyed digest.
struct RestoredSnapshot {
  domain::Capture capture{};
  events::KeyState state{};
};

/// Thousands of them are under way: what few have lies apart.
struct BatchStep {
  enum class State : std::uint8_t { open, succeeded, failed, skipped };

  PlannedStep planned{};
  Rare<EarlierAttempt> earlier{};
  Rare<RestoredSnapshot> restored{};

  State state = State::open;
  std::uint32_t attempts = 0;
  log::Position snapshot = 0;
  events::KeyState before{};
  events::KeyState after{};  ///< intended; true once it succeeded
  bool sent = false;         ///< a byte of it may have reached the server
  bool unknown = false;
  Rare<Error> error{};
  std::string reason{};  ///< why it was skipped

  [[nodiscard]] bool isOpen() const { return state == State::open; }
  [[nodiscard]] domain::StepAction action() const { return planned.item.action; }
  void skip(std::string why);
  void fail(Error why);
  void succeed() { state = State::succeeded; }
};

[[nodiscard]] domain::Action permitAction(domain::StepAction action);
[[nodiscard]] domain::Mutation mutationOf(const BatchStep& step);
/// What the step makes of its key (a rename: of the new name) if it was `before` at `at`.
[[nodiscard]] events::KeyState intendedState(const BatchStep& step, const events::KeyState& before,
                                             WallTime at, const StateDigester& digester);
/// UNLINK, PEXPIREAT, PERSIST, RESTORE and plain SET end the same if the key is still as it was.
[[nodiscard]] bool harmlessToRepeat(domain::StepAction action);

/// Compares a key just captured with what the step knows of it, and ends the step where there is nothing to
/// do or it may not go on: the key is gone, drifted, or the step was done before. `force`: drift is no reason
/// to stop.
void judgeCapture(BatchStep& step, const domain::Capture& now, const StateDigester& digester, WallTime time,
                  bool force);

}  // namespace cachify::actions
