#pragma once
// Which part of a value to read.

#include "cache/cache_session.hpp"
#include "command.hpp"

namespace cachify::cli {

/// What a command shows of a value unless told otherwise: enough to read, little enough for any terminal.
inline constexpr std::uint64_t kPreviewBytes = 1ULL << 20;
/// Redis' own limit of a string.
inline constexpr std::uint64_t kMostBytes = 512ULL << 20;

struct PageOptions {
  OptionalText maxBytes;
  OptionalText maxItems;
  std::string cursor;

  void addTo(Arguments& app);
  /// VALIDATION_ERROR for a number that is none or out of range.
  [[nodiscard]] Result<cache::ReadRange> range() const;
};

}  // namespace cachify::cli
