#include "cache/memcached/crawl_parser.hpp"

#include <algorithm>
#include <charconv>

namespace cachify::cache::memcached {
namespace {

// A key of 250 bytes, each as %XX, and some numbers.
constexpr std::size_t kMaxLineBytes = 4096;

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// False for a '%' without two hex digits.
bool urlDecode(BytesView text, Bytes& out) {
  out.clear();
  while (true) {
    const auto escape = std::min(text.find('%'), text.size());
    out.append(text.substr(0, escape));
    text.remove_prefix(escape);
    if (text.empty()) return true;
    const int high = text.size() < 3 ? -1 : hexDigit(text[1]);
    const int low = text.size() < 3 ? -1 : hexDigit(text[2]);
    if (high < 0 || low < 0) return false;
    out.push_back(static_cast<char>(high * 16 + low));
    text.remove_prefix(3);
  }
}

}  // namespace

std::optional<std::int64_t> DumpedItem::number(std::string_view name) const {
  BytesView rest = facts;
  while (!rest.empty()) {
    const BytesView word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    const bool isIt = word.size() > name.size() && word.starts_with(name) && word[name.size()] == '=';
    if (!isIt) continue;
    std::int64_t number = 0;
    const auto* const from = word.data() + name.size() + 1;
    const auto [end, problem] = std::from_chars(from, word.data() + word.size(), number);
    if (problem != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return number;
  }
  return std::nullopt;
}

bool CrawlParser::takeItem(BytesView line) {
  const auto end = std::min(line.find(' '), line.size());
  DumpedItem item{.key = line.substr(0, end), .facts = line.substr(std::min(end + 1, line.size()))};
  if (item.key.find('%') != BytesView::npos) {
    if (!urlDecode(item.key, key_)) return false;
    item.key = key_;
  }
  onItem_(item);
  return true;
}

bool CrawlParser::takeLine(BytesView line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("key=")) return takeItem(line.substr(4));
  if (line == "END") {
    state_ = State::finished;
  } else if (line.starts_with("BUSY")) {
    state_ = State::busy;
  } else if (line.starts_with("BADCLASS")) {
    state_ = State::badClass;
  } else if (line.starts_with("ERROR") || line.starts_with("CLIENT_ERROR") ||
             line.starts_with("SERVER_ERROR")) {
    state_ = State::refused;
    reason_ = line;
  } else {
    return false;
  }
  return true;
}

Result<CrawlParser::State> CrawlParser::feed(BytesView bytes) {
  bool sound = true;
  while (sound && state_ == State::listing && !bytes.empty()) {
    const auto newline = bytes.find('\n');
    const auto length = std::min(newline, bytes.size());
    sound = carry_.size() + length <= kMaxLineBytes;
    if (!sound) break;
    if (newline == BytesView::npos) {
      carry_.append(bytes);
      break;
    }
    if (carry_.empty()) {
      sound = takeLine(bytes.substr(0, length));
    } else {
      carry_.append(bytes.substr(0, length));
      sound = takeLine(carry_);
      carry_.clear();
    }
    bytes.remove_prefix(length + 1);
  }
  if (sound) return state_;
  return fail(Error{.code = ErrorCode::connectionFailed,
                    .message = "the server's list of keys does not follow Memcached's protocol"}
                  .with("reason", std::string("protocol")));
}

}  // namespace cachify::cache::memcached
