#pragma once
// Which span of time a command looks at.

#include <chrono>
#include <optional>

#include "command.hpp"
#include "core/clock.hpp"

namespace cachify::cli {

/// "90s", "30m", "24h", "7d": from a second to ten years. VALIDATION_ERROR that names `field` otherwise.
[[nodiscard]] Result<std::chrono::seconds> parseSpan(std::string_view field, std::string_view text);

struct Period {
  std::optional<WallTime> from{};
  WallTime to{};  ///< exclusive
};

struct PeriodOptions {
  OptionalText last;
  OptionalText from;
  OptionalText to;

  /// `usual` says in the help what is meant where nothing is given.
  void addTo(Arguments& app, const std::string& usual);
  /// `usual`: how far back where nothing else is said; nothing: to the beginning. VALIDATION_ERROR for what
  /// is no time, or a period that ends before it begins.
  [[nodiscard]] Result<Period> period(WallTime now, std::optional<std::chrono::seconds> usual) const;
};

}  // namespace cachify::cli
