#include "cache/memcached/key_lister.hpp"

#include <algorithm>

#include "cache/memcached/item_reads.hpp"
#include "core/glob.hpp"

namespace cachify::cache::memcached {
namespace {

// Two, so that a person's browsing and a workflow's planning do not drive each other's window out.
constexpr std::size_t kMaxListings = 2;

/// What a pattern without magic stands for.
Bytes literalOf(BytesView pattern) {
  Bytes literal;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    literal.push_back(pattern[i]);
  }
  return literal;
}

}  // namespace

KeyLister::KeyLister(boost::asio::any_io_executor executor, std::shared_ptr<ConnectionPool> pool,
                     Crawler& crawler)
    : executor_(std::move(executor)), pool_(std::move(pool)), crawler_(crawler) {}

Task<ScanPage> KeyLister::scan(ScanRequest request, CallContext context) {
  if (request.type && *request.type != domain::ValueType::string) co_return ScanPage{};
  if (isLiteralGlob(request.pattern)) {
    Bytes key = literalOf(request.pattern);
    co_return co_await lookUp(std::move(key), context);
  }
  const std::size_t limit = request.limit;
  const std::uint64_t maxScanned = request.maxScanned;
  auto listing = co_await listingFor(std::move(request), context);
  if (!listing) co_return fail(listing.error());
  auto page = co_await (*listing)->takePage(limit, maxScanned, context);
  if (!page || page->nextCursor.empty()) std::erase(listings_, *listing);
  co_return page;
}

Task<ScanPage> KeyLister::lookUp(Bytes key, CallContext context) {
  ScanPage page;
  page.scanned = 1;
  auto lease = co_await pool_->acquire(context);
  if (!lease) co_return fail(lease.error());
  if (!(*lease)->dialect().keyFor(key)) co_return page;
  auto facts = co_await (*lease)->facts(context);
  if (!facts) co_return fail(facts.error());
  page.total = facts->items;
  std::vector<Bytes> keys{key};
  auto headers = co_await fetchHeaders(**lease, std::move(keys), context);
  if (!headers) co_return fail(headers.error());
  if (headers->front()) page.keys.push_back(std::move(key));
  co_return page;
}

Task<std::shared_ptr<Listing>> KeyLister::listingFor(ScanRequest request, CallContext context) {
  auto cursor = parseCursor(request.cursor);
  if (!cursor) co_return fail(cursor.error());
  const auto now = std::chrono::steady_clock::now();
  if (!request.cursor.empty()) {
    for (const auto& listing : listings_) {
      if (listing->continues(request.pattern, *cursor, now)) co_return listing;
    }
  }
  // Whoever goes on from a cursor may be another process: only the beginning may choose its order.
  const bool asDumped = request.whole && request.cursor.empty();
  auto listing = std::make_shared<Listing>(executor_, std::move(request.pattern), cursor->position,
                                           asDumped ? Listing::Order::asDumped : Listing::Order::byHash);
  std::shared_ptr<Crawl> crawl = listing;
  auto started = co_await crawler_.start(std::move(crawl), context);
  if (!started) co_return fail(started.error());
  listings_.push_front(listing);
  if (listings_.size() > kMaxListings) listings_.pop_back();
  co_return listing;
}

void KeyLister::stop() {
  for (const auto& listing : listings_) listing->stop();
}

}  // namespace cachify::cache::memcached
