#pragma once
// The caches that the contract holds for.

#include <gtest/gtest.h>

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cache/cache_session.hpp"

namespace cachify::test {

/// One cache, empty at first. Its sessions all see the same keys.
class CacheUnderTest {
 public:
  virtual ~CacheUnderTest() = default;
  [[nodiscard]] virtual std::unique_ptr<cache::CacheSession> session(boost::asio::any_io_executor executor,
                                                                     ConnectionId connection) = 0;
  /// False: keys with blanks or control bytes are refused.
  [[nodiscard]] virtual bool takesAnyKey() const { return true; }
};

struct CacheKind {
  std::string name;
  std::unique_ptr<CacheUnderTest> (*make)();
};

/// Memory, every way to Redis and to Memcached.
[[nodiscard]] std::vector<CacheKind> everyCache();
[[nodiscard]] inline std::string nameOfCache(const testing::TestParamInfo<CacheKind>& info) {
  return info.param.name;
}

[[nodiscard]] std::unique_ptr<CacheUnderTest> makeMemoryCacheUnderTest();
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeRedisUnderTest();
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeRedisOverUnixSocketUnderTest();
/// With a client certificate.
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeRedisOverTlsUnderTest();
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeRedisThroughSshUnderTest();
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeRedisAsLimitedUserUnderTest();
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeRedisThroughSentinelUnderTest();
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeRedisClusterUnderTest();
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeMemcachedUnderTest();
/// One from before the meta commands.
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeOldMemcachedUnderTest();
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeMemcachedWithPasswordUnderTest();
[[nodiscard]] std::unique_ptr<CacheUnderTest> makeMemcachedOverTlsUnderTest();

}  // namespace cachify::test
