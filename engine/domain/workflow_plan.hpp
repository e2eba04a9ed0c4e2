#pragma once
// What a workflow's plan consists of: keys, and for each an act from a closed set. A workflow kind plans;
// only the engine acts.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/bytes.hpp"

namespace cachify::domain {

/// `restore` is the engine's own, for rolling back; a plugin cannot plan it.
/// `touch` renews what the server knows of the last use; it changes neither value nor TTL.
enum class StepAction : std::uint8_t { remove, setTtl, persist, setValue, rename, touch, restore };

/// "delete", "setTtl", "persist", "setValue", "rename", "touch", "restore": in events, JSON and the tables of a dry run.
[[nodiscard]] std::string_view wireName(StepAction action);

struct PlanItem {
  Bytes key{};
  StepAction action = StepAction::remove;
  std::optional<std::chrono::milliseconds> ttl{};  ///< setTtl: the new TTL; setValue: nothing means no expiry
  Bytes value{};                                   ///< setValue
  std::uint32_t flags = 0;                         ///< setValue: Memcached client flags
  Bytes renameTo{};                                ///< rename: never onto a key that exists

  bool operator==(const PlanItem&) const = default;
};

}  // namespace cachify::domain
