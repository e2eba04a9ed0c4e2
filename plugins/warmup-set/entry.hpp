#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace warmup {

/// Longest time to live that an entry may have, in seconds: a hundred years.
inline constexpr std::int64_t kMostTtlSeconds = 3'153'600'000;
/// Longest line of a file: what an item of a plan can hold, and some room for base64.
inline constexpr std::size_t kMostLineBytes = 65UL << 20;

struct Entry {
  std::string key;
  std::string value;
  std::optional<std::int64_t> ttlSeconds;  ///< nothing: no expiry
};

/// Where entries come from, one by one.
class EntrySource {
 public:
  EntrySource() = default;
  EntrySource(const EntrySource&) = delete;
  EntrySource& operator=(const EntrySource&) = delete;
  virtual ~EntrySource() = default;
  /// False: there are no more. What is wrong with an entry is thrown as Refused, naming its line and never
  /// its value.
  virtual bool next(Entry& entry) = 0;
  /// How many there are, if that is known.
  [[nodiscard]] virtual std::optional<std::uint64_t> total() const { return std::nullopt; }
};

}  // namespace warmup
