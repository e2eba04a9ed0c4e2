// observe watch

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>

#include "observe/dashboard_output.hpp"
#include "observe/observe_commands.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using domain::Health;
using views::ConnectionHealth;
using views::HistoryRow;

namespace {

constexpr std::chrono::milliseconds kRefresh{1000};
constexpr std::chrono::milliseconds kAskForStop{100};
constexpr std::size_t kRowsAtOnce = 1000;
/// Of the timeline, on a terminal.
constexpr std::size_t kScreenRows = 15;

struct ObserveWatchOptions {
  std::vector<std::string> connections;
  bool keyspace = false;
};

json::object healthLine(const ConnectionHealth& one, WallTime at) {
  json::object line = toJson(one);
  line["event"] = "health";
  line["at"] = toIso8601(at);
  return line;
}

/// Keeps connections open, is on duty, and shows what that brings to light: on a terminal a screen that is
/// drawn anew, else lines as things happen.
class LiveView {
 public:
  LiveView(CommandContext& context, studio::Engine& engine) : context_(context), engine_(engine) {}

  Result<void> begin(const ObserveWatchOptions& options);
  Result<void> run();

 private:
  struct Look {
    WallTime at{};
    std::vector<ConnectionHealth> health{};  ///< with the last minute's counts
    std::vector<HistoryRow> rows{};          ///< since the last look, oldest first; at most kRowsAtOnce
    bool more = false;
  };

  Result<void> keep(ConnectionId id);
  Result<void> keepAll();
  Result<Look> look();
  void draw(const Look& look);
  void tell(const Look& look);
  void tellDuty();
  [[nodiscard]] bool isWatched(ConnectionId id) const;

