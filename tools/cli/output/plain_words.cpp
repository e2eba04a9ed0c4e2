#include "output/plain_words.hpp"

#include <fmt/format.h>

#include <array>

namespace cachify::cli {

using std::chrono::milliseconds;

std::string sizeWords(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 5> kUnits{"B", "KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (amount >= 1024 && unit + 1 < kUnits.size()) {
    amount /= 1024;
    ++unit;
  }
  return fmt::format("{:.1f} {}", amount, kUnits[unit]);
}

std::string durationWords(std::chrono::microseconds time) {
  const double ms = static_cast<double>(time.count()) / 1000.0;
  if (ms < 10) return fmt::format("{:.2f} ms", ms);
  return ms < 1000 ? fmt::format("{:.1f} ms", ms) : fmt::format("{:.2f} s", ms / 1000.0);
}

std::string ttlWords(const std::optional<milliseconds>& ttl, bool isKnown) {
  if (!isKnown) return "unknown";
  if (!ttl) return "none";
  if (*ttl < std::chrono::seconds(1)) return fmt::format("{} ms", ttl->count());
  const auto seconds = ttl->count() / 1000;
  if (seconds < 600) return fmt::format("{} s", seconds);
  const auto two = [](auto high, std::string_view highUnit, auto low, std::string_view lowUnit) {
    return low == 0 ? fmt::format("{} {}", high, highUnit)
                    : fmt::format("{} {} {} {}", high, highUnit, low, lowUnit);
  };
  if (seconds < 3600) return two(seconds / 60, "min", seconds % 60, "s");
  if (seconds < 86'400) return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
  return two(seconds / 86'400, "d", seconds % 86'400 / 3600, "h");
}

std::string countWords(std::uint64_t count) {
  std::string digits = fmt::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ' ');
  return digits;
}

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", countWords(count), noun, count == 1 ? "" : "s");
}

std::string shellWord(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:@%+=/-";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string_view::npos) return std::string(text);
  std::string word = "'";
  for (const char c : text) c == '\'' ? word += "'\\''" : word += c;
  return word + "'";
}

}  // namespace cachify::cli
