#pragma once
// From captures and mutations to states without values: for events, conflict checks and words for people.

#include <optional>
#include <string>
#include <vector>

#include "core/secret_text.hpp"
#include "domain/value.hpp"
#include "events/mutation_events.hpp"

namespace cachify::actions {

/// Two deadlines this far apart count as the same: clocks and rounding.
inline constexpr std::chrono::milliseconds kDeadlineTolerance{2000};

/// Keys content digests so that events reveal nothing; without a key states carry no digest.
class StateDigester {
 public:
  StateDigester() = default;
  explicit StateDigester(SecretText key) : key_(std::move(key)) {}
  [[nodiscard]] std::string operator()(const Digest& content) const;

 private:
  SecretText key_;
};

[[nodiscard]] events::KeyState stateOf(const domain::Capture& capture, const StateDigester& digester);

/// What the mutation makes of the captured keys, in the order of `domain::keysOf`. An edit's content is known
/// where the capture has a logical copy.
[[nodiscard]] std::vector<events::KeyState> statesAfter(const domain::Mutation& mutation,
                                                        const std::vector<domain::Capture>& captures,
                                                        WallTime now, const StateDigester& digester);

/// Same type, content and deadline (within the tolerance). Where one side has no digest, sizes are compared;
/// where one does not know its deadline, none are.
[[nodiscard]] bool sameState(const events::KeyState& a, const events::KeyState& b);

/// "string 120 B → 98 B, TTL 300 s → none"
[[nodiscard]] std::string describeChange(const events::KeyState& before, const events::KeyState& after,
                                         WallTime now);

}  // namespace cachify::actions
