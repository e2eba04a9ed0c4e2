#pragma once
// Between the engine's bytes and the texts of the user interface.

#include <QString>
#include <chrono>
#include <cstdint>
#include <optional>

#include "core/bytes.hpp"
#include "core/clock.hpp"

namespace cachify::ui {

/// UTF-8 of ours.
[[nodiscard]] QString toText(std::string_view text);
/// Bytes of anybody's, escaped so that nothing in them is obeyed or taken for something else.
[[nodiscard]] QString toShown(BytesView bytes);
/// A text of several lines: control and direction characters made visible, but for line ends and tabs.
[[nodiscard]] QString blockText(const QString& text);
/// As UTF-8, what a person typed.
[[nodiscard]] Bytes toBytes(const QString& text);

/// "120 B", "1.2 KiB"
[[nodiscard]] QString sizeText(std::uint64_t bytes);
/// "4 d 3 h", "12 min 5 s", "800 ms"
[[nodiscard]] QString durationText(std::chrono::milliseconds time);
/// Local date and time to the second.
[[nodiscard]] QString timeText(WallTime time);
/// "12 000"
[[nodiscard]] QString countText(std::uint64_t count);
/// For Qt's plurals and QML's numbers, which are no wider.
[[nodiscard]] int smallCount(std::uint64_t count);
/// "800 µs", "1.5 ms", "2.1 s"
[[nodiscard]] QString latencyText(std::chrono::microseconds time);

}  // namespace cachify::ui
