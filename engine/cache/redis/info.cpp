#include "cache/redis/info.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {
namespace {

constexpr std::array<std::string_view, 15> kFamilies{
    kGeneralStats, "server",   "clients",      "memory",     "persistence",  "stats",   "replication", "cpu",
    "modules",     "keyspace", "commandstats", "errorstats", "latencystats", "cluster", "all"};

}  // namespace

std::vector<StatsSection> sectionsOf(std::string_view info) {
  std::vector<StatsSection> sections;
  while (!info.empty()) {
    const auto end = std::min(info.find('\n'), info.size());
    const auto line = trimAscii(info.substr(0, end));
    info.remove_prefix(std::min(end + 1, info.size()));
    if (line.starts_with('#')) {
      sections.push_back({.title = toLowerAscii(trimAscii(line.substr(1)))});
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (sections.empty()) sections.emplace_back();
    sections.back().values.emplace_back(line.substr(0, colon), line.substr(colon + 1));
  }
  return sections;
}

Task<ServerStats> stats(SharedBackend backend, std::string family, CallContext context) {
  auto known = statsFamily(family, kFamilies);
  if (!known) co_return fail(known.error());
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  Pipeline pipeline;
  if (*known == kGeneralStats) {
    pipeline.add("INFO");
  } else {
    pipeline.add("INFO", *known);
  }
  // INFO says that it is a cluster's node, and nothing of how the cluster is.
  const bool asksCluster = *known == "cluster";
  if (asksCluster) pipeline.add("CLUSTER", "INFO");
  auto replies = co_await (*lease)->exchange(pipeline, context);
  if (!replies) co_return fail(std::move(replies).error());
  const Reply& info = replies->front();
  if (info.isError()) co_return fail(classify(info.text));
  ServerStats answer{.family = *known, .sections = sectionsOf(info.text)};
  if (asksCluster && replies->back().isText() && !answer.sections.empty()) {
    for (auto& section : sectionsOf(replies->back().text))
      std::ranges::move(section.values, std::back_inserter(answer.sections.back().values));
  }
  if (answer.sections.empty()) {
    co_return fail(ErrorCode::notSupported,
                   "this version of Redis has no statistics called '" + *known + "'");
  }
  co_return answer;
}

}  // namespace cachify::cache::redis
