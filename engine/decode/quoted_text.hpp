#pragma once
// Text rules that JSON and MessagePack share.

#include "core/bytes.hpp"
#include "decode/bounded_bytes.hpp"

namespace cachify::decode {

/// UTF-8 that a person wrote or may read: no control characters but white space and ESC (coloured log lines).
[[nodiscard]] bool isPlainText(BytesView bytes);

/// A JSON string. `text` is UTF-8.
void appendQuoted(BoundedBytes& out, BytesView text);

}  // namespace cachify::decode
