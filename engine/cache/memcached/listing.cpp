#include "cache/memcached/listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <random>

#include "cache/read_range.hpp"
#include "core/glob.hpp"

namespace cachify::cache::memcached {
namespace {

using namespace std::chrono_literals;

// Room for a million keys of some thirty bytes.
constexpr std::size_t kWindowBytes = 48 << 20;
// A window that nobody came back to for so long tells of a cache that is no more.
constexpr auto kWindowLife = 2min;

std::uint64_t randomToken() {
  std::random_device source;
  return (std::uint64_t{source()} << 32) | source();
}

}  // namespace

Listing::Listing(boost::asio::any_io_executor executor, Bytes pattern, std::optional<KeyHash> after,
                 Order order)
    : Crawl(std::move(executor)),
      pattern_(std::move(pattern)),
      takesAll_(pattern_ == "*"),
      dump_(order == Order::asDumped ? std::optional(randomToken()) : std::nullopt),
      window_(after, kWindowBytes),
      lastUse_(std::chrono::steady_clock::now()) {}

void Listing::look(const DumpedItem& item) {
  ++scanned_;
  if (brokeOff_ || (!takesAll_ && !globMatches(pattern_, item.key))) return;
  if (!dump_) return window_.add(item.key);
  keepReady(item.key);
}

void Listing::keepReady(BytesView key) {
  ready_.emplace_back(key);
  readyBytes_ += sizeof(Bytes) + key.size();
  if (readyBytes_ <= kWindowBytes) return;
  brokeOff_ = true;
  stop();
}

void Listing::ended() {
  window_.seal();
}

bool Listing::hasNews() const {
  return scanned_ >= wakeAtScanned_ || ready_.size() - nextReady_ >= wakeAtReady_;
}

/// One wait for progress; stops the crawl when the last who waits for it gives up.
Task<void> Listing::await(CallContext context) {
  auto waited = co_await awaitNews(context);
  if (!waited && !isAwaited()) stop();
  co_return waited;
}

Task<ScanPage> Listing::takePage(std::size_t limit, std::uint64_t maxScanned, CallContext context) {
  const auto self = shared_from_this();
  const auto target = reported_ + std::max<std::uint64_t>(std::min<std::uint64_t>(maxScanned, 1ULL << 62), 1);
  wakeAtScanned_ = target;
  wakeAtReady_ = std::max<std::size_t>(limit, 1);
  while (!isThrough() && !hasNews()) {
    auto waited = co_await await(context);
    if (!waited) co_return fail(waited.error());
  }
  if (isThrough() && error_ && !brokeOff_) co_return fail(*error_);
  co_return cutPage(limit);
}

std::vector<Bytes> Listing::takeReady(std::size_t limit) {
  const auto first = ready_.begin() + static_cast<std::ptrdiff_t>(nextReady_);
  const auto count = std::min(limit, ready_.size() - nextReady_);
  const auto last = first + static_cast<std::ptrdiff_t>(count);
  std::vector<Bytes> keys(std::make_move_iterator(first), std::make_move_iterator(last));
  for (const Bytes& key : keys) readyBytes_ -= sizeof(Bytes) + key.size();
  nextReady_ += count;
  // Given back once they are the greater half, so that each is moved about once.
  if (nextReady_ * 2 >= ready_.size()) {
    ready_.erase(ready_.begin(), last);
    nextReady_ = 0;
  }
  return keys;
}

ScanPage Listing::cutPage(std::size_t limit) {
  ScanPage page;
  page.scanned = scanned_ - reported_;
  page.total = total_;
  reported_ = scanned_;
  lastUse_ = std::chrono::steady_clock::now();
  limit = std::max<std::size_t>(limit, 1);
  if (dump_) {
    page.keys = takeReady(limit);
    if (!isThrough() || !ready_.empty() || brokeOff_) page.nextCursor = toText({.dump = dump_});
    return page;
  }
  if (isThrough()) page.keys = window_.take(limit);
  const bool isOver = isThrough() && window_.isEmpty() && !window_.isCut();
  if (!isOver) page.nextCursor = toText({.position = window_.position()});
  return page;
}

bool Listing::continues(BytesView pattern, const ListingCursor& cursor, SteadyTime now) const {
  if (pattern != pattern_ || now - lastUse_ > kWindowLife || cursor.dump != dump_) return false;
  if (brokeOff_) return !ready_.empty();
  if (error_ || isStopped()) return false;
  if (dump_) return true;
  // Through and empty it still has to say that this was all, unless it was cut: then only a new one finds
  // more.
  return cursor.position == window_.position() && !(isThrough() && window_.isEmpty() && window_.isCut());
}

Result<ListingCursor> parseCursor(std::string_view text) {
  if (text.empty() || text == "m-") return ListingCursor{};
  std::uint64_t number = 0;
  const bool isMarked = text.size() == 17 && (text.front() == 'm' || text.front() == 'd');
  const auto* const end = text.data() + text.size();
  if (isMarked && std::from_chars(text.data() + 1, end, number, 16).ptr == end) {
    if (text.front() == 'm') return ListingCursor{.position = number};
    return ListingCursor{.dump = number};
  }
  return noSuchCursor(text);
}

std::string toText(const ListingCursor& cursor) {
  if (cursor.dump) return fmt::format("d{:016x}", *cursor.dump);
  return cursor.position ? fmt::format("m{:016x}", *cursor.position) : "m-";
}

}  // namespace cachify::cache::memcached
