#include "actions/connection_watch.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "actions/alerts/raise_alert.hpp"
#include "actions/frames.hpp"
#include "actions/retrying.hpp"
#include "events/alert_events.hpp"
#include "events/connection_events.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {
namespace {

using Clock = std::chrono::steady_clock;

/// A ping that takes longer is not answered: a black hole is noticed in about 7 s whatever the profile's
/// timeout.
constexpr std::chrono::milliseconds kPatience{5000};
/// After a session was closed under us, because its profile changed.
constexpr std::chrono::milliseconds kLookAgain{100};

template <class Event>
Event noticed(const domain::ConnectionProfile& profile) {
  Event event;
  event.connectionId = profile.id;
  event.environment = profile.environment;
  return event;
}

events::AlertRaised lossAlert(const domain::ConnectionProfile& profile, const Error& error) {
  const bool onProd = profile.environment == domain::Environment::prod;
  return {.severity = onProd ? events::Severity::critical : events::Severity::warning,
          .title = "Connection lost",
          .message = fmt::format("'{}' does not answer any more: {}. It is tried again until it does.",
                                 profile.name, error.message),
          .source = "observability",
          .connectionId = profile.id,
          .environment = profile.environment};
}

}  // namespace

Task<void> ConnectionWatch::keep(ConnectionId id) {
  if (kept_.contains(id)) co_return Result<void>();
  const auto known = state_.profile(id);
  if (!known) co_return std::unexpected(known.error());
  const auto kept = kept_[id] = std::make_shared<Kept>(id);
  kept->profile = known->profile;
  boost::asio::co_spawn(context_.net, run(kept), boost::asio::detached);
  co_return Result<void>();
}

Task<void> ConnectionWatch::letGo(ConnectionId id) {
  if (const auto found = kept_.find(id); found != kept_.end()) {
    const SharedKept kept = found->second;
    close(kept);
  }
  co_return Result<void>();
}

Task<std::vector<LinkStatus>> ConnectionWatch::links() {
  std::vector<LinkStatus> all;
  all.reserve(kept_.size());
  for (const auto& [id, kept] : kept_) all.push_back(kept->link.status());
  co_return all;
}

Task<void> ConnectionWatch::tell(std::weak_ptr<const Listener> listener) {
  listeners_.push_back(std::move(listener));
  co_return Result<void>();
}

void ConnectionWatch::stop() {
  for (const auto& [id, kept] : kept_) kept->stop.request_stop();
  kept_.clear();
}

void ConnectionWatch::close(const SharedKept& kept) {
  kept->stop.request_stop();
  kept_.erase(kept->link.status().connection);
  announce(*kept, kept->link.close(Clock::now()));
}

awaitable<void> ConnectionWatch::run(SharedKept kept) {
  for (;;) {
    const std::optional<std::chrono::milliseconds> wait = co_await check(kept);
    if (!wait) co_return;
    const Result<void> waited = co_await sleepFor(*wait, kept->stop.get_token());
    if (!waited) co_return;
  }
}

awaitable<std::optional<std::chrono::milliseconds>> ConnectionWatch::check(SharedKept kept) {
  auto known = state_.profile(kept->profile.id);
  if (!known && known.error().code == ErrorCode::notFound) {
    close(kept);
    co_return std::nullopt;
  }
  if (known) kept->profile = std::move(known->profile);
  Result<std::chrono::microseconds> latency = co_await beat(kept);
  if (kept->stop.stop_requested()) co_return std::nullopt;
  if (!latency && latency.error().code == ErrorCode::cancelled) {
    // The session was closed for its profile changed: another one takes its place.
    kept->heartbeat.reset();
    kept->session.reset();
    co_return kLookAgain;
  }
  const auto now = Clock::now();
  auto change = latency ? kept->link.answered(*latency, now) : kept->link.failed(latency.error(), now);
  if (change && change->event == LinkEvent::lost) sessions_.renew(kept->profile.id);
  if (change) announce(*kept, *std::move(change));
  co_return kept->link.nextCheckIn(kept->profile.retry, jitter());
}

Task<std::chrono::microseconds> ConnectionWatch::beat(SharedKept kept) {
  Result<std::shared_ptr<cache::CacheSession>> session = co_await sessions_.session(kept->profile);
  if (!session) co_return std::unexpected(session.error());
  if (*session != kept->session) {
    kept->heartbeat = (*session)->heartbeat();
    kept->session = *session;
  }
  const auto patience = std::min(kept->profile.timeout, kPatience);
  const CallContext context = CallContext::within(patience, kept->stop.get_token());
  Result<std::chrono::microseconds> latency = co_await kept->heartbeat->beat(context);
  co_return latency;
}

void ConnectionWatch::announce(const Kept& kept, LinkChange change) {
  change.at = context_.clock.now();
  sayOpen();
  record(kept.profile, change);
  std::erase_if(listeners_, [](const auto& known) { return known.expired(); });
  const auto listeners = listeners_;
  for (const auto& known : listeners) {
    if (const auto listener = known.lock()) (*listener)(change);
  }
}

void ConnectionWatch::sayOpen() {
  std::set<ConnectionId> open;
  for (const auto& [id, kept] : kept_) {
    if (kept->link.status().state == LinkState::open) open.insert(id);
  }
  const Result<void> said = self_.sayOpen(open);
  if (!said) spdlog::warn("other processes do not learn what is open here: {}", said.error().message);
}

void ConnectionWatch::record(const domain::ConnectionProfile& profile, const LinkChange& change) const {
  const Trace trace{.correlation = Uuid::makeV7(change.at), .causation = {}};
  const std::string stream = operationsStream(context_.session);
  log::AppendRequest request;
  request.durability = log::Durability::soon;
  const LinkStatus& status = change.status;
  if (change.event == LinkEvent::opened) {
    auto opened = noticed<events::ConnectionOpened>(profile);
    opened.latency = *status.latency;
    request.frames.push_back(makeFrame(context_, trace, stream, opened));
  } else if (change.event == LinkEvent::lost) {
    auto lost = noticed<events::ConnectionLost>(profile);
    lost.errorCode = wireName(status.error->code);
    lost.message = status.error->message;
    request.frames.push_back(makeFrame(context_, trace, stream, lost));
    const Trace cause{trace.correlation, request.frames.front().firstEventId};
    raiseAlert(context_, cause, domain::AlertSource::connectionLost, lossAlert(profile, *status.error),
               request.frames);
  } else if (change.event == LinkEvent::restored) {
    auto restored = noticed<events::ConnectionRestored>(profile);
    restored.duration = change.away;
    restored.attempts = change.attempts;
    restored.latency = *status.latency;
    request.frames.push_back(makeFrame(context_, trace, stream, restored));
  } else {
    return;
  }
  // No person did this: the timeline's source is the engine.
  for (log::FrameDraft& frame : request.frames) frame.actor.surface = "engine";
  context_.log.appendAsync(std::move(request), [](const Result<log::AppendReceipt>& receipt) {
    if (!receipt) spdlog::warn("a change of a connection could not be recorded: {}", receipt.error().message);
  });
}

}  // namespace cachify::actions
