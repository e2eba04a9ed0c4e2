#include "cache/memcached/stats.hpp"

#include <algorithm>
#include <array>

#include "cache/memcached/memcached_error.hpp"

namespace cachify::cache::memcached {
namespace {

constexpr std::array<std::string_view, 6> kFamilies{kGeneralStats, "items", "slabs",
                                                    "settings",    "sizes", "conns"};

/// Cuts "12" off "12:name"; empty where the name does not begin so.
std::string_view takeNumber(std::string_view& name) {
  const auto colon = name.find(':');
  const auto number = name.substr(0, colon);
  const bool isNumber = colon != std::string_view::npos && !number.empty() &&
                        std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
  if (!isNumber) return {};
  name.remove_prefix(colon + 1);
  return number;
}

std::string titleOf(std::string_view family, std::string_view& name) {
  const bool isOfClass = family == "items" || family == "slabs";
  if (family == "items" && name.starts_with("items:")) name.remove_prefix(6);
  if (!isOfClass && family != "conns") return {};
  const auto number = takeNumber(name);
  if (number.empty()) return {};
  return (isOfClass ? "class " : "connection ") + std::string(number);
}

Task<std::vector<StatLine>> ask(MemcachedConnection& connection, std::string_view family,
                                CallContext context) {
  std::string request = "stats";
  if (family != kGeneralStats) request.append(" ").append(family);
  request += "\r\n";
  std::vector<StatLine> lines;
  std::optional<Error> unexpected;
  std::function<bool(Reply &&)> take = [&](Reply&& reply) {
    if (reply.kind != ReplyKind::stat) {
      if (reply.kind != ReplyKind::end) unexpected = errorFrom(reply);
      return true;
    }
    const auto blank = std::min(reply.text.find(' '), reply.text.size());
    lines.push_back({.name = reply.text.substr(0, blank),
                     .value = reply.text.substr(std::min(blank + 1, reply.text.size()))});
    return false;
  };
  auto done = co_await connection.exchange(std::move(request), std::move(take), context);
  if (done && unexpected) {
    connection.close();
    co_return fail(std::move(*unexpected));
  }
  const bool isUnknown = !done && done.error().code == ErrorCode::notSupported;
  if (isUnknown) {
    co_return fail(ErrorCode::notSupported,
                   "this version of memcached has no statistics called '" + std::string(family) + "'");
  }
  if (!done) co_return fail(done.error());
  co_return lines;
}

/// Where sizes are not kept track of, versions before 1.4.27 count them while every client waits; later ones
/// say nothing.
Result<void> judgeSizes(const std::vector<StatLine>& settings) {
  const auto tracks = std::ranges::find(settings, "track_sizes", &StatLine::name);
  if (tracks == settings.end()) {
    return fail(
        ErrorCode::notSupported,
        "this version of memcached would let all clients wait while it counts sizes, so it is not asked");
  }
  if (tracks->value == "yes") return {};
  return fail(ErrorCode::notSupported,
              "the server does not keep track of sizes; start it with -o track_sizes, or send it "
              "`stats sizes_enable`");
}

}  // namespace

std::vector<StatsSection> sectionsOf(std::string_view family, std::vector<StatLine> lines) {
  std::vector<StatsSection> sections;
  for (auto& line : lines) {
    std::string_view name = line.name;
    std::string title = titleOf(family, name);
    auto section = std::ranges::find(sections, title, &StatsSection::title);
    if (section == sections.end()) {
      sections.push_back({.title = std::move(title)});
      section = std::prev(sections.end());
    }
    section->values.emplace_back(name, std::move(line.value));
  }
  return sections;
}

Task<ServerStats> fetchStats(MemcachedConnection& connection, std::string family, CallContext context) {
  auto known = statsFamily(family, kFamilies);
  if (!known) co_return fail(known.error());
  if (*known == "sizes") {
    auto settings = co_await ask(connection, "settings", context);
    if (!settings) co_return fail(settings.error());
    if (auto tracked = judgeSizes(*settings); !tracked) co_return fail(tracked.error());
  }
  auto lines = co_await ask(connection, *known, context);
  if (!lines) co_return fail(lines.error());
  ServerStats stats{.family = *known};
  stats.sections = sectionsOf(*known, std::move(*lines));
  co_return stats;
}

}  // namespace cachify::cache::memcached
