#include "cache/memcached/dialect.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <iterator>

namespace cachify::cache::memcached {
namespace {

/// "1.6.10-beta" is {1, 6, 10}; nothing for what is no version of memcached's own.
std::optional<std::array<int, 3>> numbersOf(std::string_view version) {
  std::array<int, 3> numbers{};
  for (int& number : numbers) {
    const auto [end, problem] = std::from_chars(version.data(), version.data() + version.size(), number);
    if (problem != std::errc()) return std::nullopt;
    version.remove_prefix(static_cast<std::size_t>(end - version.data()));
    if (version.starts_with('.')) version.remove_prefix(1);
  }
  return numbers;
}

// The release notes of 1.6.10: meta commands are no longer experimental, "response code OK -> HD", "fix
// metaset syntax", "allow base64'ed binary keys".
constexpr std::array kFirstWithMeta{1, 6, 10};

}  // namespace

const Dialect& dialectOf(bool knowsMeta, std::string_view version) {
  const auto numbers = numbersOf(version);
  return knowsMeta && (!numbers || *numbers >= kFirstWithMeta) ? metaDialect() : textDialect();
}

void appendGreeting(std::string& out) {
  out.append("mn\r\n");
  appendVersion(out);
}

void appendVersion(std::string& out) {
  out.append("version\r\n");
}

void appendAuthentication(std::string& out, std::string_view username, std::string_view password) {
  fmt::format_to(std::back_inserter(out), "set auth 0 0 {}\r\n", username.size() + 1 + password.size());
  out.append(username).append(" ").append(password).append("\r\n");
}

}  // namespace cachify::cache::memcached
