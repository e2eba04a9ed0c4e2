#pragma once
// What a server counts and says of itself, in its own words and order.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace cachify::cache {

struct StatsSection {
  std::string node{};   ///< "host:port" of the cluster's node that says it; else empty
  std::string title{};  ///< empty: the whole server
  std::vector<std::pair<std::string, std::string>> values{};  ///< bytes of the server: escape what is shown
};

struct ServerStats {
  std::string family{};
  std::vector<StatsSection> sections{};
};

/// The family that every server has, and that is meant where none is named.
inline constexpr std::string_view kGeneralStats = "general";

/// `asked` as one of `known`. VALIDATION_ERROR that names them for any other.
[[nodiscard]] Result<std::string> statsFamily(std::string_view asked,
                                              std::span<const std::string_view> known);

}  // namespace cachify::cache
