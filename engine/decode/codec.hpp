#pragma once
// The decompressions, all alike: known by their first bytes, unpacked up to a limit.

#include <cstdint>
#include <string>

#include "core/bytes.hpp"
#include "decode/view.hpp"

namespace cachify::decode {

struct Unpacked {
  enum class Ending : std::uint8_t {
    whole,    ///< all of the input was used, every checksum holds
    limit,    ///< `bytes` is the beginning
    damaged,  ///< `bytes` is what came before the damage
  };
  Bytes bytes;
  Ending ending = Ending::whole;
  /// Why it is not whole.
  std::string reason{};
};

[[nodiscard]] bool isCompression(View view);
/// `view` is a compression and the value begins as it always does.
[[nodiscard]] bool beginsAs(View view, BytesView value);
/// How much is unpacked before the limit is looked at again.
inline constexpr std::size_t kPartBytes = 64 << 10;

/// Of concatenated streams (members, frames) all are unpacked. `view` is a compression.
[[nodiscard]] Unpacked unpack(View view, BytesView value, std::uint64_t maxOutputBytes);

// What unpack consists of.
[[nodiscard]] Unpacked inflateGzip(BytesView value, std::uint64_t maxOutputBytes);
[[nodiscard]] Unpacked inflateZlib(BytesView value, std::uint64_t maxOutputBytes);
[[nodiscard]] Unpacked unpackZstd(BytesView value, std::uint64_t maxOutputBytes);
[[nodiscard]] Unpacked unpackLz4(BytesView value, std::uint64_t maxOutputBytes);

}  // namespace cachify::decode
