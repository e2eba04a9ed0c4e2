// connections watch

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "connections/connections_commands.hpp"
#include "options/number.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using actions::ConnectionWatch;
using actions::LinkChange;
using actions::LinkEvent;
using actions::LinkStatus;
using domain::ConnectionProfile;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds kLookForStop{100};
constexpr std::chrono::seconds kLookForProfiles{1};
constexpr std::int64_t kLongestPause = 86'400;

struct WatchOptions {
  std::vector<std::string> connections;
  std::string latencyEvery = "10";
};

/// From the network thread to the one that writes. When it is full the oldest goes, and is counted.
class Changes {
 public:
  void push(const LinkChange& change) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() == kMost) {
      waiting_.pop_front();
      ++dropped_;
    }
    waiting_.push_back(change);
    arrival_.notify_one();
  }
  /// What came, waited for a moment.
  std::deque<LinkChange> take() {
    std::unique_lock lock(mutex_);
    arrival_.wait_for(lock, kLookForStop, [this] { return !waiting_.empty(); });
    return std::exchange(waiting_, {});
  }
  std::uint64_t takeDropped() {
    const std::lock_guard lock(mutex_);
    return std::exchange(dropped_, 0);
  }

 private:
  static constexpr std::size_t kMost = 10'000;
  std::mutex mutex_;
  std::condition_variable arrival_;
  std::deque<LinkChange> waiting_;
  std::uint64_t dropped_ = 0;
};

json::object lineOf(const ConnectionProfile& profile, std::string_view event, const LinkStatus& status,
                    WallTime at) {
  json::object line{{"at", toIso8601(at)},
                    {"event", event},
                    {"connectionId", status.connection.toString()},
                    {"name", profile.name},
                    {"environment", domain::wireName(profile.environment)},
                    {"state", wireName(status.state)},
                    {"losses", status.losses},
                    {"reconnects", status.reconnects}};
  if (status.state == actions::LinkState::open && status.latency) line["latencyMs"] = toMs(*status.latency);
  if (status.error) line["error"] = toJson(*status.error);
  return line;
}

Style styleOf(LinkEvent event) {
  if (event == LinkEvent::opened || event == LinkEvent::restored) return Style::good;
  return event == LinkEvent::closed ? Style::faint : Style::bad;
}

std::string wordsOf(const LinkChange& change) {
  const LinkStatus& status = change.status;
  switch (change.event) {
    case LinkEvent::opened:
      return "answers in " + durationWords(*status.latency);
    case LinkEvent::restored:
      return fmt::format("after {}, {}; answers in {}", durationWords(change.away),
                         plural(change.attempts, "attempt"), durationWords(*status.latency));
    case LinkEvent::unreachable:
    case LinkEvent::lost:
      return status.error->message;
    case LinkEvent::closed:
      return "its profile was removed";
  }
  return {};
}

class Watching {
 public:
  Watching(CommandContext& context, studio::Engine& engine) : context_(context), engine_(engine) {}

  Result<void> begin(const WatchOptions& options);
  Result<void> run(std::chrono::seconds latencyEvery);

 private:
  Result<void> keep(const ConnectionProfile& profile);
  /// Those that are new, where all are watched.
  Result<void> keepAll();
  void write(const LinkChange& change);
  Result<void> writeLatencies();
  void writeLine(const ConnectionProfile& profile, std::string_view event, Style style,
                 const std::string& words, WallTime at);
  const ConnectionProfile& profileOf(ConnectionId id);

  CommandContext& context_;
  studio::Engine& engine_;
  std::shared_ptr<Changes> changes_ = std::make_shared<Changes>();
  std::shared_ptr<const ConnectionWatch::Listener> listener_;
  std::map<ConnectionId, ConnectionProfile> watched_;
  bool all_ = false;
};

Result<void> Watching::begin(const WatchOptions& options) {
  listener_ = std::make_shared<const ConnectionWatch::Listener>(
      [changes = changes_](const LinkChange& change) { changes->push(change); });
  if (auto told = engine_.wait(engine_.watch().tell(listener_)); !told) return told;
  all_ = options.connections.empty();
  for (const std::string& name : options.connections) {
    const auto profile = context_.profile(name);
    if (!profile) return std::unexpected(profile.error());
    if (auto kept = keep(*profile); !kept) return kept;
  }
  if (!all_) return {};
  if (auto kept = keepAll(); !kept) return kept;
  if (watched_.empty()) context_.output().note("No connections yet; those that come are watched.");
  return {};
}

