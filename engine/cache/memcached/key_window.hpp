#pragma once
// A bounded part of a server's keys, in an order that every process agrees on.
//
// A crawl has no cursor: it lists everything, in the server's order. So keys are ordered by a hash of their
// bytes, and a cursor is the hash a page ended with. A crawl fills a window with the keys that follow the
// cursor; when they are more than the window may hold, it keeps those with the smallest hashes. Pages are cut
// from the window, and once it is empty another crawl fills it from where it ended. So no key that stays in
// the cache is missed, nothing grows with the number of keys, and any process can go on from any cursor. The
// cost: one whole crawl per window, and per new process.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/bytes.hpp"

namespace cachify::cache::memcached {

using KeyHash = std::uint64_t;

/// The same in every process and release: cursors hold it. FNV-1a, finished as in MurmurHash3.
[[nodiscard]] KeyHash hashOf(BytesView key);

/// Not thread-safe. First `add`, then `seal`, then `take`.
class KeyWindow {
 public:
  /// Holds keys behind `after`, at most about `budgetBytes` of them.
  KeyWindow(std::optional<KeyHash> after, std::size_t budgetBytes);

  void add(BytesView key);
  /// Sorts, and drops repeated keys.
  void seal();

  /// The next `limit` keys, and however many more have the last one's hash.
  [[nodiscard]] std::vector<Bytes> take(std::size_t limit);
  /// Where the next page begins: behind this hash.
  [[nodiscard]] std::optional<KeyHash> position() const { return position_; }
  /// All that was added has been taken.
  [[nodiscard]] bool isEmpty() const { return next_ == entries_.size(); }
  /// Keys behind the window were left out: another crawl must follow.
  [[nodiscard]] bool isCut() const { return before_.has_value(); }

 private:
  struct Entry {
    KeyHash hash;
    std::uint32_t offset;
    std::uint32_t size;
  };
  [[nodiscard]] BytesView keyOf(const Entry& entry) const {
    return BytesView(text_).substr(entry.offset, entry.size);
  }
  [[nodiscard]] std::size_t usedBytes() const { return text_.size() + entries_.size() * sizeof(Entry); }
  void cut();

  std::optional<KeyHash> position_;
  std::optional<KeyHash> before_;  ///< keys of this hash and above are left out
  std::size_t budgetBytes_;
  std::string text_;
  std::vector<Entry> entries_;
  std::size_t next_ = 0;
};

}  // namespace cachify::cache::memcached
