#include "actions/workflows/batch_step.hpp"

#include <fmt/format.h>

namespace cachify::actions {

using domain::StepAction;
using events::KeyState;

namespace {

bool needsKey(StepAction action) {
  return action != StepAction::setValue && action != StepAction::restore;
}

/// The state a restore leaves where the snapshot's TTL ran out meanwhile.
bool hasRunOut(const domain::Capture& capture, WallTime now) {
  return capture.existed() && capture.deadline && *capture.deadline <= now;
}

/// Somebody tried this step before us, and nobody knows how far it got.
void compareWithEarlier(BatchStep& step, const KeyState& now, const StateDigester& digester) {
  const KeyState intended = intendedState(step, step.earlier->before, step.earlier->at, digester);
  if (sameState(now, step.earlier->before) && !sameState(intended, step.earlier->before)) return;
  step.snapshot = step.earlier->snapshot;
  step.before = step.earlier->before;
  step.after = intended;
  if (sameState(now, intended)) return step.succeed();
  step.fail({.code = ErrorCode::conflict,
             .message =
                 "the key was changed by somebody else since the interrupted attempt; it was left as it is"});
}

/// Our own answer was lost.
void compareWithSent(BatchStep& step, const KeyState& now) {
  if (sameState(now, step.after) && !sameState(step.before, step.after)) return step.succeed();
  if (sameState(now, step.before)) return;
  step.fail({.code = ErrorCode::conflict,
             .message = "the key was changed by somebody else before the command could be repeated"});
}

}  // namespace

void BatchStep::skip(std::string why) {
  state = State::skipped;
  reason = std::move(why);
}

void BatchStep::fail(Error why) {
  state = State::failed;
  error = std::move(why);
}

domain::Action permitAction(StepAction action) {
  switch (action) {
    case StepAction::remove:
      return domain::Action::remove;
    case StepAction::setTtl:
      return domain::Action::setTtl;
    case StepAction::persist:
      return domain::Action::persist;
    case StepAction::setValue:
    case StepAction::touch:
      return domain::Action::set;
    case StepAction::rename:
      return domain::Action::rename;
    case StepAction::restore:
      return domain::Action::restore;
  }
  return domain::Action::set;
}

domain::Mutation mutationOf(const BatchStep& step) {
  const auto& item = step.planned.item;
  switch (item.action) {
    case StepAction::remove:
      return domain::DeleteMutation{item.key};
    case StepAction::setTtl:
      return domain::TtlMutation{item.key, item.ttl.value_or(std::chrono::milliseconds(1))};
    case StepAction::persist:
      return domain::TtlMutation{item.key, domain::NoTtl{}};
    case StepAction::rename:
      return domain::RenameMutation{item.key, item.renameTo, false};
    case StepAction::touch:
      return domain::TouchMutation{item.key};
    case StepAction::restore:
      return domain::RestoreMutation{step.restored->capture};
    case StepAction::setValue:
      break;
  }
  domain::SetMutation set{.key = item.key, .value = item.value, .ttl = domain::NoTtl{}, .flags = item.flags};
  if (item.ttl) set.ttl = *item.ttl;
  return set;
}

KeyState intendedState(const BatchStep& step, const KeyState& before, WallTime at,
                       const StateDigester& digester) {
  const auto& item = step.planned.item;
  const auto changed = [&before](auto change) {
    KeyState state = before;
    change(state);
    return state;
  };
  switch (item.action) {
    case StepAction::remove:
      return {.key = item.key};
    case StepAction::setTtl:
      return changed(
          [&](KeyState& state) { state.deadline = at + item.ttl.value_or(std::chrono::milliseconds(1)); });
    case StepAction::persist:
      return changed([](KeyState& state) { state.deadline.reset(); });
    case StepAction::touch:
      return before;
    case StepAction::rename:
      return changed([&](KeyState& state) { state.key = item.renameTo; });
    case StepAction::restore:
      return step.restored->state;
    case StepAction::setValue:
      break;
  }
  KeyState value{.key = item.key,
                 .type = domain::ValueType::string,
                 .sizeBytes = item.value.size(),
                 .digest = digester(sha256(item.value))};
  if (item.ttl) value.deadline = at + *item.ttl;
  return value;
}

bool harmlessToRepeat(StepAction action) {
  return action != StepAction::rename;
}

void judgeCapture(BatchStep& step, const domain::Capture& capture, const StateDigester& digester,
                  WallTime time, bool force) {
  KeyState now = stateOf(capture, digester);
  if (step.earlier) {
    compareWithEarlier(step, now, digester);
    step.earlier.reset();
    if (!step.isOpen()) return;
  }
  if (step.sent) {
    compareWithSent(step, now);
    if (!step.isOpen()) return;
  }
  if (needsKey(step.action()) && !now.existed()) return step.skip("the key is not there");
  if (step.action() == StepAction::persist && !now.deadline) return step.skip("the key has no TTL");
  if (!force && step.planned.expected && !sameState(now, *step.planned.expected)) {
    return step.skip(fmt::format("drift: {}", describeChange(*step.planned.expected, now, time)));
  }
  if (step.action() == StepAction::restore && hasRunOut(step.restored->capture, time)) {
    if (!force) return step.skip("the TTL of its snapshot ran out");
    const Bytes& key = step.planned.item.key;
    *step.restored = {.capture = {.key = key}, .state = {.key = key}};
  }
  step.after = intendedState(step, now, time, digester);
  step.before = std::move(now);
}

}  // namespace cachify::actions
