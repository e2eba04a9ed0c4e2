#pragma once
// Reads payloads that are read by the million, where they have just the form in which the writers of this
// folder write them. Whoever is told that one has not gives it to the JSON parser. Implementation detail.

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/uuid.hpp"
#include "events/mutation_events.hpp"

namespace cachify::events {

class PlainText {
 public:
  explicit PlainText(std::string_view payload) : rest_(payload) {}

  /// What must come next.
  PlainText& word(std::string_view literal) {
    if (!next(literal)) good_ = false;
    return *this;
  }
  /// Takes it if it comes next.
  [[nodiscard]] bool next(std::string_view literal) {
    const bool isThere = good_ && rest_.starts_with(literal);
    if (isThere) rest_.remove_prefix(literal.size());
    return isThere;
  }
  /// Up to the next quote; plain are printable ASCII characters without escape.
  [[nodiscard]] std::string_view text() {
    std::size_t end = 0;
    while (end < rest_.size() && rest_[end] >= ' ' && rest_[end] < '\x7f' && rest_[end] != '"' &&
           rest_[end] != '\\')
      ++end;
    good_ = good_ && end < rest_.size() && rest_[end] == '"';
    if (!good_) return {};
    const auto found = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return found;
  }
  /// A whole number as JSON has it, up to 2^63-1.
  template <class Number>
  PlainText& number(Number& value) {
    const auto parsed = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const auto digits = static_cast<std::size_t>(parsed.ptr - rest_.data());
    const bool isPadded = digits > 1 && rest_.front() == '0';
    good_ = good_ && parsed.ec == std::errc() && !isPadded && std::in_range<std::int64_t>(value);
    if (good_) rest_.remove_prefix(digits);
    return *this;
  }
  PlainText& uuid(Uuid& id) {
    const auto parsed = Uuid::parse(rest_.substr(0, 36));
    good_ = good_ && parsed;
    if (good_) {
      id = *parsed;
      rest_.remove_prefix(36);
    }
    return *this;
  }
  void refuse() { good_ = false; }
  [[nodiscard]] bool isWhole() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

/// What `appendState` writes.
void readPlainState(PlainText& plain, KeyState& state);

}  // namespace cachify::events
