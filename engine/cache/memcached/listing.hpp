#pragma once
// One crawl of the server's keys (`lru_crawler metadump`) into a window that pages are cut from.

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <optional>

#include "cache/cache_session.hpp"
#include "cache/memcached/connection_pool.hpp"
#include "cache/memcached/crawl_parser.hpp"
#include "cache/memcached/key_window.hpp"
#include "cache/memcached/signal.hpp"

namespace cachify::cache::memcached {

/// The crawl reads on between pages until it is through, whether pages are asked for or not: a crawl whose
/// reader pauses holds the crawler's lock, and with it every other command that needs the crawler, worker
/// threads and all. What it reads is bounded (KeyWindow). Lives on the session's executor.
class Listing : public std::enable_shared_from_this<Listing> {
 public:
  Listing(boost::asio::any_io_executor executor, Bytes pattern, std::optional<KeyHash> after);

  /// Starts the crawl on a connection of its own.
  void start(std::shared_ptr<ConnectionPool> pool);
  /// The next page of matches. Before the crawl is through, a page comes without keys once `maxScanned` more
  /// were looked at, so that the progress can be shown. A page that runs out of time or is stopped stops the
  /// crawl, unless others wait for it too.
  Task<ScanPage> takePage(std::size_t limit, std::uint64_t maxScanned, CallContext context);
  /// Until the crawl is through.
  Task<void> waitUntilThrough(CallContext context);
  void stop() { stopSource_.request_stop(); }

  [[nodiscard]] bool isThrough() const { return isThrough_; }
  /// Can pages behind `position` of `pattern` be cut from here?
  [[nodiscard]] bool continues(BytesView pattern, std::optional<KeyHash> position, SteadyTime now) const;

 private:
  boost::asio::awaitable<void> run(std::shared_ptr<ConnectionPool> pool);
  Task<void> crawl(MemcachedConnection& connection, CallContext context);
  Task<CrawlParser::State> crawlOnce(MemcachedConnection& connection, std::string command,
                                     CallContext context);
  Task<void> await(CallContext context);
  void look(BytesView key);
  [[nodiscard]] ScanPage cutPage(std::size_t limit);

  boost::asio::any_io_executor executor_;
  Signal progress_;
  std::stop_source stopSource_;
  Bytes pattern_;
  KeyWindow window_;
  std::uint64_t scanned_ = 0;
  std::uint64_t reported_ = 0;  ///< of `scanned_`, in pages so far
  std::uint64_t wakeAt_ = 0;
  std::uint64_t total_ = 0;
  SteadyTime lastUse_;
  bool isThrough_ = false;
  std::optional<Error> error_;
  std::string refusal_;
};

/// "" and "m-" are the start, "m" and 16 hex digits a hash. VALIDATION_ERROR for anything else.
[[nodiscard]] Result<std::optional<KeyHash>> parseCursor(std::string_view cursor);
[[nodiscard]] std::string cursorAt(std::optional<KeyHash> position);

}  // namespace cachify::cache::memcached
