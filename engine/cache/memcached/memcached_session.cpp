#include "cache/memcached/memcached_session.hpp"

#include <algorithm>
#include <charconv>

#include "cache/capture_rules.hpp"
#include "cache/memcached/connection_pool.hpp"
#include "cache/memcached/held_run.hpp"
#include "cache/memcached/item_reads.hpp"
#include "cache/memcached/key_lister.hpp"
#include "cache/memcached/mutation_run.hpp"
#include "cache/memcached/server_probe.hpp"
#include "cache/memcached/stats.hpp"
#include "cache/memcached/ttl_lookup.hpp"
#include "cache/mutation_rules.hpp"
#include "cache/pooled_heartbeat.hpp"
#include "cache/read_range.hpp"
#include "cache/transport/way_in.hpp"

namespace cachify::cache {
namespace {

using boost::asio::awaitable;
using namespace memcached;

class MemcachedHold final : public Hold {
 public:
  std::vector<HeldKey> keys;
};

Result<std::uint64_t> parseOffset(std::string_view cursor) {
  std::uint64_t offset = 0;
  if (cursor.empty()) return offset;
  const auto [end, problem] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), offset);
  if (problem == std::errc() && end == cursor.data() + cursor.size()) return offset;
  return noSuchCursor(cursor);
}

Error noCas() {
  return Error{
      .code = ErrorCode::notSupported,
      .message = "the server runs without CAS (-C), so it cannot tell whether a key changed meanwhile"}
      .with("capability", std::string("cas"));
}

/// Memcached gives whole values only: what the range leaves out is cut off here.
ReadValue readFrom(Item&& item, std::uint64_t offset, const ReadRange& range) {
  ReadValue read{.type = domain::ValueType::string,
                 .ttl = item.ttl,
                 .ttlKnown = !item.ttlNotRead,
                 .sizeBytes = item.sizeBytes,
                 .value = {},
                 .flags = item.flags,
                 .encoding = {},
                 .nextCursor = {}};
  const auto from = static_cast<std::size_t>(std::min<std::uint64_t>(offset, item.value.size()));
  const auto size =
      static_cast<std::size_t>(std::min<std::uint64_t>(range.maxBytes, item.value.size() - from));
  if (from + size < item.value.size()) read.nextCursor = std::to_string(from + size);
  const bool isWhole = size == item.value.size();
  read.value = isWhole ? std::move(item.value) : item.value.substr(from, size);
  return read;
}

class MemcachedSession final : public CacheSession {
 public:
  MemcachedSession(boost::asio::any_io_executor executor, const domain::ConnectionProfile& profile,
                   SecretText password, SecretText tlsKeyPassphrase)
      : connection_(profile.id),
        pool_(std::make_shared<ConnectionPool>(executor, endpointOf(profile, std::move(tlsKeyPassphrase)),
                                               Login{profile.username, std::move(password)})),
        crawler_(pool_),
        lister_(executor, pool_, crawler_),
        ttls_(executor, pool_, crawler_) {}
  ~MemcachedSession() override { pool_->close(); }

  Task<ServerInfo> probe(CallContext context) override {
    auto lease = co_await pool_->acquire(context);
    if (!lease) co_return fail(lease.error());
    co_return co_await probeServer(**lease, context);
  }

  Task<std::chrono::microseconds> ping(CallContext context) override {
    auto lease = co_await pool_->acquire(context);
    if (!lease) co_return fail(lease.error());
    co_return co_await pingServer(**lease, context);
  }

  Task<ServerStats> stats(std::string family, CallContext context) override {
    auto lease = co_await pool_->acquire(context);
    if (!lease) co_return fail(lease.error());
    co_return co_await fetchStats(**lease, std::move(family), context);
  }

  Task<SlowLog> slowLog(CallContext /*context*/) override {
    co_return fail(ErrorCode::notSupported, "memcached keeps no log of slow commands");
  }
  Task<ScanPage> scan(ScanRequest request, CallContext context) override {
    co_return co_await lister_.scan(std::move(request), context);
  }

  Task<std::vector<KeyDescription>> describe(std::vector<Bytes> keys, CallContext context) override {
    auto lease = co_await pool_->acquire(context);
    if (!lease) co_return fail(lease.error());
    auto headers = co_await fetchHeaders(**lease, std::move(keys), context);
    if (!headers) co_return fail(headers.error());
    std::vector<KeyDescription> descriptions(headers->size());
    for (std::size_t i = 0; i < headers->size(); ++i) {
      const auto& header = (*headers)[i];
      if (!header) continue;
      descriptions[i] = {.type = domain::ValueType::string,
                         .ttl = header->ttl,
                         .ttlKnown = !header->ttlNotRead,
                         .sizeBytes = header->sizeBytes};
    }
    co_return descriptions;
  }

