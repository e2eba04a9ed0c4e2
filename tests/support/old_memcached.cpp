#include "support/old_memcached.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace cachify::test {
namespace {

constexpr std::array<std::string_view, 6> kMeta{"mg", "ms", "md", "ma", "me", "mn"};
constexpr std::array<std::string_view, 6> kStores{"set", "add", "replace", "append", "prepend", "cas"};
constexpr std::string_view kUnknown = "nosuchcommand\r\n";
constexpr std::string_view kLineEnd = "\r\n";

template <std::size_t N>
bool isAmong(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::string_view wordOf(std::string_view line, int n) {
  for (; n > 0; --n) line.remove_prefix(std::min(line.size(), std::min(line.find(' '), line.size()) + 1));
  return line.substr(0, line.find(' '));
}

/// The line, and the value that comes with it.
std::size_t commandBytes(std::string_view line) {
  const std::size_t bytes = line.size() + kLineEnd.size();
  if (!isAmong(kStores, wordOf(line, 0))) return bytes;
  const auto number = wordOf(line, 4);
  std::size_t value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  return bytes + value + kLineEnd.size();
}

bool isKnown(std::string_view line, OldMemcached::KeyDump dump) {
  if (isAmong(kMeta, wordOf(line, 0))) return false;
  return dump != OldMemcached::KeyDump::none || !line.starts_with("lru_crawler metadump");
}

}  // namespace

std::string asOldMemcachedReads(std::string& waiting, OldMemcached::KeyDump dump) {
  std::string onwards;
  std::size_t at = 0;
  for (auto end = waiting.find(kLineEnd); end != std::string::npos; end = waiting.find(kLineEnd, at)) {
    const std::string_view line(waiting.data() + at, end - at);
    const bool known = isKnown(line, dump);
    // Where the line is not known its value is read as further commands.
    const std::size_t bytes = known ? commandBytes(line) : line.size() + kLineEnd.size();
    if (at + bytes > waiting.size()) break;
    if (!known) {
      onwards += kUnknown;
    } else if (line == "lru_crawler metadump hash") {
      onwards += "lru_crawler metadump nosuchclass\r\n";
    } else {
      onwards.append(waiting, at, bytes);
    }
    at += bytes;
  }
  waiting.erase(0, at);
  return onwards;
}

OldMemcached::OldMemcached(KeyDump dump, std::vector<std::string> options)
    : server_(std::move(options)), filter_(server_.port()) {
  filter_.rewrite([dump](std::string& waiting) { return asOldMemcachedReads(waiting, dump); });
}

}  // namespace cachify::test
