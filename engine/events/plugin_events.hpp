#pragma once
// plugin.*: who may be loaded, and who misbehaved. The stream `plugins` folds to what is trusted, revoked and
// in quarantine.

#include <cstdint>
#include <string>
#include <vector>

#include "core/digest.hpp"
#include "core/result.hpp"
#include "events/catalogue.hpp"

namespace cachify::events {

/// The stream of all four: decisions on trust are made at its head.
inline constexpr std::string_view kPluginsStream = "plugins";

/// A person trusts just these bytes. Takes the place of what was trusted under this id before; ends a
/// revocation and a row of faults.
struct PluginTrusted {
  static constexpr EventType kType = EventType::pluginTrusted;
  std::string pluginId{};
  std::string version{};
  Digest digest{};                          ///< of manifest and library
  std::vector<std::string> capabilities{};  ///< what it asked for: network, processes, files

  bool operator==(const PluginTrusted&) const = default;
};

/// Holds for every version, bundled ones too, until the id is trusted again.
struct PluginRevoked {
  static constexpr EventType kType = EventType::pluginRevoked;
  std::string pluginId{};

  bool operator==(const PluginRevoked&) const = default;
};

struct PluginFaulted {
  static constexpr EventType kType = EventType::pluginFaulted;
  std::string pluginId{};
  std::string version{};
  Digest digest{};
  std::string fault{};      ///< crashed, hung, garbage …
  std::uint32_t inRow = 1;  ///< as known to who recorded it; how many there are says the stream
  bool isQuarantined = false;

  bool operator==(const PluginFaulted&) const = default;
};

/// It did its work after a fault: the row is broken.
struct PluginRecovered {
  static constexpr EventType kType = EventType::pluginRecovered;
  std::string pluginId{};
  Digest digest{};

  bool operator==(const PluginRecovered&) const = default;
};

[[nodiscard]] std::string encode(const PluginTrusted& event);
[[nodiscard]] std::string encode(const PluginRevoked& event);
[[nodiscard]] std::string encode(const PluginFaulted& event);
[[nodiscard]] std::string encode(const PluginRecovered& event);
[[nodiscard]] Result<void> decode(std::string_view payload, PluginTrusted& event);
[[nodiscard]] Result<void> decode(std::string_view payload, PluginRevoked& event);
[[nodiscard]] Result<void> decode(std::string_view payload, PluginFaulted& event);
[[nodiscard]] Result<void> decode(std::string_view payload, PluginRecovered& event);

}  // namespace cachify::events
