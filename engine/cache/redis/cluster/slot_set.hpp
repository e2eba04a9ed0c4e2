#pragma once
// Hash slots of Redis Cluster, as its specification defines them.

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::cache::redis {

inline constexpr std::size_t kSlotCount = 16384;
using SlotSet = std::bitset<kSlotCount>;

/// CRC16 (XMODEM: polynomial 0x1021, start 0) of the key, or of its hash tag: what stands between the first
/// `{` and the next `}` if that is not empty; modulo 16384.
[[nodiscard]] std::uint16_t slotOf(BytesView key);

/// "0-5460+5462"; empty for none. For cursors.
[[nodiscard]] std::string toText(const SlotSet& slots);
/// VALIDATION_ERROR for what `toText` did not make.
[[nodiscard]] Result<SlotSet> parseSlotSet(std::string_view text);

}  // namespace cachify::cache::redis
