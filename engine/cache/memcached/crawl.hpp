#pragma once
// One reading of the server's dump of its keys (`lru_crawler metadump`), to its end.

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <optional>

#include "cache/memcached/connection_pool.hpp"
#include "cache/memcached/crawl_parser.hpp"
#include "cache/memcached/signal.hpp"

namespace cachify::cache::memcached {

/// Reads on until it is through, whoever waits: a crawl whose reader pauses holds the crawler's lock, and
/// with it every other command that needs the crawler, worker threads and all. So what a derived class keeps
/// must be bounded. Runs as a coroutine of its own on a connection of its own. Lives on the session's
/// executor.
class Crawl : public std::enable_shared_from_this<Crawl> {
 public:
  explicit Crawl(boost::asio::any_io_executor executor);
  virtual ~Crawl() = default;
  Crawl(const Crawl&) = delete;
  Crawl& operator=(const Crawl&) = delete;

  /// Waits while the server is busy with another crawl, until it is stopped.
  void start(std::shared_ptr<ConnectionPool> pool);
  /// Until the crawl is through. TIMEOUT says so when the server was busy all the time.
  Task<void> waitUntilThrough(CallContext context);
  void stop() { stopSource_.request_stop(); }

  [[nodiscard]] bool isThrough() const { return isThrough_; }
  [[nodiscard]] bool isStopped() const { return stopSource_.stop_requested(); }

 protected:
  /// Every item, as the dump has it.
  virtual void look(const DumpedItem& item) = 0;
  /// After the last one; `error_` is set if it was not the last.
  virtual void ended() {}
  /// What was read is worth waking those who wait.
  [[nodiscard]] virtual bool hasNews() const { return false; }
  /// Asked for once the server's count of items is known; an error ends the crawl before it begins.
  [[nodiscard]] virtual Result<void> judge(const ServerFacts& /*facts*/) { return {}; }

  /// One wait for news.
  Task<void> awaitNews(CallContext context);
  [[nodiscard]] bool isAwaited() const { return progress_.hasWaiters(); }

  std::uint64_t total_ = 0;     ///< items, as the server counts them
  std::optional<Error> error_;  ///< NOT_SUPPORTED where the server does not list its keys

 private:
  boost::asio::awaitable<void> run(std::shared_ptr<ConnectionPool> pool);
  Task<void> crawl(MemcachedConnection& connection, CallContext context);
  Task<void> pause(std::chrono::milliseconds time, CallContext context);
  Task<CrawlParser::State> crawlOnce(MemcachedConnection& connection, std::string command,
                                     CallContext context);

  boost::asio::any_io_executor executor_;
  Signal progress_;
  std::stop_source stopSource_;
  bool isThrough_ = false;
  bool isBusy_ = false;
  std::string refusal_;
};

/// Gives the crawls of one session their turns: the server works at one at a time, and one that has to wait
/// there would block a worker thread of it.
class Crawler {
 public:
  explicit Crawler(std::shared_ptr<ConnectionPool> pool) : pool_(std::move(pool)) {}

  /// Waits for its turn and starts it.
  Task<void> start(std::shared_ptr<Crawl> crawl, CallContext context);

 private:
  std::shared_ptr<ConnectionPool> pool_;
  std::shared_ptr<Crawl> latest_;
};

}  // namespace cachify::cache::memcached
