#include "log/log_check.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "core/descriptor.hpp"

extern char** environ;

namespace cachify::log {
namespace {

namespace json = boost::json;

struct Pipe {
  Descriptor reader;
  Descriptor writer;
  [[nodiscard]] bool open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    reader = Descriptor(ends[0]);
    writer = Descriptor(ends[1]);
    return true;
  }
};

/// What a finished child left behind.
struct ChildResult {
  std::string output;
  std::string progress;
  int status = 0;

  /// The last position in its `at POSITION` lines, 0 if there is none.
  [[nodiscard]] Position reached() const {
    const auto line = progress.rfind("at ", progress.rfind('\n'));
    Position position = 0;
    if (line != std::string::npos)
      std::from_chars(progress.data() + line + 3, progress.data() + progress.size(), position);
    return position;
  }
  /// Empty if it ended by itself.
  [[nodiscard]] std::string signalName() const {
    if (!WIFSIGNALED(status)) return {};
    const char* name = ::sigabbrev_np(WTERMSIG(status));
    return name == nullptr ? fmt::format("signal {}", WTERMSIG(status)) : fmt::format("SIG{}", name);
  }
};

void readBoth(Pipe& output, Pipe& progress, ChildResult& result) {
  std::array<pollfd, 2> waiting{{{.fd = output.reader.get(), .events = POLLIN, .revents = 0},
                                 {.fd = progress.reader.get(), .events = POLLIN, .revents = 0}}};
  std::array<std::string*, 2> into{&result.output, &result.progress};
  std::array<char, 16'384> buffer{};
  while (waiting[0].fd >= 0 || waiting[1].fd >= 0) {
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].fd < 0 || waiting[i].revents == 0) continue;
      const ssize_t got = ::read(waiting[i].fd, buffer.data(), buffer.size());
      if (got > 0) into[i]->append(buffer.data(), static_cast<std::size_t>(got));
      if (got == 0 || (got < 0 && errno != EINTR)) waiting[i].fd = -1;
    }
    // Only the last line of progress counts.
    if (result.progress.size() > 65'536) result.progress.erase(0, result.progress.size() - 1'024);
  }
}

Result<ChildResult> runChild(const std::filesystem::path& program, std::vector<std::string> arguments) {
  Pipe output;
  Pipe progress;
  if (!output.open() || !progress.open())
    return fail(ErrorCode::internalError, "no pipe could be made for the checker");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, output.writer.get(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, progress.writer.get(), STDERR_FILENO);
  arguments.insert(arguments.begin(), program.string());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_t child = 0;
  const int error = ::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    return fail(ErrorCode::internalError, fmt::format("the checker {} could not be started: {}",
                                                      program.string(), std::strerror(error)));
  }
  output.writer.close();
  progress.writer.close();
  ChildResult result;
  readBoth(output, progress, result);
  while (::waitpid(child, &result.status, 0) < 0 && errno == EINTR) {
  }
  return result;
}

std::uint64_t numberOf(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  boost::system::error_code error;
  const auto number = value == nullptr ? 0 : value->to_number<std::uint64_t>(error);
  return error ? 0 : number;
}

std::string textOf(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

const json::array& arrayOf(const json::object& object, std::string_view name) {
  static const json::array kNone;
  const json::value* value = object.if_contains(name);
  const json::array* array = value == nullptr ? nullptr : value->if_array();
  return array == nullptr ? kNone : *array;
}

/// The child's answer, if it is one: an object, from a child that ended by itself.
std::optional<json::object> answerOf(const ChildResult& result) {
  boost::system::error_code error;
  json::value value = json::parse(result.output, error);
  if (error || !value.is_object() || !WIFEXITED(result.status)) return {};
  return std::move(value.as_object());
}

std::optional<Error> errorIn(const json::object& answer) {
  const json::value* value = answer.if_contains("error");
  if (value == nullptr || !value->is_object()) return {};
  const json::object& object = value->as_object();
  const std::string code = textOf(object, "code");
  Error error{.message = textOf(object, "message")};
  for (const ErrorCode known :
       {ErrorCode::notFound, ErrorCode::conflict, ErrorCode::validationError, ErrorCode::notSupported}) {
    if (wireName(known) == code) error.code = known;
  }
  return error;
}

VerifyReport toVerifyReport(const json::object& answer) {
  const json::value* ok = answer.if_contains("ok");
  VerifyReport report{.ok = ok != nullptr && ok->is_bool() && ok->get_bool(),
                      .events = numberOf(answer, "events"),
                      .firstPosition = numberOf(answer, "firstPosition"),
                      .lastPosition = numberOf(answer, "lastPosition"),
                      .chain = textOf(answer, "chain"),
                      .packs = numberOf(answer, "packs"),
                      .duration = std::chrono::milliseconds(numberOf(answer, "durationMs"))};
  for (const json::value& value : arrayOf(answer, "problems")) {
    if (const json::object* problem = value.if_object()) {
      report.problems.push_back({.position = numberOf(*problem, "position"),
                                 .kind = textOf(*problem, "kind"),
                                 .message = textOf(*problem, "message")});
    }
  }
  report.ok = report.ok && report.problems.empty();
  return report;
}

Problem deathOf(const ChildResult& result) {
  const std::string signal = result.signalName();
  const Position reached = result.reached();
  const std::string cause = signal.empty()
                                ? fmt::format("gave no answer (exit status {})", WEXITSTATUS(result.status))
                                : "was ended by " + signal;
  return {.position = reached,
          .kind = "structure",
          .message = fmt::format("the check {}: the file's structure is damaged{}", cause,
                                 reached == 0 ? std::string() : fmt::format(" behind position {}", reached))};
}

}  // namespace

Result<VerifyReport> verifyLog(const std::filesystem::path& checker, const std::filesystem::path& directory) {
  const auto result = runChild(checker, {"verify", directory.string()});
  if (!result) return fail(result.error());
  const auto answer = answerOf(*result);
  if (!answer) return VerifyReport{.lastPosition = result->reached(), .problems = {deathOf(*result)}};
  if (auto error = errorIn(*answer)) return fail(std::move(*error));
  return toVerifyReport(*answer);
}

Result<SalvageReport> salvageLog(const std::filesystem::path& checker, const std::filesystem::path& directory,
                                 const std::filesystem::path& into) {
  const auto result = runChild(checker, {"salvage", directory.string(), into.string()});
  if (!result) return fail(result.error());
  const auto answer = answerOf(*result);
  if (!answer) return fail(ErrorCode::internalError, "salvaging did not end: " + deathOf(*result).message);
  if (auto error = errorIn(*answer)) return fail(std::move(*error));
  SalvageReport report{.frames = numberOf(*answer, "frames"),
                       .events = numberOf(*answer, "events"),
                       .chunks = numberOf(*answer, "chunks")};
  for (const json::value& value : arrayOf(*answer, "missing")) {
    if (const json::object* gap = value.if_object())
      report.missing.emplace_back(numberOf(*gap, "first"), numberOf(*gap, "last"));
  }
  return report;
}

}  // namespace cachify::log