  CommandContext& context_;
  studio::Engine& engine_;
  std::vector<ConnectionId> watched_;
  bool all_ = false;
  bool onDuty_ = false;
  log::Position seen_ = 0;
  std::map<ConnectionId, Health> told_;
  std::vector<HistoryRow> latest_;  ///< newest last
  NamesById names_;
};

Result<void> LiveView::begin(const ObserveWatchOptions& options) {
  const auto head = engine_.log().head();
  if (!head) return std::unexpected(head.error());
  seen_ = head->lastPosition;
  all_ = options.connections.empty();
  if (all_ && options.keyspace)
    return fail(Error{.code = ErrorCode::validationError,
                      .message = "--keyspace needs the connections whose keys it is about"}
                    .with("field", std::string("keyspace")));
  for (const std::string& name : options.connections) {
    const auto profile = context_.profile(name);
    if (!profile) return std::unexpected(profile.error());
    if (auto kept = keep(profile->id); !kept) return kept;
    if (!options.keyspace) continue;
    if (auto listens = engine_.wait(engine_.keyEvents().begin(*profile)); !listens) return listens;
  }
  if (all_) {
    if (auto kept = keepAll(); !kept) return kept;
  }
  const auto duty = engine_.wait(engine_.duty().begin());
  if (!duty) return std::unexpected(duty.error());
  onDuty_ = *duty;
  tellDuty();
  return {};
}

/// Samples come from one process: if another one has that duty, this one only shows.
void LiveView::tellDuty() {
  if (context_.output().json()) {
    context_.output().document(
        json::object{{"event", "duty"}, {"at", toIso8601(SystemClock().now())}, {"held", onDuty_}});
  } else if (!onDuty_) {
    context_.output().note("Another process is on duty: it takes the samples, of these connections too.");
  }
}

Result<void> LiveView::keep(ConnectionId id) {
  if (std::ranges::find(watched_, id) != watched_.end()) return {};
  watched_.push_back(id);
  auto kept = engine_.wait(engine_.watch().keep(id));
  if (!kept && all_ && kept.error().code == ErrorCode::notFound) return {};  // removed a moment ago
  return kept;
}

Result<void> LiveView::keepAll() {
  const auto all = engine_.control().all();
  if (!all) return std::unexpected(all.error());
  for (const auto& profile : all->profiles) {
    if (auto kept = keep(profile.id); !kept) return kept;
  }
  return {};
}

bool LiveView::isWatched(ConnectionId id) const {
  return all_ || std::ranges::find(watched_, id) != watched_.end();
}

Result<LiveView::Look> LiveView::look() {
  return queryViews<Look>(context_, [&](sqlite3& db) -> Result<Look> {
    Look now{.at = SystemClock().now()};
    auto health = views::connectionHealth(db, now.at, std::nullopt);
    if (!health) return std::unexpected(health.error());
    std::erase_if(*health, [&](const auto& one) { return !isWatched(one.state.connectionId); });
    for (auto& one : *health) {
      one.counts.operations = one.recent.operations;
      one.counts.errors = one.recent.errors;
      one.counts.p95 = one.recent.p95;
    }
    now.health = *std::move(health);
    auto page = views::listHistory(db, {.limit = kRowsAtOnce});
    if (!page) return std::unexpected(page.error());
    for (auto& row : page->rows) {
      if (row.position > seen_ && (row.connectionId.isNil() || isWatched(row.connectionId)))
        now.rows.push_back(std::move(row));
    }
    now.more = page->next && *page->next > seen_;
    std::ranges::reverse(now.rows);
    return now;
  });
}

void LiveView::draw(const Look& look) {
  Output& output = context_.output();
  std::ranges::copy(look.rows, std::back_inserter(latest_));
  if (latest_.size() > kScreenRows)
    latest_.erase(latest_.begin(), latest_.end() - static_cast<std::ptrdiff_t>(kScreenRows));
  output.line(fmt::format("{}  {}  Ctrl-C ends", toIso8601(look.at),
                          onDuty_ ? "on duty: samples every 10 s" : "another process samples"),
              Style::faint);
  printHealth(output, look.health, look.at);
  output.line("");
  for (const auto& row : latest_) output.composed(lineOf(output, row, names_));
}

void LiveView::tell(const Look& look) {
  Output& output = context_.output();
  for (const auto& row : look.rows) {
    if (output.json()) {
      json::object line = toJson(row);
      line["event"] = "timeline";
      output.document(line);
    } else {
      output.composed(lineOf(output, row, names_));
    }
  }
  if (look.more) output.warning("more happened than could be told: observe timeline has all of it");
  for (const auto& one : look.health) {
    const auto [told, isFirst] = told_.try_emplace(one.state.connectionId, one.health);
    if (!isFirst && told->second == one.health) continue;
    told->second = one.health;
    if (output.json()) {
      output.document(healthLine(one, look.at));
    } else {
      output.line(fmt::format("{} {} is {}", toIso8601(look.at), escapeForDisplay(one.state.name),
                              domain::wireName(one.health)));
    }
  }
}

Result<void> LiveView::run() {
  auto next = std::chrono::steady_clock::now();
  for (;;) {
    if (auto ok = context_.goOn(); !ok) return ok;
    if (std::chrono::steady_clock::now() < next) {
      std::this_thread::sleep_for(kAskForStop);
      continue;
    }
    next += kRefresh;
    if (all_) {
      if (auto ok = keepAll(); !ok) return ok;
    }
    const auto duty = engine_.wait(engine_.duty().begin());
    if (duty && *duty != onDuty_) {
      onDuty_ = *duty;
      tellDuty();
    }
    const auto names = namesOfConnections(context_);
    if (names) names_ = *names;
    const auto now = look();
    if (!now) return std::unexpected(now.error());
    if (context_.output().beginScreen()) {
      draw(*now);
    } else {
      tell(*now);
    }
    if (!now->rows.empty()) seen_ = std::max(seen_, now->rows.back().position);
    context_.output().flush();
  }
}

Outcome watchLive(CommandContext& context, const ObserveWatchOptions& options) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  LiveView view(context, **engine);
  if (auto begun = view.begin(options); !begun) return std::unexpected(begun.error());
  if (auto ended = view.run(); !ended) return std::unexpected(ended.error());
  return ExitCode::done;
}

}  // namespace

void addObserveWatch(CommandGroup& observe) {
  auto watch = observe.add<ObserveWatchOptions>("watch",
                                                "Keep connections open, sample their servers every 10 s, and "
                                                "show health and timeline as they change, until "
                                                "Ctrl-C; with --json one line each",
                                                &watchLive);
  watch.app.addOption("CONN", watch.options.connections, "Names or ids; none: all, and those to come");
  watch.app.addFlag(
      "--keyspace", watch.options.keyspace,
      "Take down changes of keys, too, as far as the servers tell them (Redis' notify-keyspace-events); "
      "at most 1000 a second");
}

}  // namespace cachify::cli
