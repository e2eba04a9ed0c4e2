#pragma once
// base64 of RFC 4648 section 4, as strict as core::fromBase64.

#include <expected>

#include "core/bytes.hpp"
#include "decode/bounded_bytes.hpp"
#include "decode/codec.hpp"

namespace cachify::decode {

/// Long enough, and of no other characters than base64's, in groups of four: worth decoding unasked. Hex
/// digits alone, or letters of one case alone, are taken for ids and words.
[[nodiscard]] bool looksLikeBase64(BytesView value);

/// Line breaks are skipped. Never `damaged`: what is not base64 is a fault.
[[nodiscard]] std::expected<Unpacked, Fault> unpackBase64(BytesView value, std::uint64_t maxOutputBytes);

}  // namespace cachify::decode
