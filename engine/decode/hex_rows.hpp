#pragma once
// Bytes as rows of 16, the way `hexdump -C` shows them: offset, bytes, and what of them is printable ASCII.

#include <cstdint>
#include <string>

#include "core/bytes.hpp"

namespace cachify::decode {

struct HexRows {
  std::string text;
  /// There were more bytes than rows of at most `maxOutputBytes` can show.
  bool cut = false;
};

[[nodiscard]] HexRows hexRows(BytesView bytes, std::uint64_t maxOutputBytes);

}  // namespace cachify::decode
