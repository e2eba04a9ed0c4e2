#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <memory>

#include "cache/cache_session.hpp"
#include "cache/memcached/connection_pool.hpp"
#include "cache/memcached/crawl.hpp"
#include "cache/memcached/listing.hpp"

namespace cachify::cache::memcached {

/// The scans of one session. Lives on the session's executor, no longer than `crawler`.
class KeyLister {
 public:
  KeyLister(boost::asio::any_io_executor executor, std::shared_ptr<ConnectionPool> pool, Crawler& crawler);
  ~KeyLister() { stop(); }
  KeyLister(const KeyLister&) = delete;
  KeyLister& operator=(const KeyLister&) = delete;

  /// NOT_SUPPORTED where the server does not list its keys. A pattern without magic is looked up, not
  /// searched for.
  Task<ScanPage> scan(ScanRequest request, CallContext context);
  void stop();

 private:
  Task<ScanPage> lookUp(Bytes key, CallContext context);
  Task<std::shared_ptr<Listing>> listingFor(ScanRequest request, CallContext context);

  boost::asio::any_io_executor executor_;
  std::shared_ptr<ConnectionPool> pool_;
  Crawler& crawler_;
  std::deque<std::shared_ptr<Listing>> listings_;  ///< the latest first
};

}  // namespace cachify::cache::memcached
