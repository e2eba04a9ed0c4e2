#pragma once
// A plugin as it lies in a folder: its manifest and its library, read once. What is checked, trusted and
// loaded are these very bytes.

#include <filesystem>

#include "core/bytes.hpp"
#include "plugin_host/manifest.hpp"

namespace cachify::plugin_host {

inline constexpr std::size_t kMaxLibraryBytes = 256UL << 20;

struct PluginPackage {
  std::filesystem::path folder{};
  PluginManifest manifest{};
  Bytes library{};
  Digest digest{};  ///< packageDigest of both
};

/// Reads `plugin.json` and the library beside it. Blocks for the time of a few file reads.
///
/// Errors: NOT_FOUND without a manifest or library; VALIDATION_ERROR for a manifest that breaks a rule;
/// NOT_SUPPORTED for another ABI; UNAUTHORIZED with the detail `reason` for what nobody should trust:
/// `worldWritable`, `otherOwner` (neither the user's nor root's), `symlink` (they lead elsewhere),
/// `notAFile`, `tooLarge`, `changed` (the library is not the one that the manifest describes).
[[nodiscard]] Result<PluginPackage> readPackage(const std::filesystem::path& folder);

/// The manifest alone, by the same rules; for showing what cannot be loaded.
[[nodiscard]] Result<PluginManifest> readManifest(const std::filesystem::path& folder);

}  // namespace cachify::plugin_host
