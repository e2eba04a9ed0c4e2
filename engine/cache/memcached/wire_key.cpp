#include "cache/memcached/wire_key.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cachify::cache::memcached {
namespace {

bool isBlankOrControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F;
}

}  // namespace

Result<WireKey> wireKeyFor(BytesView key) {
  if (key.empty()) return fail(ErrorCode::validationError, "Memcached has no empty keys");
  WireKey wire{.text = {}, .base64 = std::ranges::any_of(key, isBlankOrControl)};
  wire.text = wire.base64 ? toBase64(key) : std::string(key);
  if (wire.text.size() <= kMaxWireKeyBytes) return wire;
  const int limit = wire.base64 ? 186 : 250;
  return fail(Error{.code = ErrorCode::validationError,
                    .message = fmt::format(
                        "the key of {} bytes is too long for Memcached, which takes {} bytes{}", key.size(),
                        limit, wire.base64 ? " where a key has blanks or control bytes" : "")}
                  .with("keyBytes", static_cast<std::int64_t>(key.size()))
                  .with("limitBytes", std::int64_t{limit}));
}

}  // namespace cachify::cache::memcached
