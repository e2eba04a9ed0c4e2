// `cachify sandbox`: real servers with sample data and profiles for them, until Ctrl-C.

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

#include "commands.hpp"
#include "sandbox/sandbox_profiles.hpp"
#include "studio/sandbox.hpp"

namespace cachify::cli {
namespace {

struct SandboxOptions {};

void waitForStop(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  changed.wait(lock, stop, [] { return false; });
}

Outcome runSandbox(CommandContext& context, const SandboxOptions&) {
  auto sandbox = studio::Sandbox::start();
  if (!sandbox) return std::unexpected(sandbox.error());
  auto profiles = SandboxProfiles::add(context, **sandbox);
  if (!profiles) return std::unexpected(profiles.error());
  Output& output = context.output();
  if (output.json()) {
    output.document(profiles->toJson());
  } else {
    for (const auto& profile : profiles->profiles()) {
      output.line(fmt::format("{}  {}  {}:{}", profile.name, domain::wireName(profile.engine), profile.host,
                              profile.port));
    }
    output.done(
        "In another shell: cachify keys list sandbox-redis. Ctrl-C here ends the servers and removes the "
        "profiles.");
  }
  output.flush();
  waitForStop(context.stop());
  if (auto ok = profiles->remove(); !ok) return std::unexpected(ok.error());
  return ExitCode::done;
}

}  // namespace

void addSandboxCommand(CommandGroup& root) {
  root.add<SandboxOptions>(
      "sandbox", "Start a throw-away redis-server and memcached with sample data, until Ctrl-C", runSandbox);
}

}  // namespace cachify::cli
