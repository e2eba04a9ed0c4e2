#pragma once
// A TTL on the command line.

#include "command.hpp"

namespace cachify::cli {

struct TtlOptions {
  OptionalText seconds;
  OptionalText milliseconds;
  bool none = false;

  /// Names of the three options, which exclude each other.
  void addTo(Arguments& app, const std::string& secondsName, const std::string& msName,
             const std::string& noneName);
  /// KeepTtl when nothing was given; VALIDATION_ERROR for a time below 1 ms or above 100 years.
  [[nodiscard]] Result<domain::TtlChange> change() const;
};

}  // namespace cachify::cli
