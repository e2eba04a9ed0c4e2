#pragma once
// What a plugin says of itself before any of its code is loaded: `plugin.json` in its folder, described by
// schemas/plugins/manifest.json.

#include <string>
#include <string_view>
#include <vector>

#include "core/digest.hpp"
#include "core/result.hpp"

namespace cachify::plugin_host {

inline constexpr std::string_view kManifestFile = "plugin.json";
inline constexpr std::size_t kMaxManifestBytes = 64UL << 10;

enum class PluginKind : std::uint8_t { workflow, alertPublisher };
/// "workflow", "alertPublisher"
[[nodiscard]] std::string_view wireName(PluginKind kind);

/// What a plugin asks for beyond planning. `network` and `processes` are refused by the kernel without it;
/// `files` tells the person who trusts.
enum class Capability : std::uint8_t { network, processes, files };
[[nodiscard]] std::string_view wireName(Capability capability);

struct AbiVersion {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  bool operator==(const AbiVersion&) const = default;
};
/// The version that this program speaks.
[[nodiscard]] AbiVersion hostAbi();

struct PluginManifest {
  std::string id{};       ///< "cachify.delete-by-pattern"
  std::string name{};     ///< for people, like description, vendor and licence
  std::string version{};  ///< "1.0.0"
  std::string description{};
  std::string vendor{};
  std::string license{};
  AbiVersion abi{};
  PluginKind kind = PluginKind::workflow;
  std::string provides{};  ///< name of the workflow kind or of the publisher
  std::vector<Capability> capabilities{};
  std::string library{};  ///< a file beside the manifest
  std::string librarySha256{};

  [[nodiscard]] bool asksFor(Capability capability) const;
};

/// VALIDATION_ERROR with the detail `field` for what breaks a rule; unknown members are allowed.
[[nodiscard]] Result<PluginManifest> parseManifest(std::string_view json);

/// What trust is pinned to: the SHA-256 of "cachify-plugin-1", the manifest's and the library's SHA-256 in
/// hex, each followed by a line feed.
[[nodiscard]] Digest packageDigest(std::string_view manifestBytes, std::string_view libraryBytes);

}  // namespace cachify::plugin_host
