#pragma once
// What a Redis server answers (RESP2).

#include <cstdint>
#include <vector>

#include "core/bytes.hpp"

namespace cachify::cache::redis {

struct Reply {
  enum class Kind : std::uint8_t { nil, integer, status, error, bulk, array };

  Kind kind = Kind::nil;
  std::int64_t integer = 0;
  Bytes text{};  ///< of a status, an error or a bulk string
  std::vector<Reply> elements{};

  [[nodiscard]] bool isNil() const { return kind == Kind::nil; }
  [[nodiscard]] bool isError() const { return kind == Kind::error; }
  [[nodiscard]] bool isInteger() const { return kind == Kind::integer; }
  [[nodiscard]] bool isArray() const { return kind == Kind::array; }
  /// A status or a bulk string.
  [[nodiscard]] bool isText() const { return kind == Kind::status || kind == Kind::bulk; }
};

}  // namespace cachify::cache::redis
