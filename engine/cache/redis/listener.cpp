#include "cache/redis/listener.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>

#include "cache/redis/keyspace_events.hpp"
#include "cache/redis/server_error.hpp"
#include "cache/transport/overlap.hpp"
#include "domain/retry.hpp"

namespace cachify::cache::redis {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kAskEvery{2};
constexpr std::chrono::seconds kSilenceIsLoss{5};

double listenerJitter() {
  std::random_device random;
  return std::uniform_real_distribution<double>(0.0, 1.0)(random);
}

Error silentServer(const std::string& address) {
  return Error{.code = ErrorCode::timeout,
               .message = escapeForDisplay(address) + ": no sign of life from the server",
               .retryable = true}
      .with("endpoint", address);
}

/// One command a channel, for each is answered by itself. CONFIG GET goes first: nothing is told before its
/// answer.
Pipeline subscribeCommands(const Channels& channels, std::uint32_t dbIndex) {
  Pipeline commands;
  if (channels.keyEvents) commands.add("CONFIG", "GET", "notify-keyspace-events");
  if (channels.keyEvents) commands.add("PSUBSCRIBE", keyEventPattern(dbIndex));
  for (const Bytes& name : channels.names) commands.add("SUBSCRIBE", name);
  for (const Bytes& pattern : channels.patterns) commands.add("PSUBSCRIBE", pattern);
  return commands;
}

Result<void> judgeAnswers(const Channels& channels, const std::vector<Reply>& answers) {
  std::size_t rest = 0;
  if (channels.keyEvents) {
    if (auto passing = passingError(answers)) return fail(*std::move(passing));
    CapabilityState told = keyspaceEventsIn(answers[0], answers[1]);
    if (!told.supported) return fail(ErrorCode::notSupported, std::move(told.reason));
    rest = 2;
  }
  for (std::size_t i = rest; i < answers.size(); ++i) {
    if (answers[i].isError()) return fail(classify(answers[i].text));
  }
  return {};
}

}  // namespace

Listener::Listener(asio::any_io_executor executor, std::string name, Where where, Channels channels,
                   std::shared_ptr<NoticeQueue> queue, domain::RetryPolicy retry)
    : executor_(std::move(executor)),
      name_(std::move(name)),
      where_(std::move(where)),
      channels_(std::move(channels)),
      queue_(std::move(queue)),
      retry_(retry),
      timer_(executor_) {}

Task<void> Listener::begin(CallContext context) {
  const auto self = shared_from_this();
  auto subscribed = co_await subscribe(std::move(context));
  if (!subscribed) co_return subscribed;
  asio::co_spawn(executor_, run(), asio::detached);
  co_return subscribed;
}

void Listener::stop() {
  stop_.request_stop();
  lost_ = true;
  timer_.cancel();
  if (lease_) (*lease_)->close();
}

Task<void> Listener::subscribe(CallContext context) {
  auto backend = co_await where_(context);
  if (!backend) co_return fail(std::move(backend).error());
  auto lease = co_await (*backend)->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  const Pipeline commands = subscribeCommands(channels_, (*backend)->dbIndex);
  auto sent = co_await (*lease)->post(commands, context);
  std::vector<Reply> answers;
  while (sent && answers.size() < commands.count()) {
    auto reply = co_await (*lease)->receive(context);
    if (!reply) {
      sent = fail(std::move(reply).error());
    } else if (auto notice = noticeIn(*reply)) {
      queue_->push(*std::move(notice));  // of a channel that was subscribed to a moment ago
    } else {
      answers.push_back(*std::move(reply));
    }
  }
  if (sent) sent = judgeAnswers(channels_, answers);
  if (sent && stopped()) sent = fail(ErrorCode::cancelled, "stopped");
  if (!sent) {
    (*lease)->close();  // it may be subscribed to something, so it is of no use to others
    co_return sent;
  }
  lease_.emplace(*std::move(lease));
  heardAt_ = Clock::now();
  co_return sent;
}

asio::awaitable<void> Listener::run() {
  const auto self = shared_from_this();
  while (!stopped()) {
    Error why = co_await listenUntilLost();
    (*lease_)->close();
    lease_.reset();
    if (stopped()) break;
    const auto since = Clock::now();
    queue_->away(name_, std::move(why));
    const bool again = co_await subscribeAgain();
    if (!again) break;
    queue_->back(name_);
    queue_->push(
        Gap{.dropped = 0, .away = std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - since)});
  }
}

asio::awaitable<Error> Listener::listenUntilLost() {
  lost_ = stopped();
  silence_.reset();
  RedisConnection& connection = **lease_;
  auto receiving = receiveAll(connection);
  auto asking = askForSigns(connection);
  Result<void> ended = co_await overlap(std::move(receiving), std::move(asking));
  if (silence_) co_return *std::move(silence_);
  co_return std::move(ended).error();
}

Task<void> Listener::receiveAll(RedisConnection& connection) {
  const CallContext forAsLongAsItTakes;
  for (;;) {
    auto reply = co_await connection.receive(forAsLongAsItTakes);
    if (!reply) {
      lost_ = true;
      timer_.cancel();
      co_return fail(std::move(reply).error());
    }
    heardAt_ = Clock::now();
    if (auto notice = noticeIn(*std::move(reply))) queue_->push(*std::move(notice));
  }
}

Task<void> Listener::askForSigns(RedisConnection& connection) {
  Pipeline ping;
  ping.add("PING");
  while (!lost_) {
    const SteadyTime next = std::min<SteadyTime>(Clock::now() + kAskEvery, heardAt_ + kSilenceIsLoss);
    co_await waitUntil(next);
    // What came in while this process had no time to look counts: it is read first.
    co_await asio::post(executor_, asio::use_awaitable);
    if (lost_) break;
    const auto silent = Clock::now() - heardAt_;
    if (silent >= kSilenceIsLoss) {
      silence_ = silentServer(connection.address());
      connection.close();
      break;
    }
    if (silent < kAskEvery) continue;
    const CallContext soon = CallContext::within(kSilenceIsLoss);
    auto sent = co_await connection.post(ping, soon);
    if (!sent) break;  // whoever reads is told the same
  }
  co_return Result<void>();
}

asio::awaitable<bool> Listener::subscribeAgain() {
  for (std::uint32_t attempt = 1; !stopped(); ++attempt) {
    const SteadyTime next = Clock::now() + domain::reconnectAfter(retry_, attempt, listenerJitter());
    co_await waitUntil(next);
    if (stopped()) break;
    const CallContext context = CallContext::within(kSilenceIsLoss, stop_.get_token());
    auto subscribed = co_await subscribe(context);
    if (subscribed) co_return true;
    queue_->away(name_, std::move(subscribed).error());
  }
  co_return false;
}

asio::awaitable<void> Listener::waitUntil(SteadyTime time) {
  timer_.expires_at(time);
  boost::system::error_code woken;
  co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

}  // namespace cachify::cache::redis
