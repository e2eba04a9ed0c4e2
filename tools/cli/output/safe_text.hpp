#pragma once
// The last guard before a terminal: whatever reaches a person's screen as text passes here.

#include <cstddef>
#include <string>
#include <string_view>

namespace cachify::cli {

/// Newlines and backslashes stay (text that was escaped before is not escaped twice); every other control
/// character, invalid UTF-8 and direction marks become `\xNN`.
[[nodiscard]] std::string safeText(std::string_view text);

/// As `safeText`, with tabs kept: for a block of text that a person wants to read.
[[nodiscard]] std::string safeBlock(std::string_view text);

/// Columns a terminal needs for it: its code points.
[[nodiscard]] std::size_t textWidth(std::string_view text);

}  // namespace cachify::cli
