#include "cache/redis/cluster/slot_set.hpp"

#include <fmt/format.h>

#include <boost/crc.hpp>

#include "cache/redis/number.hpp"

namespace cachify::cache::redis {
namespace {

BytesView hashedPart(BytesView key) {
  const auto open = key.find('{');
  if (open == BytesView::npos) return key;
  const auto close = key.find('}', open + 1);
  if (close == BytesView::npos || close == open + 1) return key;
  return key.substr(open + 1, close - open - 1);
}

/// "7" or "7-9" into `slots`.
bool addRange(std::string_view text, SlotSet& slots) {
  const auto dash = text.find('-');
  const auto first = parseNumber(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parseNumber(text.substr(dash + 1));
  if (!first || !last || *first > *last || *last >= kSlotCount) return false;
  for (auto slot = *first; slot <= *last; ++slot) slots.set(slot);
  return true;
}

}  // namespace

std::uint16_t slotOf(BytesView key) {
  const auto part = hashedPart(key);
  boost::crc_optimal<16, 0x1021, 0, 0, false, false> crc;
  crc.process_bytes(part.data(), part.size());
  return static_cast<std::uint16_t>(crc.checksum() % kSlotCount);
}

std::string toText(const SlotSet& slots) {
  std::string text;
  for (std::size_t slot = 0; slot < kSlotCount; ++slot) {
    if (!slots[slot]) continue;
    const std::size_t first = slot;
    while (slot + 1 < kSlotCount && slots[slot + 1]) ++slot;
    if (!text.empty()) text += '+';
    text += first == slot ? fmt::format("{}", first) : fmt::format("{}-{}", first, slot);
  }
  return text;
}

Result<SlotSet> parseSlotSet(std::string_view text) {
  SlotSet slots;
  while (!text.empty()) {
    const auto plus = text.find('+');
    if (!addRange(text.substr(0, plus), slots))
      return fail(ErrorCode::validationError, "this is not a set of hash slots");
    text = plus == std::string_view::npos ? std::string_view() : text.substr(plus + 1);
  }
  return slots;
}

}  // namespace cachify::cache::redis
