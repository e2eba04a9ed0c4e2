#include "cache/redis/scan_cursor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cache/read_range.hpp"
#include "cache/redis/number.hpp"

namespace cachify::cache::redis {
namespace {

constexpr std::string_view kPrefix = "r1:";
constexpr std::size_t kMaxRunIdLength = 64;

bool isRunId(std::string_view text) {
  return text.size() <= kMaxRunIdLength &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

}  // namespace

std::string ScanCursor::encode() const {
  return fmt::format("{}{}:{}:{}", kPrefix, runId, position, scanned);
}

Result<ScanCursor> ScanCursor::decode(std::string_view text) {
  if (text.empty()) return ScanCursor();
  const auto wrong = noSuchCursor(text);
  if (!text.starts_with(kPrefix)) return wrong;
  text.remove_prefix(kPrefix.size());
  const auto first = text.find(':');
  const auto last = text.rfind(':');
  if (first == std::string_view::npos || first == last) return wrong;
  const auto runId = text.substr(0, first);
  const auto position = parseNumber(text.substr(first + 1, last - first - 1));
  const auto scanned = parseNumber(text.substr(last + 1));
  if (!isRunId(runId) || !position || !scanned) return wrong;
  return ScanCursor{.runId = std::string(runId), .position = *position, .scanned = *scanned};
}

}  // namespace cachify::cache::redis
