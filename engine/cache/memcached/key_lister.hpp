#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <memory>

#include "cache/cache_session.hpp"
#include "cache/memcached/connection_pool.hpp"
#include "cache/memcached/listing.hpp"

namespace cachify::cache::memcached {

/// The scans of one session. Crawls follow one another: the server works at one at a time, and one that has
/// to wait there would block a worker thread of it. Lives on the session's executor.
class KeyLister {
 public:
  KeyLister(boost::asio::any_io_executor executor, std::shared_ptr<ConnectionPool> pool);
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
  [[nodiscard]] std::shared_ptr<Listing> running() const;

  boost::asio::any_io_executor executor_;
  std::shared_ptr<ConnectionPool> pool_;
  std::deque<std::shared_ptr<Listing>> listings_;  ///< the latest first
};

}  // namespace cachify::cache::memcached
