#include "actions/observe/key_event_intake.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "actions/frames.hpp"
#include "events/sample_events.hpp"

namespace cachify::actions {
namespace {

constexpr std::chrono::milliseconds kBatchTime{200};
constexpr std::size_t kMostInBatch = 200;
constexpr std::chrono::hours kForAWhile{1};

}  // namespace

struct KeyEventIntake::Listening {
  domain::ConnectionProfile profile;
  std::shared_ptr<cache::CacheSession> session;
  cache::Subscription subscription;
  std::vector<events::KeyspaceSample> batch;
  std::uint64_t missed = 0;

  void take(const cache::Notice& notice) {
    if (const auto* const gap = std::get_if<cache::Gap>(&notice)) missed += gap->dropped;
    const auto* const event = std::get_if<cache::KeyEvent>(&notice);
    if (event == nullptr) return;
    if (batch.size() == kMostInBatch) {
      ++missed;
      return;
    }
    events::KeyspaceSample sample;
    sample.connectionId = profile.id;
    sample.environment = profile.environment;
    sample.event = event->event;
    sample.key = event->key;
    sample.missed = std::exchange(missed, 0);
    batch.push_back(std::move(sample));
  }
};

Task<void> KeyEventIntake::begin(domain::ConnectionProfile profile) {
  if (const auto known = listening_.find(profile.id); known != listening_.end() && !known->second.expired())
    co_return Result<void>();
  Result<std::shared_ptr<cache::CacheSession>> session = co_await sessions_.session(profile);
  if (!session) co_return fail(session.error());
  cache::SubscribeRequest request;
  request.keyspaceEvents = true;
  request.retry = profile.retry;
  const CallContext context = CallContext::within(profile.timeout, stop_.get_token());
  Result<cache::Subscription> subscription = co_await (*session)->subscribe(request, context);
  if (!subscription) co_return fail(subscription.error());
  const std::shared_ptr<Listening> listening(new Listening{
      .profile = profile, .session = *session, .subscription = *std::move(subscription), .batch = {}});
  listening_[profile.id] = listening;
  boost::asio::co_spawn(context_.net, run(listening), boost::asio::detached);
  co_return Result<void>();
}

awaitable<void> KeyEventIntake::run(std::shared_ptr<Listening> listening) {
  for (;;) {
    const bool goesOn = co_await takeBatch(listening);
    record(*listening);
    if (!goesOn) co_return;
  }
}

awaitable<bool> KeyEventIntake::takeBatch(std::shared_ptr<Listening> listening) {
  const CallContext first = CallContext::within(kForAWhile, stop_.get_token());
  Result<cache::Notice> notice = co_await listening->subscription.next(first);
  const CallContext rest = CallContext::within(kBatchTime, stop_.get_token());
  while (notice) {
    listening->take(*notice);
    notice = co_await listening->subscription.next(rest);
  }
  co_return notice.error().code == ErrorCode::timeout;
}

void KeyEventIntake::record(Listening& listening) const {
  if (listening.batch.empty()) return;
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::AppendRequest request;
  request.durability = log::Durability::soon;
  request.frames.push_back(
      makeFrame<events::KeyspaceSample>(context_, trace, "keyspace/" + listening.profile.id.toString(),
                                        std::span<const events::KeyspaceSample>(listening.batch)));
  request.frames.back().actor.surface = "engine";
  listening.batch.clear();
  context_.log.appendAsync(std::move(request), [](const Result<log::AppendReceipt>& receipt) {
    if (!receipt) spdlog::warn("changes of keys could not be recorded: {}", receipt.error().message);
  });
}

}  // namespace cachify::actions
