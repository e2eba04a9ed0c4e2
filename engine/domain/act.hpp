#pragma once
// What a person, a workflow or a plugin may want to do to a cache, as the policy rules see it.

#include <cstdint>
#include <string_view>

namespace cachify::domain {

enum class Action : std::uint8_t { set, remove, rename, setTtl, persist, restore };

/// "set", "delete", "rename", "ttl", "persist", "restore": in events, errors and JSON.
[[nodiscard]] std::string_view wireName(Action action);

/// Which surface an act came from.
enum class Source : std::uint8_t { app, cli, workflow, plugin, engine };
[[nodiscard]] std::string_view wireName(Source source);

/// True for acts that can lose data a person meant to keep: they need a confirmation on prod.
/// `onExisting`: the rename or restore lands on a key that is there.
[[nodiscard]] bool isDestructive(Action action, bool onExisting);

}  // namespace cachify::domain
