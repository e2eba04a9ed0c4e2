#include "plugin_host/plugin_package.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "core/descriptor.hpp"

namespace cachify::plugin_host {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> refuse(std::string_view reason, std::string message) {
  return fail(Error{.code = ErrorCode::unauthorized, .message = std::move(message)}.with(
      "reason", std::string(reason)));
}

std::unexpected<Error> cannotOpen(const fs::path& path, int error) {
  const std::string shown = escapeForDisplay(path.string());
  if (error == ELOOP || error == ENOTDIR)
    return refuse("symlink",
                  fmt::format("{} is a symbolic link or no folder; a plugin must lie there itself", shown));
  if (error == ENOENT) return fail(ErrorCode::notFound, fmt::format("there is no {}", shown));
  return fail(ErrorCode::internalError, fmt::format("cannot open {}: {}", shown, std::strerror(error)));
}

/// Nobody but the user and root may be able to change it.
Result<void> checkHolder(const fs::path& path, const struct stat& status, bool isSharedFolder) {
  const std::string shown = escapeForDisplay(path.string());
  if (status.st_uid != geteuid() && status.st_uid != 0) {
    return refuse("otherOwner", fmt::format("{} belongs to another user (uid {}); it must be yours or root's",
                                            shown, status.st_uid));
  }
  const bool isSticky = isSharedFolder && (status.st_mode & S_ISVTX) != 0;
  if ((status.st_mode & S_IWOTH) != 0 && !isSticky) {
    return refuse("worldWritable",
                  fmt::format("anybody may write to {}; take that away with: chmod o-w '{}'", shown, shown));
  }
  return {};
}

/// The folder, checked together with the one it lies in.
Result<Descriptor> openFolder(const fs::path& folder) {
  Descriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!opened.isOpen()) return cannotOpen(folder, errno);
  struct stat status {};
  struct stat parent {};
  if (fstat(opened.get(), &status) != 0 || fstatat(opened.get(), "..", &parent, 0) != 0)
    return cannotOpen(folder, errno);
  if (auto ok = checkHolder(folder, status, false); !ok) return std::unexpected(ok.error());
  if (auto ok = checkHolder(folder.parent_path(), parent, true); !ok) return std::unexpected(ok.error());
  return opened;
}

Result<Bytes> readAll(const Descriptor& file, const fs::path& path, std::size_t expected, std::size_t most) {
  Bytes bytes(expected + 1, '\0');
  std::size_t have = 0;
  for (;;) {
    const ssize_t got = read(file.get(), bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannotOpen(path, errno);
    have += static_cast<std::size_t>(got);
    if (got == 0) break;
    if (have > most)
      return refuse("tooLarge", fmt::format("{} is too large", escapeForDisplay(path.string())));
    if (have == bytes.size()) bytes.resize(have * 2);
  }
  bytes.resize(have);
  return bytes;
}

Result<Bytes> readFile(const Descriptor& folder, const fs::path& folderPath, std::string_view name,
                       std::size_t most) {
  const fs::path path = folderPath / name;
  // O_NONBLOCK: opening a pipe that somebody put there must not wait.
  const Descriptor file(
      openat(folder.get(), std::string(name).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.isOpen()) return cannotOpen(path, errno);
  struct stat status {};
  if (fstat(file.get(), &status) != 0) return cannotOpen(path, errno);
  if (!S_ISREG(status.st_mode))
    return refuse("notAFile", fmt::format("{} is no plain file", escapeForDisplay(path.string())));
  if (auto ok = checkHolder(path, status, false); !ok) return std::unexpected(ok.error());
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > most) return refuse("tooLarge", fmt::format("{} is too large", escapeForDisplay(path.string())));
  return readAll(file, path, size, most);
}

Result<void> checkAbi(const PluginManifest& manifest) {
  const AbiVersion host = hostAbi();
  if (manifest.abi.major == host.major) return {};
  return fail(Error{
      .code = ErrorCode::notSupported,
      .message = fmt::format("{} is built for plugin ABI {}.{}, this program has {}.{}; get a version of it "
                             "for {}.x",
                             manifest.id, manifest.abi.major, manifest.abi.minor, host.major, host.minor,
                             host.major)}
                  .with("plugin", manifest.id));
}

}  // namespace

Result<PluginManifest> readManifest(const fs::path& folder) {
  const auto opened = openFolder(folder);
  if (!opened) return std::unexpected(opened.error());
  const auto bytes = readFile(*opened, folder, kManifestFile, kMaxManifestBytes);
  if (!bytes) return std::unexpected(bytes.error());
  return parseManifest(*bytes);
}

Result<PluginPackage> readPackage(const fs::path& folder) {
  const auto opened = openFolder(folder);
  if (!opened) return std::unexpected(opened.error());
  const auto manifestBytes = readFile(*opened, folder, kManifestFile, kMaxManifestBytes);
  if (!manifestBytes) return std::unexpected(manifestBytes.error());
  auto manifest = parseManifest(*manifestBytes);
  if (!manifest) return std::unexpected(manifest.error());
  auto library = readFile(*opened, folder, manifest->library, kMaxLibraryBytes);
  if (!library) return std::unexpected(library.error());
  if (toHex(sha256(*library)) != manifest->librarySha256) {
    return refuse(
        "changed",
        fmt::format("{} is not the library that the manifest of {} describes (SHA-256 differs): it was "
                    "changed, or only half of a new version was put there; install it again",
                    manifest->library, manifest->id));
  }
  if (auto ok = checkAbi(*manifest); !ok) return std::unexpected(ok.error());
  const Digest digest = packageDigest(*manifestBytes, *library);
  return PluginPackage{
      .folder = folder, .manifest = std::move(*manifest), .library = std::move(*library), .digest = digest};
}

}  // namespace cachify::plugin_host
