#pragma once
// Sizes, times and counts in words for people.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cachify::cli {

/// "98 B", "1.2 MiB"
[[nodiscard]] std::string sizeWords(std::uint64_t bytes);
/// "0.42 ms", "31.3 ms", "1.25 s"
[[nodiscard]] std::string durationWords(std::chrono::microseconds time);
/// "none", "850 ms", "300 s", "2 h 5 min", "30 d 4 h"; "unknown" where the server does not tell it
[[nodiscard]] std::string ttlWords(const std::optional<std::chrono::milliseconds>& ttl, bool isKnown = true);
/// "12 000"
[[nodiscard]] std::string countWords(std::uint64_t count);
/// "1 key", "3 keys"
[[nodiscard]] std::string plural(std::uint64_t count, std::string_view noun);

/// As a shell takes it for one word: in quotes where it must be.
[[nodiscard]] std::string shellWord(std::string_view text);

}  // namespace cachify::cli
