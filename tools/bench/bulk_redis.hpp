#pragma once
// Redis as a plain client drives it in bulk: hiredis on one blocking connection. The yardstick of bulk work.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cachify::bench {

/// Of one thread. Throws std::runtime_error for whatever goes wrong, error replies included.
class BulkRedis {
 public:
  explicit BulkRedis(std::uint16_t port);
  ~BulkRedis();
  BulkRedis(const BulkRedis&) = delete;
  BulkRedis& operator=(const BulkRedis&) = delete;

  /// Commands in wire form; each string goes out at once, and is one round trip.
  struct Pipeline {
    std::vector<std::string> roundTrips;
    std::size_t commands = 0;  ///< in all of them
  };

  void empty();
  /// The keys below, with short strings, and nothing else.
  void fill(std::size_t keys);
  [[nodiscard]] std::size_t size();
  /// SCAN COUNT 10000, UNLINK of 1000 keys at a time, each awaited before the next.
  void scanAndUnlink(const std::string& pattern);
  /// What brings the keys back as they are now.
  [[nodiscard]] Pipeline restorePipeline(std::size_t keys);
  void send(const Pipeline& pipeline);

  /// Gives ten thousand of the keys, or all, deadlines far ahead; the check is that these keys are as `fill`
  /// and this left them.
  void giveDeadlines(std::size_t keys);
  void checkSample(std::size_t keys);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// "key:000000000007": as redis-benchmark writes key:__rand_int__.
[[nodiscard]] std::string keyName(std::size_t number);
inline constexpr const char* kAllKeys = "key:*";

}  // namespace cachify::bench
