#pragma once
// Redis as anyone would use it: hiredis on one blocking connection. What the benchmarks of the cache are
// measured against.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cachify::bench {

/// Of one thread. Throws std::runtime_error for whatever goes wrong, error replies included.
class RawRedis {
 public:
  explicit RawRedis(std::uint16_t port);
  ~RawRedis();
  RawRedis(const RawRedis&) = delete;
  RawRedis& operator=(const RawRedis&) = delete;

  using Command = std::vector<std::string>;
  /// Sent in one go; replies are read and dropped. One round trip.
  void roundTrip(const std::vector<Command>& commands);
  /// One SCAN of that COUNT: moves `cursor` on, and answers the keys.
  [[nodiscard]] std::vector<std::string> scan(std::string& cursor, std::size_t count);
  /// All keys by a loop of SCANs; how many.
  [[nodiscard]] std::size_t countByScan(std::size_t count);
  /// `key:0` … with short strings; nothing else is left.
  void fill(std::size_t keys);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace cachify::bench
