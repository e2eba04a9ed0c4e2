#pragma once

#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::cache::memcached {

/// The server's limit, for the key as it stands on the wire.
inline constexpr std::size_t kMaxWireKeyBytes = 250;

/// A key as meta commands carry it: as it is, or in base64 (flag `b`) when it holds blanks or control bytes.
struct WireKey {
  std::string text;
  bool base64 = false;
};

/// VALIDATION_ERROR for a key that no command can carry: empty, over 250 bytes, or over 186 with blanks or
/// control bytes in it (the limit counts the base64 form). Nothing unchecked may go on the wire: a refused
/// storage command's value would be read as commands.
[[nodiscard]] Result<WireKey> wireKeyFor(BytesView key);

}  // namespace cachify::cache::memcached
