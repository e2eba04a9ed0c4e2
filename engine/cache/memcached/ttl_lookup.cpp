#include "cache/memcached/ttl_lookup.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "cache/pause.hpp"

namespace cachify::cache::memcached {
namespace {

constexpr std::uint64_t kMostItems = 1'000'000;
// A crawl by LRU misses items that move meanwhile, and they do for a moment after they were stored or looked
// at.
constexpr int kCrawls = 6;
constexpr std::chrono::milliseconds kFirstPause{5};

Error unknownBecause(std::string_view why) {
  return {.code = ErrorCode::notSupported,
          .message = "this server's version does not tell what is left of a TTL, and " + std::string(why)};
}

/// Looks for the items that some call is about.
class TtlCrawl final : public Crawl {
 public:
  /// `items` are those of `keys`; both are left alone until `settleInto`.
  TtlCrawl(boost::asio::any_io_executor executor, const std::vector<Bytes>& keys, const Items& items)
      : Crawl(std::move(executor)) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (items[i] && items[i]->ttlNotRead) wanted_.try_emplace(keys[i]);
    }
  }

  /// True when all TTLs are known now.
  bool settleInto(const std::vector<Bytes>& keys, Items& items) const {
    bool isComplete = true;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      auto& item = items[i];
      if (!item || !item->ttlNotRead) continue;
      const auto found = wanted_.find(keys[i]);
      const bool isKnown = found != wanted_.end() && found->second.expiry && isSame(found->second, *item);
      isComplete = isComplete && isKnown;
      if (!isKnown) continue;
      item->ttlNotRead.reset();
      item->ttl = ttlOf(*found->second.expiry);
    }
    return isComplete;
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  struct Found {
    std::optional<std::int64_t> expiry;
    std::optional<std::int64_t> cas;
  };
  // So that a key in the dump is looked for without being copied.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(BytesView key) const { return std::hash<BytesView>()(key); }
  };

  void look(const DumpedItem& item) override {
    const auto wanted = wanted_.find(item.key);
    if (wanted == wanted_.end()) return;
    wanted->second = {.expiry = item.number("exp"), .cas = item.number("cas")};
  }

  Result<void> judge(const ServerFacts& facts) override {
    facts_ = facts;
    if (facts.items <= kMostItems) return {};
    return fail(unknownBecause("it holds too many items to look for it in the dump of all keys"));
  }

  /// It was not replaced between the two looks.
  static bool isSame(const Found& found, const Item& item) {
    return !found.cas || static_cast<std::uint64_t>(*found.cas) == item.cas;
  }

  [[nodiscard]] std::optional<std::chrono::milliseconds> ttlOf(std::int64_t expiry) const {
    if (expiry < 0) return std::nullopt;
    const auto left = WallTime(std::chrono::seconds(expiry)) - facts_.serverNow();
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds(1));
  }

  std::unordered_map<Bytes, Found, Hash, std::equal_to<>> wanted_;
  ServerFacts facts_;
};

bool lacksAny(const Items& items) {
  return std::ranges::any_of(items, [](const auto& item) { return item && item->ttlNotRead; });
}

void explain(Items& items, const Error& why) {
  for (auto& item : items) {
    if (item && item->ttlNotRead) item->ttlNotRead = why;
  }
}

}  // namespace

Task<void> TtlLookup::fill(const std::vector<Bytes>& keys, Items& items, CallContext context) {
  if (!lacksAny(items)) co_return Result<void>();
  CallContext half = context;
  const auto now = std::chrono::steady_clock::now();
  if (context.deadline != SteadyTime::max()) half.deadline = now + (context.deadline - now) / 2;
  for (int round = 0; round < kCrawls; ++round) {
    auto crawl = std::make_shared<TtlCrawl>(executor_, keys, items);
    std::shared_ptr<Crawl> started = crawl;
    auto done = co_await crawler_.start(std::move(started), half);
    if (done) done = co_await crawl->waitUntilThrough(half);
    if (!done) crawl->stop();
    if (!done && done.error().code == ErrorCode::cancelled) co_return done;
    if (done && crawl->error()) done = fail(*crawl->error());
    if (!done) {
      explain(items, unknownBecause("it could not be looked up: " + done.error().message));
      co_return Result<void>();
    }
    if (crawl->settleInto(keys, items)) co_return Result<void>();
    auto paused = co_await pauseWithin(kFirstPause * (1 << round), half);
    if (!paused && paused.error().code == ErrorCode::cancelled) co_return paused;
  }
  explain(items, unknownBecause("the item was not in the dump of all keys"));
  co_return Result<void>();
}

}  // namespace cachify::cache::memcached
