#include "plugin_host/plugin_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "domain/words.hpp"

namespace cachify::plugin_host {
namespace {

namespace fs = std::filesystem;

constexpr domain::Words<Origin, 5> kOrigins{{{Origin::bundled, "bundled"},
                                             {Origin::system, "system"},
                                             {Origin::user, "user"},
                                             {Origin::environment, "environment"},
                                             {Origin::named, "named"}}};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

fs::path userFolder() {
  if (const std::string data = variable("XDG_DATA_HOME"); !data.empty())
    return fs::path(data) / "cachify-studio";
  const std::string home = variable("HOME");
  return home.empty() ? fs::path() : fs::path(home) / ".local" / "share" / "cachify-studio";
}

void addEnvironment(std::vector<SearchFolder>& path) {
  const std::string folders = variable("CACHIFY_PLUGIN_PATH");
  for (std::size_t at = 0; at < folders.size();) {
    const std::size_t end = std::min(folders.find(':', at), folders.size());
    const fs::path folder = folders.substr(at, end - at);
    // A relative one would mean another folder to each process.
    if (folder.is_absolute()) path.push_back({folder, Origin::environment});
    at = end + 1;
  }
}

/// Folders with a manifest in them, by name.
std::vector<fs::path> pluginFolders(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry :
       fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, error)) {
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(entry.path() / kManifestFile, ignored))) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

Error shadowed(const FoundPlugin& plugin, const FoundPlugin& winner) {
  const bool sameId = plugin.manifest->id == winner.manifest->id;
  return Error{.code = ErrorCode::conflict,
               .message = fmt::format("{} is taken already by {} in {}",
                                      sameId ? plugin.manifest->id : plugin.manifest->provides,
                                      winner.manifest->id, escapeForDisplay(winner.folder.string()))}
      .with("plugin", plugin.manifest->id);
}

void refuseIfShadowed(FoundPlugin& plugin, const std::vector<FoundPlugin>& before) {
  if (plugin.refusal || !plugin.manifest) return;
  for (const auto& other : before) {
    if (!other.usable()) continue;
    const bool sameName = other.manifest->kind == plugin.manifest->kind &&
                          other.manifest->provides == plugin.manifest->provides;
    if (other.manifest->id != plugin.manifest->id && !sameName) continue;
    plugin.refusal = shadowed(plugin, other);
    return;
  }
}

}  // namespace

std::string_view wireName(Origin origin) {
  return domain::wordOf(kOrigins, origin);
}

std::string_view FoundPlugin::status() const {
  return refusal ? std::string_view("refused") : wireName(standing);
}

std::vector<SearchFolder> defaultSearchPath(const fs::path& programFolder, const fs::path& dataDirectory) {
  std::vector<SearchFolder> path{
      {programFolder / "plugins", Origin::bundled},
      {programFolder.parent_path() / "lib" / "cachify" / "plugins", Origin::bundled}};
  for (const fs::path prefix : {"/usr/lib", "/usr/local/lib"}) {
    const fs::path folder = prefix / "cachify" / "plugins";
    if (folder != path.back().path) path.push_back({folder, Origin::system});
  }
  if (const fs::path user = userFolder(); !user.empty()) path.push_back({user / "plugins", Origin::user});
  if (dataDirectory / "plugins" != path.back().path)
    path.push_back({dataDirectory / "plugins", Origin::user});
  addEnvironment(path);
  return path;
}

Result<FoundPlugin> lookAt(const fs::path& folder, Origin origin, TrustLedger& ledger,
                           const std::function<bool(const Digest&)>& isBundled) {
  FoundPlugin found{.folder = folder, .origin = origin};
  auto package = readPackage(folder);
  if (!package) {
    found.refusal = package.error();
    if (auto manifest = readManifest(folder)) found.manifest = std::move(*manifest);
    return found;
  }
  const auto record = ledger.record(package->manifest.id, package->digest);
  if (!record) return std::unexpected(record.error());
  found.digest = package->digest;
  found.standing = standingOf(*record, package->digest, isBundled(package->digest));
  found.faultsInRow = record->faultsInRow;
  found.manifest = std::move(package->manifest);
  return found;
}

Result<std::vector<FoundPlugin>> searchPlugins(const std::vector<SearchFolder>& path, TrustLedger& ledger,
                                               const std::function<bool(const Digest&)>& isBundled) {
  std::vector<FoundPlugin> all;
  std::vector<fs::path> seen;
  for (const auto& searched : path) {
    std::error_code error;
    const fs::path real = fs::canonical(searched.path, error);
    if (error || std::ranges::find(seen, real) != seen.end()) continue;
    seen.push_back(real);
    for (const auto& folder : pluginFolders(real)) {
      auto found = lookAt(folder, searched.origin, ledger, isBundled);
      if (!found) return std::unexpected(found.error());
      refuseIfShadowed(*found, all);
      all.push_back(std::move(*found));
    }
  }
  return all;
}

}  // namespace cachify::plugin_host
