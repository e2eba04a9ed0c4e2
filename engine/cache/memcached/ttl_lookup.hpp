#pragma once
// What is left of TTLs on servers whose reads do not tell it (before 1.6.10): their dump of all keys does.

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "cache/memcached/crawl.hpp"
#include "cache/memcached/item_reads.hpp"

namespace cachify::cache::memcached {

/// One crawl for all keys that are asked for together. That is dear, so it is done for captures and for what
/// keeps a TTL, not for reads; only for caches of at most a million items; and in half of the call's time.
class TtlLookup final : public TtlSource {
 public:
  TtlLookup(boost::asio::any_io_executor executor, std::shared_ptr<ConnectionPool> pool, Crawler& crawler)
      : executor_(std::move(executor)), pool_(std::move(pool)), crawler_(crawler) {}

  Task<void> fill(const std::vector<Bytes>& keys, Items& items, CallContext context) override;

 private:
  boost::asio::any_io_executor executor_;
  std::shared_ptr<ConnectionPool> pool_;
  Crawler& crawler_;
};

}  // namespace cachify::cache::memcached
