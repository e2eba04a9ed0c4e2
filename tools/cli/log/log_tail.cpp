// log tail

#include <chrono>
#include <thread>

#include "log/log_commands.hpp"
#include "log/timeline_output.hpp"
#include "options/number.hpp"
#include "output/json_text.hpp"

namespace cachify::cli {
namespace {

constexpr std::size_t kBytesAtOnce = 1UL << 20;
constexpr std::chrono::milliseconds kPoll{100};
constexpr std::int64_t kMostLines = 1'000'000;

struct TailOptions {
  std::string lines = "20";
  bool follow = false;
};

/// Writes events as they come, in order.
class Tail {
 public:
  Tail(CommandContext& context, const log::EventLog& log, log::Position from)
      : context_(context), log_(log), next_(from), control_(log) {}

  /// Everything up to the end of the log as it is now.
  Result<void> writeNew() {
    refreshNames();
    for (;;) {
      const auto frames = log_.framesFrom(next_, kBytesAtOnce);
      if (!frames) return std::unexpected(frames.error());
      if (frames->empty()) return {};
      for (const auto& frame : *frames) write(frame);
      next_ = frames->back().lastPosition() + 1;
      if (auto ok = context_.goOn(); !ok) return ok;
    }
  }

 private:
  void write(const log::Frame& frame) {
    for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
      if (frame.firstPosition + i < next_) continue;
      const auto line = actions::timelineLine(frame, i);
      if (context_.output().json()) {
        context_.output().document(toJson(line));
      } else {
        printLine(context_.output(), line, names_);
      }
    }
  }

  /// Names are a help for people: without them the lines are still right.
  void refreshNames() {
    if (context_.output().json()) return;
    const auto all = control_.all();
    if (!all) return;
    for (const auto& profile : all->profiles) names_[profile.id] = profile.name;
  }

  CommandContext& context_;
  const log::EventLog& log_;
  log::Position next_;
  actions::ControlState control_;
  ConnectionNames names_;
};

Result<void> followLog(CommandContext& context, const log::EventLog& log, Tail& tail) {
  std::uint64_t seen = 0;
  for (;;) {
    const std::uint64_t transaction = log.lastTransaction();
    if (transaction != seen) {
      seen = transaction;
      if (auto ok = tail.writeNew(); !ok) return ok;
      context.output().flush();
    }
    if (auto ok = context.goOn(); !ok) return ok;
    std::this_thread::sleep_for(kPoll);
  }
}

Outcome tailLog(CommandContext& context, const TailOptions& options) {
  const auto lines = parseInteger("lines", options.lines, 0, kMostLines);
  if (!lines) return std::unexpected(lines.error());
  const auto log = context.logToRead();
  if (!log) return std::unexpected(log.error());
  const auto head = (*log)->head();
  if (!head) return std::unexpected(head.error());
  const auto wanted = static_cast<log::Position>(*lines);
  Tail tail(context, **log, head->lastPosition > wanted ? head->lastPosition - wanted + 1 : 1);
  const auto ended = options.follow ? followLog(context, **log, tail) : tail.writeNew();
  if (!ended) return std::unexpected(ended.error());
  return ExitCode::done;
}

}  // namespace

void addLogTail(CommandGroup& log) {
  auto tail = log.add<TailOptions>("tail", "The last events; with --json one line each", &tailLog);
  tail.app.addOption("-n,--lines", tail.options.lines, "How many (default 20)").typeName("N");
  tail.app.addFlag("-f,--follow", tail.options.follow, "And those to come, until Ctrl-C");
}

}  // namespace cachify::cli
