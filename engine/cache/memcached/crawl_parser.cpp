#include "cache/memcached/crawl_parser.hpp"

#include <algorithm>

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

bool CrawlParser::takeLine(BytesView line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("key=")) {
    line.remove_prefix(4);
    if (!urlDecode(line.substr(0, line.find(' ')), key_)) return false;
    onKey_(key_);
    return true;
  }
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
