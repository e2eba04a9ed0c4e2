#include "cache/memcached/server_facts.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>

namespace cachify::cache::memcached {
namespace {

// Item header, CAS, client flags, the key's NUL and the value's newline on a 64-bit server, counted against
// -I.
constexpr std::uint64_t kItemOverheadBytes = 48 + 8 + 4 + 1 + 2;
constexpr std::chrono::seconds kClockResolution{2};

std::uint64_t numberIn(std::string_view text, std::uint64_t otherwise) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end != text.data() ? number : otherwise;
}

std::chrono::seconds clockOffset(std::uint64_t serverTime) {
  const auto ours = std::chrono::floor<std::chrono::seconds>(SystemClock().now().time_since_epoch());
  const std::chrono::seconds offset = std::chrono::seconds(serverTime) - ours;
  return std::chrono::abs(offset) < kClockResolution ? std::chrono::seconds(0) : offset;
}

}  // namespace

void ServerFacts::note(std::string_view name, std::string_view value) {
  if (name == "version") version = escapeForDisplay(value);
  if (name == "curr_items") items = numberIn(value, 0);
  if (name == "time") clockOffset = memcached::clockOffset(numberIn(value, 0));
  if (name == "item_size_max") maxItemBytes = numberIn(value, maxItemBytes);
  if (name == "cas_enabled") casEnabled = value != "no";
  if (name == "dump_enabled") dumpEnabled = value != "no";
  if (name == "lru_crawler") crawlerEnabled = value != "no";
}

Result<void> checkItemSize(const ServerFacts& facts, BytesView key, std::uint64_t valueBytes) {
  if (key.size() + valueBytes + kItemOverheadBytes <= facts.maxItemBytes) return {};
  return fail(
      Error{.code = ErrorCode::validationError,
            .message = fmt::format("the value of {} bytes is larger than this server takes (items of up to "
                                   "{} bytes, key and header included; option -I)",
                                   valueBytes, facts.maxItemBytes)}
          .with("valueBytes", static_cast<std::int64_t>(valueBytes))
          .with("maxItemBytes", static_cast<std::int64_t>(facts.maxItemBytes)));
}

}  // namespace cachify::cache::memcached
