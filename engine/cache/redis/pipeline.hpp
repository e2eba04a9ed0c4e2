#pragma once
// Commands as they go over the wire: RESP arrays of bulk strings.

#include <charconv>
#include <concepts>
#include <cstddef>
#include <vector>

#include "core/bytes.hpp"

namespace cachify::cache::redis {

/// Any number of commands, encoded one after the other.
class Pipeline {
 public:
  /// One command. Words are bytes or integers.
  template <class... Words>
  Pipeline& add(const Words&... words) {
    begin(sizeof...(words));
    (word(words), ...);
    return *this;
  }

  /// One command word by word: exactly `words` calls of `word` must follow.
  void begin(std::size_t words);
  void word(BytesView bytes);
  template <std::integral Number>
  void word(Number number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    word(BytesView(digits, static_cast<std::size_t>(end - digits)));
  }

  void append(const Pipeline& other);

  /// The same commands for a key that is on its way to another node of a cluster: each goes after an ASKING,
  /// a transaction as a whole after one. `isOurs` tells, command by command, which replies are to an ASKING.
  struct Asking;
  [[nodiscard]] Asking asking() const;

  [[nodiscard]] const Bytes& bytes() const { return bytes_; }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  /// The bytes themselves, to be wiped by who knows that a secret is among them.
  [[nodiscard]] Bytes release() && { return std::move(bytes_); }

 private:
  Bytes bytes_;
  std::size_t count_ = 0;
  std::vector<std::size_t> starts_;  ///< where each command begins
};

struct Pipeline::Asking {
  Pipeline commands;
  std::vector<bool> isOurs;
};

}  // namespace cachify::cache::redis
