#include "cache/redis/server_time.hpp"

#include <charconv>

namespace cachify::cache::redis {
namespace {

std::int64_t number(const Bytes& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

std::optional<WallTime> serverTimeIn(const Reply& reply) {
  if (!reply.isArray() || reply.elements.size() != 2) return std::nullopt;
  return WallTime(std::chrono::seconds(number(reply.elements[0].text)) +
                  std::chrono::microseconds(number(reply.elements[1].text)));
}

}  // namespace cachify::cache::redis
