// `cachify demo`: the tour in a sandbox, in a data directory of its own. Each step is this very program, run
// as a person would run it, so what is shown is what one gets; a step that ends otherwise than it must fails
// the demo.

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "commands.hpp"
#include "output/plain_words.hpp"
#include "sandbox/demo_tour.hpp"
#include "sandbox/sandbox_profiles.hpp"
#include "studio/sandbox.hpp"

namespace cachify::cli {
namespace {

namespace fs = std::filesystem;

struct DemoOptions {};

/// Runs this program with `arguments` on the demo's data directory.
class Self {
 public:
  Self(fs::path dataDirectory, bool color) : dataDirectory_(std::move(dataDirectory)), color_(color) {}

  /// Output goes where ours goes. The exit code, or INTERNAL_ERROR when it could not be run.
  [[nodiscard]] Result<int> run(const std::vector<std::string>& arguments) const {
    return spawn(arguments, nullptr);
  }

  /// What it wrote on stdout; stderr is dropped.
  [[nodiscard]] Result<std::string> capture(const std::vector<std::string>& arguments) const {
    std::string text;
    auto status = spawn(arguments, &text);
    if (!status) return std::unexpected(status.error());
    return text;
  }

 private:
  Result<int> spawn(const std::vector<std::string>& arguments, std::string* captured) const {
    std::vector<std::string> words{"cachify", "--data-dir", dataDirectory_.string()};
    if (!color_) words.emplace_back("--no-color");
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> raw;
    for (auto& word : words) raw.push_back(word.data());
    raw.push_back(nullptr);

    int ends[2] = {-1, -1};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (captured != nullptr && pipe2(ends, O_CLOEXEC) == 0) {
      posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
    pid_t pid = 0;
    const int error = posix_spawn(&pid, "/proc/self/exe", &actions, nullptr, raw.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (ends[1] >= 0) close(ends[1]);
    if (error == 0 && captured != nullptr) readAll(ends[0], *captured);
    if (ends[0] >= 0) close(ends[0]);
    if (error != 0)
      return fail(ErrorCode::internalError, fmt::format("cannot run this program: {}", std::strerror(error)));
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    return fail(ErrorCode::internalError, fmt::format("it was ended by signal {}", WTERMSIG(status)));
  }

  static void readAll(int descriptor, std::string& text) {
    char buffer[4096];
    for (;;) {
      const ssize_t count = read(descriptor, buffer, sizeof buffer);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return;
      text.append(buffer, static_cast<std::size_t>(count));
    }
  }

  fs::path dataDirectory_;
  bool color_;
};

std::string asTyped(const std::vector<std::string>& command) {
  std::string line = "$ cachify";
  for (const auto& word : command) line += " " + shellWord(word);
  return line;
}

/// With the newest run's id in the place of the word that stands for it.
Result<std::vector<std::string>> commandOf(const TourStep& step, const Self& self) {
  std::vector<std::string> command = step.command;
  const auto word = std::ranges::find(command, kNewestRun);
  if (word == command.end()) return command;
  const auto history = self.capture({"--json", "workflows", "history", "--limit", "1"});
  if (!history) return std::unexpected(history.error());
  boost::system::error_code error;
  const auto document = json::parse(*history, error);
  const auto* id = error ? nullptr : document.find_pointer("/executions/0/id", error);
  if (id == nullptr || !id->is_string())
    return fail(ErrorCode::internalError, "there is no run to go on with");
  *word = std::string(id->as_string());
  return command;
}

Result<void> runStep(CommandContext& context, const Self& self, const TourStep& step) {
  if (auto ok = context.goOn(); !ok) return ok;
  Output& output = context.output();
  if (!step.says.empty()) {
    output.line("");
    output.line(step.says, Style::strong);
  }
  const auto command = commandOf(step, self);
  if (!command) return std::unexpected(command.error());
  output.line(asTyped(*command), Style::faint);
  output.flush();
  const auto code = self.run(*command);
  if (!code) return std::unexpected(code.error());
  if (*code == static_cast<int>(step.expected)) return {};
  return fail(ErrorCode::internalError,
              fmt::format("the step '{}' ended with exit code {} instead of {}", asTyped(*command), *code,
                          static_cast<int>(step.expected)));
}

/// The values of all keys the tour must leave as they were, as documents.
Result<std::vector<std::string>> readValues(const Self& self) {
  std::vector<std::string> values;
  for (const auto& [connection, key] : keysTheTourBringsBack()) {
    auto value = self.capture({"--json", "keys", "get", connection, key});
    if (!value) return std::unexpected(value.error());
    values.push_back(std::move(*value));
  }
  return values;
}

Result<void> takeTour(CommandContext& context, const Self& self) {
  const auto before = readValues(self);
  if (!before) return std::unexpected(before.error());
  for (const auto& step : tourSteps()) {
    if (auto ok = runStep(context, self, step); !ok) return ok;
  }
  const auto after = readValues(self);
  if (!after) return std::unexpected(after.error());
  if (*before != *after) return fail(ErrorCode::internalError, "a key did not come back as it was");
  return {};
}

/// The demo's data directory, gone at the end.
class ScratchDirectory {
 public:
  ScratchDirectory() : path_((fs::temp_directory_path() / "cachify-demo-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~ScratchDirectory() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Outcome runDemo(CommandContext& context, const DemoOptions&) {
  const ScratchDirectory scratch;
  if (scratch.path().empty()) return fail(ErrorCode::internalError, "cannot make a temporary directory");
  // The demo leaves nothing behind, so its secrets do not go into anybody's keychain either.
  setenv("CACHIFY_SECRET_STORE", "file", 1);
  unsetenv("CACHIFY_VAULT_PASSPHRASE");
  auto sandbox = studio::Sandbox::start();
  if (!sandbox) return std::unexpected(sandbox.error());
  CommandContext inScratch(scratch.path(), context.output(), context.stop());
  auto profiles = SandboxProfiles::add(inScratch, **sandbox);
  if (!profiles) return std::unexpected(profiles.error());

  const Self self(scratch.path(), context.output().color());
  if (auto ok = takeTour(inScratch, self); !ok) return std::unexpected(ok.error());
  context.output().line("");
  context.output().line(
      "The tour is done: everything that was changed is back, and the log proves what happened.",
      Style::good);
  return ExitCode::done;
}

}  // namespace

void addDemoCommand(CommandGroup& root) {
  root.add<DemoOptions>(
      "demo",
      "The whole tour in a sandbox: connect, browse, edit, undo, bulk work, guardrail, dashboard, verify",
      runDemo);
}

}  // namespace cachify::cli
