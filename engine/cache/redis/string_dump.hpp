#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.hpp"

namespace cachify::cache::redis {

/// Whether the DUMP payload is that of a string key.
[[nodiscard]] bool isStringDump(BytesView dump);

/// The string in the DUMP payload of a string key, so that it need not be fetched a second time. Nothing for
/// other types and for what does not add up. Format: the Redis RDB file format, string encoding (length,
/// integer or LZF), followed by a footer of version and checksum, which are not looked at.
[[nodiscard]] std::optional<Bytes> stringInDump(BytesView dump, std::uint64_t maxBytes);

}  // namespace cachify::cache::redis
