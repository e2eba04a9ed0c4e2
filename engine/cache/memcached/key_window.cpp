#include "cache/memcached/key_window.hpp"

#include <algorithm>

namespace cachify::cache::memcached {

KeyHash hashOf(BytesView key) {
  KeyHash hash = 0xCBF29CE484222325ULL;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDULL;
  hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53ULL;
  return hash ^ (hash >> 33);
}

KeyWindow::KeyWindow(std::optional<KeyHash> after, std::size_t budgetBytes)
    : position_(after), budgetBytes_(budgetBytes) {}

void KeyWindow::add(BytesView key) {
  const KeyHash hash = hashOf(key);
  if (position_ && hash <= *position_) return;
  if (before_ && hash >= *before_) return;
  entries_.push_back({.hash = hash,
                      .offset = static_cast<std::uint32_t>(text_.size()),
                      .size = static_cast<std::uint32_t>(key.size())});
  text_.append(key);
  if (usedBytes() > budgetBytes_) cut();
}

/// Keeps the lower half of the hashes. Halving makes the cost per added key constant.
void KeyWindow::cut() {
  const auto middle = entries_.begin() + static_cast<std::ptrdiff_t>(entries_.size() / 2);
  std::ranges::nth_element(entries_, middle, {}, &Entry::hash);
  const KeyHash pivot = middle->hash;
  const auto kept = std::ranges::partition(entries_, [pivot](const Entry& e) { return e.hash < pivot; });
  if (kept.begin() == entries_.begin()) return;
  entries_.erase(kept.begin(), entries_.end());
  before_ = pivot;
  std::string text;
  text.reserve(text_.capacity());
  for (auto& entry : entries_) {
    const auto key = keyOf(entry);
    entry.offset = static_cast<std::uint32_t>(text.size());
    text.append(key);
  }
  text_ = std::move(text);
}

void KeyWindow::seal() {
  const auto less = [this](const Entry& a, const Entry& b) {
    return a.hash != b.hash ? a.hash < b.hash : keyOf(a) < keyOf(b);
  };
  const auto same = [this](const Entry& a, const Entry& b) {
    return a.hash == b.hash && keyOf(a) == keyOf(b);
  };
  std::ranges::sort(entries_, less);
  const auto repeated = std::ranges::unique(entries_, same);
  entries_.erase(repeated.begin(), repeated.end());
}

std::vector<Bytes> KeyWindow::take(std::size_t limit) {
  std::vector<Bytes> keys;
  while (!isEmpty() && (keys.size() < limit || entries_[next_].hash == position_)) {
    position_ = entries_[next_].hash;
    keys.emplace_back(keyOf(entries_[next_++]));
  }
  // What follows the window starts at `before_`, and everything below it has been taken.
  if (isEmpty() && before_) position_ = *before_ - 1;
  return keys;
}

}  // namespace cachify::cache::memcached