Result<void> Watching::keep(const ConnectionProfile& profile) {
  watched_.try_emplace(profile.id, profile);
  auto kept = engine_.wait(engine_.watch().keep(profile.id));
  if (!kept && all_ && kept.error().code == ErrorCode::notFound) return {};  // removed a moment ago
  return kept;
}

Result<void> Watching::keepAll() {
  const auto all = engine_.control().all();
  if (!all) return std::unexpected(all.error());
  for (const ConnectionProfile& profile : all->profiles) {
    if (watched_.contains(profile.id)) continue;
    if (auto kept = keep(profile); !kept) return kept;
  }
  return {};
}

/// As it is now; as it was last, once it is gone.
const ConnectionProfile& Watching::profileOf(ConnectionId id) {
  ConnectionProfile& profile = watched_[id];
  if (auto known = engine_.control().profile(id)) profile = std::move(known->profile);
  return profile;
}

void Watching::writeLine(const ConnectionProfile& profile, std::string_view event, Style style,
                         const std::string& words, WallTime at) {
  Output& output = context_.output();
  output.composed(fmt::format("{} {} {} {}", output.styled(toIso8601(at), Style::faint),
                              output.styled(fmt::format("{:<20}", profile.name), Style::strong),
                              output.styled(fmt::format("{:<11}", event), style),
                              output.styled(words, Style::plain)));
}

void Watching::write(const LinkChange& change) {
  const ConnectionProfile& profile = profileOf(change.status.connection);
  const std::string_view event = wireName(change.event);
  if (!context_.output().json()) {
    writeLine(profile, event, styleOf(change.event), wordsOf(change), change.at);
    return;
  }
  json::object line = lineOf(profile, event, change.status, change.at);
  if (change.event == LinkEvent::restored) {
    line["awayMs"] = toMs(change.away);
    line["attempts"] = change.attempts;
  }
  context_.output().document(line);
}

Result<void> Watching::writeLatencies() {
  const auto links = engine_.wait(engine_.watch().links());
  if (!links) return std::unexpected(links.error());
  const WallTime now = SystemClock().now();
  for (const LinkStatus& status : *links) {
    if (status.state != actions::LinkState::open) continue;
    const ConnectionProfile& profile = profileOf(status.connection);
    if (context_.output().json()) {
      context_.output().document(lineOf(profile, "latency", status, now));
    } else {
      writeLine(profile, "latency", Style::faint, durationWords(*status.latency), now);
    }
  }
  return {};
}

Result<void> Watching::run(std::chrono::seconds latencyEvery) {
  const bool wantsLatency = latencyEvery.count() > 0;
  auto nextLatency = steady_clock::now() + latencyEvery;
  auto nextLook = steady_clock::now() + kLookForProfiles;
  std::size_t closed = 0;
  while (all_ || closed < watched_.size()) {
    for (const LinkChange& change : changes_->take()) {
      write(change);
      closed += change.event == LinkEvent::closed ? 1U : 0U;
    }
    if (const auto dropped = changes_->takeDropped(); dropped > 0)
      context_.output().warning(
          fmt::format("{} left out: they came faster than they could be written", plural(dropped, "change")));
    const auto now = steady_clock::now();
    if (wantsLatency && now >= nextLatency) {
      nextLatency = now + latencyEvery;
      if (auto ok = writeLatencies(); !ok) return ok;
    }
    if (all_ && now >= nextLook) {
      nextLook = now + kLookForProfiles;
      if (auto ok = keepAll(); !ok) return ok;
    }
    context_.output().flush();
    if (auto ok = context_.goOn(); !ok) return ok;
  }
  return {};
}

Outcome watchConnections(CommandContext& context, const WatchOptions& options) {
  const auto every = parseInteger("latency", options.latencyEvery, 0, kLongestPause);
  if (!every) return std::unexpected(every.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  Watching watching(context, **engine);
  if (auto begun = watching.begin(options); !begun) return std::unexpected(begun.error());
  if (auto ended = watching.run(std::chrono::seconds(*every)); !ended) return std::unexpected(ended.error());
  return ExitCode::done;
}

}  // namespace

void addConnectionWatch(CommandGroup& connections) {
  auto watch = connections.add<WatchOptions>(
      "watch",
      "Keep connections open and tell when one is opened, lost or restored, until Ctrl-C; with --json one "
      "line each",
      &watchConnections);
  watch.app.addOption("CONN", watch.options.connections, "Names or ids; none: all, and those to come");
  watch.app
      .addOption("--latency", watch.options.latencyEvery,
                 "Tell the time of a ping every N seconds, too (default 10; 0: never)")
      .typeName("N");
}

}  // namespace cachify::cli
