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

std::optional<WallTime> deadlineAfter(const domain::TtlChange& change, const Capture& before, WallTime now) {
  return std::visit(Overloaded{
                        [&](domain::KeepTtl) { return before.existed() ? before.deadline : std::nullopt; },
                        [](domain::NoTtl) { return std::optional<WallTime>(); },
                        [&](std::chrono::milliseconds ttl) { return std::optional<WallTime>(now + ttl); },
                    },
                    change);
}

/// Without digest where the content, or the id of a stream's new entry, is not known.
KeyState stateAfterEdit(const domain::EditMutation& edit, const Capture& before,
                        const StateDigester& digester) {
  KeyState state{.key = edit.key, .type = domain::typeOf(edit.change), .sizeBytes = before.sizeBytes};
  if (before.existed()) state.deadline = before.deadline;
  if (before.existed() && before.logical.index() == 0) return state;
  const auto changed = domain::applyChange(before.logical, edit.change);
  if (!changed) return state;
  if (changed->value.index() == 0) return {.key = edit.key};
  state.sizeBytes = domain::contentBytes(changed->value);
  if (!domain::takesServerId(edit.change)) state.digest = digester(domain::contentDigest(changed->value));
  return state;
}

std::string ttlText(const std::optional<WallTime>& deadline, WallTime now) {
  if (!deadline) return "none";
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*deadline - now);
  if (left < std::chrono::seconds(10)) return fmt::format("{} ms", std::max<std::int64_t>(left.count(), 0));
  return fmt::format("{} s", (left.count() + 500) / 1000);
}

std::string contentText(const KeyState& state) {
  return state.existed() ? fmt::format("{} {} B", domain::wireName(state.type), state.sizeBytes) : "absent";
}

bool sameDeadline(const std::optional<WallTime>& a, const std::optional<WallTime>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || std::chrono::abs(*a - *b) <= kDeadlineTolerance;
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
          .digest = capture.digest ? digester(*capture.digest) : std::string()};
}

std::vector<KeyState> statesAfter(const domain::Mutation& mutation, const std::vector<Capture>& captures,
                                  WallTime now, const StateDigester& digester) {
  const Capture& first = captures.front();
  return std::visit(
      Overloaded{
          [&](const domain::SetMutation& set) {
            return std::vector<KeyState>{{.key = set.key,
                                          .type = ValueType::string,
                                          .sizeBytes = set.value.size(),
                                          .deadline = deadlineAfter(set.ttl, first, now),
                                          .digest = digester(sha256(set.value))}};
          },
          [&](const domain::DeleteMutation& remove) { return std::vector<KeyState>{{.key = remove.key}}; },
          [&](const domain::RenameMutation& rename) {
            KeyState moved = stateOf(first, digester);
            moved.key = rename.to;
            return std::vector<KeyState>{{.key = rename.from}, std::move(moved)};
          },
          [&](const domain::TtlMutation& ttl) {
            KeyState state = stateOf(first, digester);
            state.deadline = deadlineAfter(ttl.ttl, first, now);
            return std::vector<KeyState>{std::move(state)};
          },
          [&](const domain::RestoreMutation& restore) {
            return std::vector<KeyState>{stateOf(restore.capture, digester)};
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
  const bool sameContent =
      a.digest.empty() || b.digest.empty() ? a.sizeBytes == b.sizeBytes : a.digest == b.digest;
  return sameContent && sameDeadline(a.deadline, b.deadline);
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
  if (sameDeadline(before.deadline, after.deadline)) {
    if (after.existed() && after.deadline) text += fmt::format(", TTL {}", ttlText(after.deadline, now));
  } else {
    text += fmt::format(", TTL {} → {}", ttlText(before.deadline, now), ttlText(after.deadline, now));
  }
  return text;
}

}  // namespace cachify::actions
