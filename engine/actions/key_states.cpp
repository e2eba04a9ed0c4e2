#include "actions/key_states.hpp"

#include <fmt/format.h>

namespace cachify::actions {

using domain::Capture;
using domain::ValueType;
using events::KeyState;

namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

/// Puts in when the key expires once its TTL was changed so.
KeyState withDeadlineAfter(KeyState state, const domain::TtlChange& change, const Capture& before,
                           WallTime now) {
  const bool keeps = std::holds_alternative<domain::KeepTtl>(change) && before.existed();
  state.deadline = keeps ? before.deadline : std::nullopt;
  state.deadlineKnown = !keeps || !before.deadlineNotRead;
  if (const auto* ttl = std::get_if<std::chrono::milliseconds>(&change)) state.deadline = now + *ttl;
  return state;
}

domain::LogicalValue emptyLike(const domain::LogicalValue& value) {
  return std::visit([]<class Value>(const Value&) { return domain::LogicalValue(Value()); }, value);
}

/// Without digest where the content, or the id of a stream's new entry, is not known.
KeyState stateAfterEdit(const domain::EditMutation& edit, const Capture& before,
                        const StateDigester& digester) {
  KeyState state{.key = edit.key, .type = domain::typeOf(edit.change), .sizeBytes = before.sizeBytes};
  state = withDeadlineAfter(std::move(state), domain::KeepTtl{}, before, {});
  if (before.existed() && before.logical.index() == 0) return state;
  state.elements = before.elements.size();
  auto changed = domain::applyChange(before.logical, edit.change);
  if (!changed) return state;
  if (changed->value.index() == 0) {
    if (!before.isPart()) return {.key = edit.key};
    changed->value = emptyLike(before.logical);  // the key has other elements
  }
  state.sizeBytes = domain::contentBytes(changed->value);
  if (domain::takesServerId(edit.change)) return state;
  state.digest = digester(before.isPart() ? domain::partDigest(changed->value, before.elements)
                                          : domain::contentDigest(changed->value));
  return state;
}

std::string ttlText(const KeyState& state, WallTime now) {
  if (!state.deadlineKnown) return "unknown";
  if (!state.deadline) return "none";
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*state.deadline - now);
  if (left < std::chrono::seconds(10)) return fmt::format("{} ms", std::max<std::int64_t>(left.count(), 0));
  return fmt::format("{} s", (left.count() + 500) / 1000);
}

std::string contentText(const KeyState& state) {
  if (!state.existed()) return "absent";
  std::string text(domain::wireName(state.type));
  if (state.elements > 0) text += fmt::format(", {} of its elements:", state.elements);
  return text + fmt::format(" {} B", state.sizeBytes);
}

/// What one side does not know cannot differ.
bool sameDeadline(const KeyState& a, const KeyState& b) {
  if (!a.deadlineKnown || !b.deadlineKnown) return true;
  if (a.deadline.has_value() != b.deadline.has_value()) return false;
  return !a.deadline || std::chrono::abs(*a.deadline - *b.deadline) <= kDeadlineTolerance;
}

}  // namespace

std::string StateDigester::operator()(const Digest& content) const {
  return key_.empty() ? std::string() : toHex(keyedDigest(key_.reveal(), Sha256::view(content)));
}

KeyState stateOf(const Capture& capture, const StateDigester& digester) {
  return {.key = capture.key,
          .type = capture.type,
          .sizeBytes = capture.sizeBytes,
          .deadline = capture.deadline,
          .digest = capture.digest ? digester(*capture.digest) : std::string(),
          .deadlineKnown = !capture.deadlineNotRead,
          .elements = capture.elements.size()};
}

std::vector<KeyState> statesAfter(const domain::Mutation& mutation, const std::vector<Capture>& captures,
                                  WallTime now, const StateDigester& digester) {
  const Capture& first = captures.front();
  return std::visit(
      Overloaded{
          [&](const domain::SetMutation& set) {
            KeyState state{.key = set.key,
                           .type = ValueType::string,
                           .sizeBytes = set.value.size(),
                           .digest = digester(sha256(set.value))};
            return std::vector<KeyState>{withDeadlineAfter(std::move(state), set.ttl, first, now)};
          },
          [&](const domain::DeleteMutation& remove) { return std::vector<KeyState>{{.key = remove.key}}; },
          [&](const domain::RenameMutation& rename) {
            KeyState moved = stateOf(first, digester);
            moved.key = rename.to;
            return std::vector<KeyState>{{.key = rename.from}, std::move(moved)};
          },
          [&](const domain::TtlMutation& ttl) {
            KeyState state = stateOf(first, digester);
            return std::vector<KeyState>{withDeadlineAfter(std::move(state), ttl.ttl, first, now)};
          },
          [&](const domain::RestoreMutation& restore) {
            KeyState state = stateOf(restore.capture, digester);
            if (restore.capture.isPart())
              state = withDeadlineAfter(std::move(state), domain::KeepTtl{}, first, now);
            return std::vector<KeyState>{std::move(state)};
          },
          [&](const domain::TouchMutation&) { return std::vector<KeyState>{stateOf(first, digester)}; },
          [&](const domain::EditMutation& edit) {
            return std::vector<KeyState>{stateAfterEdit(edit, first, digester)};
          },
      },
      mutation);
}

bool sameState(const KeyState& a, const KeyState& b) {
  if (a.type != b.type) return false;
  if (!a.existed()) return true;
  if (a.elements != b.elements) return false;
  const bool sameContent =
      a.digest.empty() || b.digest.empty() ? a.sizeBytes == b.sizeBytes : a.digest == b.digest;
  return sameContent && sameDeadline(a, b);
}

std::string describeChange(const KeyState& before, const KeyState& after, WallTime now) {
  std::string text = contentText(before);
  if (before.type != after.type) {
    text += " → " + contentText(after);
  } else if (before.sizeBytes != after.sizeBytes) {
    text += fmt::format(" → {} B", after.sizeBytes);
  } else if (before.digest != after.digest) {
    text += ", content changed";
  }
  if (sameDeadline(before, after) && before.deadlineKnown == after.deadlineKnown) {
    const bool isWorthAWord = after.existed() && (after.deadline || !after.deadlineKnown);
    if (isWorthAWord) text += fmt::format(", TTL {}", ttlText(after, now));
  } else {
    text += fmt::format(", TTL {} → {}", ttlText(before, now), ttlText(after, now));
  }
  return text;
}

}  // namespace cachify::actions
