#include "cache/memory/memory_session.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>

#include "cache/mutation_rules.hpp"
#include "cache/notice_queue.hpp"

namespace cachify::cache {
namespace {

class MemoryHold final : public Hold {
 public:
  std::vector<MemoryCache::HeldKey> keys;
};

constexpr std::chrono::microseconds kPing{1};

ServerInfo memoryServerInfo() {
  ServerInfo info;
  info.version = "memory";
  info.role = "master";
  info.nodes.push_back({.address = "memory", .version = info.version, .role = info.role, .latency = kPing});
  info.capabilities.fill({.supported = true, .reason = {}});
  for (const auto missing : {Capability::monitorStream, Capability::slowLog}) {
    info.capabilities[static_cast<std::size_t>(missing)] = {
        .supported = false, .reason = "the in-memory cache has no server that could report it"};
  }
  return info;
}

/// A session in memory is never lost.
class MemoryHeartbeat final : public Heartbeat {
 public:
  explicit MemoryHeartbeat(CacheSession& session) : session_(session) {}
  Task<std::chrono::microseconds> beat(CallContext context) override {
    return session_.ping(std::move(context));
  }

 private:
  CacheSession& session_;
};

class MemorySession final : public CacheSession {
 public:
  MemorySession(boost::asio::any_io_executor executor, ConnectionId connection,
                std::shared_ptr<MemoryCache> cache)
      : executor_(std::move(executor)), connection_(connection), cache_(std::move(cache)) {}
  ~MemorySession() override { close(); }

  Task<ServerInfo> probe(CallContext context) override {
    if (auto ready = check(context); !ready) co_return std::unexpected(ready.error());
    co_return memoryServerInfo();
  }

  Task<std::chrono::microseconds> ping(CallContext context) override {
    if (auto ready = check(context); !ready) co_return std::unexpected(ready.error());
    co_return kPing;
  }

  Task<ServerStats> stats(std::string family, CallContext context) override {
    if (auto ready = check(context); !ready) co_return std::unexpected(ready.error());
    constexpr std::array kFamilies{kGeneralStats};
    auto known = statsFamily(family, kFamilies);
    if (!known) co_return std::unexpected(known.error());
    const auto keys = cache_->scan({.maxScanned = 1}).value_or(ScanPage()).total.value_or(0);
    ServerStats answer{.family = *known, .sections = {}};
    answer.sections.push_back({.values = {{"keys", std::to_string(keys)}}});
    co_return answer;
  }

  Task<SlowLog> slowLog(CallContext /*context*/) override {
    co_return fail(ErrorCode::notSupported, "the in-memory cache keeps no log of slow commands");
  }
  Task<ScanPage> scan(ScanRequest request, CallContext context) override {
    if (auto ready = check(context); !ready) co_return std::unexpected(ready.error());
    co_return cache_->scan(request);
  }

  Task<std::vector<KeyDescription>> describe(std::vector<Bytes> keys, CallContext context) override {
    if (auto ready = check(context); !ready) co_return std::unexpected(ready.error());
    std::vector<KeyDescription> descriptions;
    for (const auto& key : keys) descriptions.push_back(cache_->describe(key));
    co_return descriptions;
  }

  Task<ReadValue> read(Bytes key, ReadRange range, CallContext context) override {
    if (auto ready = check(context); !ready) co_return std::unexpected(ready.error());
    co_return cache_->read(key, range);
  }

  Task<std::vector<domain::Capture>> capture(std::vector<Bytes> keys, CaptureLimits limits,
                                             CallContext context) override {
    if (auto ready = check(context); !ready) co_return std::unexpected(ready.error());
    std::vector<domain::Capture> captures;
    for (const auto& key : keys) captures.push_back(cache_->capture(key, limits, nullptr));
    co_return captures;
  }

  Task<HeldCapture> captureHeld(std::vector<Bytes> keys, CaptureLimits limits, CallContext context) override {
    if (auto ready = check(context); !ready) co_return std::unexpected(ready.error());
    HeldCapture held;
    auto hold = std::make_unique<MemoryHold>();
    hold->keys.resize(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      held.captures.push_back(cache_->capture(keys[i], limits, &hold->keys[i]));
    }
    held.hold = std::move(hold);
    co_return held;
  }

  boost::asio::awaitable<std::vector<ApplyOutcome>> apply(domain::Permit permit,
                                                          std::vector<domain::Mutation> mutations,
                                                          std::unique_ptr<Hold> hold,
                                                          CallContext context) override {
    auto allowed = spendPermit(permit, connection_, mutations, hold != nullptr);
    if (!allowed) co_return allOf(mutations, ApplyStatus::refused, allowed.error());
    if (auto ready = check(context); !ready) co_return allOf(mutations, ApplyStatus::notSent, ready.error());
    const auto* held = dynamic_cast<const MemoryHold*>(hold.get());
    const std::vector<MemoryCache::HeldKey> none;
    std::vector<ApplyOutcome> outcomes;
    for (const auto& mutation : mutations) {
      outcomes.push_back(cache_->apply(mutation, held == nullptr ? none : held->keys));
    }
    co_return outcomes;
  }

  Task<Subscription> subscribe(SubscribeRequest request, CallContext context) override {
    if (auto ready = check(context); !ready) co_return std::unexpected(ready.error());
    if (!request.channels.empty() || !request.patterns.empty() || !request.keyspaceEvents)
      co_return fail(ErrorCode::notSupported, "the in-memory cache has no channels, only key events");
    auto queue = std::make_shared<NoticeQueue>(executor_, request);
    // Changes may come from sessions on other threads.
    const std::weak_ptr<NoticeQueue> held = queue;
    auto listener = std::make_shared<const MemoryCache::KeyEventListener>(
        [executor = executor_, held](const KeyEvent& event) {
          boost::asio::post(executor, [held, event] {
            if (const auto target = held.lock()) target->push(event);
          });
        });
    cache_->tell(listener);
    queue->onClose([listener] {});  // it lives no longer than the queue is open
    open_.add(queue);
    Subscription subscription(std::move(queue));
    co_return subscription;
  }

  std::unique_ptr<Heartbeat> heartbeat() override { return std::make_unique<MemoryHeartbeat>(*this); }
  void renew() override {}
  void close() final {
    closed_ = true;
    open_.closeAll();
  }

 private:
  [[nodiscard]] Result<void> check(const CallContext& context) const {
    if (closed_ || context.stop.stop_requested()) return fail(ErrorCode::cancelled, "the call was cancelled");
    if (std::chrono::steady_clock::now() < context.deadline) return {};
    return fail(
        Error{.code = ErrorCode::timeout, .message = "the time for this call is over", .retryable = true});
  }

  static std::vector<ApplyOutcome> allOf(const std::vector<domain::Mutation>& mutations, ApplyStatus status,
                                         const Error& error) {
    return std::vector<ApplyOutcome>(mutations.size(), {.status = status, .error = error});
  }

  boost::asio::any_io_executor executor_;
  ConnectionId connection_;
  std::shared_ptr<MemoryCache> cache_;
  OpenQueues open_;
  bool closed_ = false;
};

}  // namespace

std::unique_ptr<CacheSession> makeMemorySession(boost::asio::any_io_executor executor,
                                                ConnectionId connection, std::shared_ptr<MemoryCache> cache) {
  return std::make_unique<MemorySession>(std::move(executor), connection, std::move(cache));
}

}  // namespace cachify::cache
