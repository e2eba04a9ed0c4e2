#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace cachify::cache::redis {

/// Where a scan goes on. It names the server's run, for a restarted server hashes anew and its old cursors
/// would skip keys.
struct ScanCursor {
  std::string runId;           ///< empty: the server would not say
  std::uint64_t position = 0;  ///< the server's cursor
  std::uint64_t scanned = 0;   ///< keys looked at before

  /// Printable: "r1:<run id>:<position>:<scanned>".
  [[nodiscard]] std::string encode() const;
  /// Empty text is the start. VALIDATION_ERROR for what `encode` did not make.
  [[nodiscard]] static Result<ScanCursor> decode(std::string_view text);

  bool operator==(const ScanCursor&) const = default;
};

}  // namespace cachify::cache::redis
