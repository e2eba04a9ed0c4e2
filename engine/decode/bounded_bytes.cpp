#include "decode/bounded_bytes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cachify::decode {
namespace {

/// How long a UTF-8 sequence is by its first byte; 0 for a byte that begins none.
std::size_t sequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC0) return 0;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

std::string sizeWords(std::uint64_t bytes) {
  if (bytes >= 1ULL << 20 && bytes % (1ULL << 20) == 0) return fmt::format("{} MiB", bytes >> 20);
  if (bytes >= 1ULL << 10 && bytes % (1ULL << 10) == 0) return fmt::format("{} KiB", bytes >> 10);
  return fmt::format("{} bytes", bytes);
}

}  // namespace

void BoundedBytes::append(BytesView part) {
  if (cut_) return;
  const auto room = maxBytes_ - bytes_.size();
  cut_ = part.size() > room;
  bytes_.append(part.substr(0, cut_ ? static_cast<std::size_t>(room) : part.size()));
}

void BoundedBytes::newLine(std::size_t level) {
  append('\n');
  const auto spaces = static_cast<std::uint64_t>(level) * 2;
  if (cut_) return;
  const auto room = maxBytes_ - bytes_.size();
  cut_ = spaces > room;
  bytes_.append(static_cast<std::size_t>(std::min(spaces, room)), ' ');
}

std::string limitReached(std::uint64_t maxOutputBytes) {
  return fmt::format("output above {}", sizeWords(maxOutputBytes));
}

std::string tooDeep(std::size_t maxDepth) {
  return fmt::format("nesting deeper than {}", maxDepth);
}

BytesView withoutCutCharacter(BytesView text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const auto length = sequenceLength(static_cast<unsigned char>(text[text.size() - back]));
    if (length == 0) continue;
    return length > back ? text.substr(0, text.size() - back) : text;
  }
  return text;
}

}  // namespace cachify::decode
