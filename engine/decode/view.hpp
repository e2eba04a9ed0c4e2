#pragma once
// The ways in which a value can be looked at. Names are what a person types and what JSON carries.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cachify::decode {

enum class View : std::uint8_t {
  automatic,    ///< whatever the bytes are recognised as
  raw,          ///< the bytes as text, nothing decoded
  hex,          ///< rows of 16 bytes
  json,         ///< pretty-printed
  messagePack,  ///< as JSON-like text
  gzip,
  zlib,  ///< deflate with the two-byte header of RFC 1950
  zstd,
  lz4,  ///< the frame format
  base64,
};

/// "auto", "raw", "hex", "json", "msgpack", "gzip", "zlib", "zstd", "lz4", "base64".
[[nodiscard]] std::string_view wireName(View view);
[[nodiscard]] std::optional<View> viewFromName(std::string_view name);
/// Every view, in the order of the enumeration.
[[nodiscard]] std::span<const View> allViews();

}  // namespace cachify::decode
