#include "studio/environment.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "studio/engine.hpp"

namespace cachify::studio {

namespace fs = std::filesystem;

namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

fs::path homeDirectory() {
  if (const std::string home = variable("HOME"); !home.empty()) return home;
  const passwd* user = getpwuid(getuid());
  return user == nullptr ? fs::path("/") : fs::path(user->pw_dir);
}

std::string userName() {
  const passwd* user = getpwuid(getuid());
  return user == nullptr ? fmt::format("uid {}", getuid()) : std::string(user->pw_name);
}

std::string hostName() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  return gethostname(name.data(), name.size()) == 0 ? std::string(name.data()) : std::string();
}

}  // namespace

fs::path defaultDataDirectory() {
  if (const std::string chosen = variable("CACHIFY_DATA_DIR"); !chosen.empty()) return chosen;
  if (const std::string data = variable("XDG_DATA_HOME"); !data.empty())
    return fs::path(data) / "cachify-studio";
  return homeDirectory() / ".local" / "share" / "cachify-studio";
}

fs::path logDirectory(const fs::path& dataDirectory) {
  return dataDirectory / "log";
}

fs::path siblingProgram(std::string_view name) {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path() / name;
}

Result<void> makePrivateDirectory(const fs::path& directory) {
  std::error_code error;
  if (fs::is_directory(directory, error)) return {};
  fs::create_directories(directory.parent_path(), error);
  if (mkdir(directory.c_str(), 0700) == 0) return {};
  const int reason = errno;
  if (fs::is_directory(directory, error)) return {};  // made by another process meanwhile
  return fail(ErrorCode::internalError, fmt::format("cannot make the data directory {}: {}",
                                                    directory.string(), std::strerror(reason)));
}

secrets::StoreChoice storeChoice(const fs::path& dataDirectory) {
  secrets::StoreChoice choice{.wanted = {}, .passphrase = {}, .directory = dataDirectory};
  if (std::string wanted = variable("CACHIFY_SECRET_STORE"); !wanted.empty())
    choice.wanted = std::move(wanted);
  if (std::string text = variable("CACHIFY_VAULT_PASSPHRASE"); !text.empty()) {
    choice.passphrase = SecretText(std::move(text));
  }
  return choice;
}

log::Actor currentActor(const std::string& surface) {
  return {.osUser = userName(), .host = hostName(), .surface = surface};
}

}  // namespace cachify::studio
