#include "cache/memcached/request_pieces.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace cachify::cache::memcached {
namespace {

constexpr std::size_t kPieceBytes = 4096;
constexpr std::string_view kLineEnd = "\r\n";

constexpr std::array<std::string_view, 6> kStores{"set", "add", "replace", "append", "prepend", "cas"};

/// The word number `n` of a line, empty where there are fewer.
std::string_view wordOf(std::string_view line, int n) {
  for (; n > 0; --n) {
    const auto blank = line.find(' ');
    if (blank == std::string_view::npos) return {};
    line.remove_prefix(blank + 1);
  }
  return line.substr(0, line.find(' '));
}

/// The length of the value that follows this line; nothing: none does.
std::optional<std::uint64_t> valueLength(std::string_view line) {
  const std::string_view command = wordOf(line, 0);
  std::string_view number;
  if (command == "ms") number = wordOf(line, 2);
  if (std::ranges::find(kStores, command) != kStores.end()) number = wordOf(line, 4);
  std::uint64_t length = 0;
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), length);
  if (parsed.ec != std::errc()) return std::nullopt;
  return length;
}

std::size_t firstCommandBytes(std::string_view request) {
  const auto end = request.find(kLineEnd);
  if (end == std::string_view::npos) return request.size();
  const std::size_t line = end + kLineEnd.size();
  const auto value = valueLength(request.substr(0, end));
  if (!value) return line;
  const std::size_t rest = request.size() - line;
  return line + static_cast<std::size_t>(std::min<std::uint64_t>(*value + kLineEnd.size(), rest));
}

}  // namespace

std::vector<std::string_view> piecesForTls(std::string_view request) {
  std::vector<std::string_view> pieces;
  std::size_t taken = 0;
  while (!request.empty()) {
    const std::size_t next = firstCommandBytes(request.substr(taken));
    if (taken > 0 && (next == 0 || taken + next > kPieceBytes)) {
      pieces.push_back(request.substr(0, taken));
      request.remove_prefix(taken);
      taken = 0;
    } else {
      taken += next;
    }
  }
  return pieces;
}

}  // namespace cachify::cache::memcached