  Task<ReadValue> read(Bytes key, ReadRange range, CallContext context) override {
    auto offset = parseOffset(range.cursor);
    if (!offset) co_return fail(offset.error());
    if (auto valid = checkRange(domain::ValueType::none, range); !valid) co_return fail(valid.error());
    if (range.type.value_or(domain::ValueType::string) != domain::ValueType::string)
      co_return fail(ErrorCode::notSupported, "Memcached has no other values than strings");
    auto lease = co_await pool_->acquire(context);
    if (!lease) co_return fail(lease.error());
    std::vector<Bytes> keys{std::move(key)};
    auto items = co_await fetchItems(**lease, std::move(keys), context);
    if (!items) co_return fail(items.error());
    if (!items->front()) co_return ReadValue{};
    if (auto valid = checkRange(domain::ValueType::string, range); !valid) co_return fail(valid.error());
    if (range.element) co_return fail(noSuchElements(domain::ValueType::string));
    co_return readFrom(std::move(*items->front()), *offset, range);
  }

  Task<std::vector<domain::Capture>> capture(std::vector<Bytes> keys, CaptureLimits limits,
                                             CallContext context) override {
    auto items = co_await captureAll(std::move(keys), limits, context);
    if (!items) co_return fail(items.error());
    std::vector<domain::Capture> captures;
    captures.reserve(items->size());
    for (auto& item : *items) captures.push_back(std::move(item.capture));
    co_return captures;
  }

  Task<HeldCapture> captureHeld(std::vector<Bytes> keys, CaptureLimits limits, CallContext context) override {
    auto items = co_await captureAll(std::move(keys), limits, context);
    if (!items) co_return fail(items.error());
    HeldCapture held;
    auto hold = std::make_unique<MemcachedHold>();
    for (auto& item : *items) {
      const bool existed = item.capture.existed();
      if (existed && item.cas == 0) {
        co_return fail(noCas());
      }
      const auto kind = existed ? Guard::Kind::unchanged : Guard::Kind::absent;
      hold->keys.push_back(HeldKey{.key = item.capture.key,
                                   .guard = Guard{kind, item.cas},
                                   .deadline = item.capture.deadline,
                                   .deadlineNotRead = item.capture.deadlineNotRead,
                                   .sizeBytes = item.capture.sizeBytes});
      held.captures.push_back(std::move(item.capture));
    }
    held.hold = std::move(hold);
    co_return held;
  }

  awaitable<std::vector<ApplyOutcome>> apply(domain::Permit permit, std::vector<domain::Mutation> mutations,
                                             std::unique_ptr<Hold> hold, CallContext context) override {
    const std::size_t count = mutations.size();
    auto allowed = spendPermit(permit, connection_, mutations, hold != nullptr);
    if (!allowed) co_return Outcomes(count, refused(allowed.error()));
    auto lease = co_await pool_->acquire(context);
    if (!lease) co_return Outcomes(count, outcomeOfFailure(lease.error(), false));
    auto facts = co_await (*lease)->facts(context);
    if (!facts) co_return Outcomes(count, outcomeOfFailure(facts.error(), false));
    if (hold == nullptr)
      co_return co_await runMutations(**lease, *facts, ttls_, std::move(mutations), context);
    auto* held = dynamic_cast<MemcachedHold*>(hold.get());
    if (held == nullptr) {
      const Error foreign{.code = ErrorCode::internalError, .message = "this hold is another session's"};
      co_return Outcomes(count, refused(foreign));
    }
    domain::Mutation mutation = std::move(mutations.front());
    std::vector<HeldKey> keys = std::move(held->keys);
    Outcomes outcomes;
    outcomes.push_back(co_await runHeld(**lease, *facts, std::move(mutation), std::move(keys), context));
    co_return outcomes;
  }

  Task<Subscription> subscribe(SubscribeRequest request, CallContext) override {
    co_return fail(ErrorCode::notSupported,
                   request.keyspaceEvents ? kNoKeyEvents : "Memcached has no channels to listen to");
  }

  std::unique_ptr<Heartbeat> heartbeat() override {
    return std::make_unique<PooledHeartbeat<ConnectionPool, Lease, MemcachedConnection>>(pool_, &pingServer);
  }
  void renew() override { pool_->renew(); }
  void close() override {
    lister_.stop();
    pool_->close();
  }

 private:
  Task<std::vector<CapturedItem>> captureAll(std::vector<Bytes> keys, CaptureLimits limits,
                                             CallContext context) {
    auto lease = co_await pool_->acquire(context);
    if (!lease) co_return fail(lease.error());
    auto facts = co_await (*lease)->facts(context);
    if (!facts) co_return fail(facts.error());
    co_return co_await captureItems(**lease, *facts, ttls_, std::move(keys), limits, context);
  }

  ConnectionId connection_;
  std::shared_ptr<ConnectionPool> pool_;
  Crawler crawler_;
  KeyLister lister_;
  TtlLookup ttls_;
};

}  // namespace

std::unique_ptr<CacheSession> makeMemcachedSession(boost::asio::any_io_executor executor,
                                                   const domain::ConnectionProfile& profile,
                                                   SecretText password, SecretText tlsKeyPassphrase) {
  return std::make_unique<MemcachedSession>(std::move(executor), profile, std::move(password),
                                            std::move(tlsKeyPassphrase));
}

}  // namespace cachify::cache
