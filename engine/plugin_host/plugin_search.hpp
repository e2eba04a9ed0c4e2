#pragma once
// Where plugins are looked for, and what lies there. Nothing is loaded.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plugin_host/plugin_package.hpp"
#include "plugin_host/trust.hpp"

namespace cachify::plugin_host {

enum class Origin : std::uint8_t {
  bundled,      ///< beside the program
  system,       ///< installed for everybody
  user,         ///< of the user, or of the data directory
  environment,  ///< CACHIFY_PLUGIN_PATH
  named,        ///< a person named the folder
};
[[nodiscard]] std::string_view wireName(Origin origin);

/// A folder with one folder per plugin in it.
struct SearchFolder {
  std::filesystem::path path;
  Origin origin = Origin::user;
};

/// In the order in which they win over one another: bundled, system, user, CACHIFY_PLUGIN_PATH (folders
/// separated by colons). `programFolder` is where the running program lies.
[[nodiscard]] std::vector<SearchFolder> defaultSearchPath(const std::filesystem::path& programFolder,
                                                          const std::filesystem::path& dataDirectory);

struct FoundPlugin {
  std::filesystem::path folder{};
  Origin origin = Origin::user;
  std::optional<PluginManifest> manifest{};  ///< as far as it can be read
  Digest digest{};                           ///< meant only without a refusal
  Standing standing = Standing::untrusted;   ///< likewise
  std::uint32_t faultsInRow = 0;
  std::optional<Error> refusal{};  ///< why it cannot even be trusted

  [[nodiscard]] bool usable() const { return !refusal && mayLoad(standing); }
  /// "bundled", "untrusted" …, or "refused"
  [[nodiscard]] std::string_view status() const;
};

/// One folder, whatever it holds. Errors are the ledger's.
[[nodiscard]] Result<FoundPlugin> lookAt(const std::filesystem::path& folder, Origin origin,
                                         TrustLedger& ledger,
                                         const std::function<bool(const Digest&)>& isBundled);

/// Everything on the search path, in its order, by name of folder. Where two that could be used have the same
/// id, or provide the same, the second is refused.
[[nodiscard]] Result<std::vector<FoundPlugin>> searchPlugins(
    const std::vector<SearchFolder>& path, TrustLedger& ledger,
    const std::function<bool(const Digest&)>& isBundled);

}  // namespace cachify::plugin_host
