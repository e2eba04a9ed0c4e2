// From a server's own statistics to numbers.

#include <gtest/gtest.h>

#include "actions/observe/server_reading.hpp"

namespace cachify::actions {
namespace {

using namespace std::chrono_literals;
using Pairs = std::vector<std::pair<std::string, std::string>>;

cache::ServerStats statsOf(Pairs values, std::string node = {}) {
  cache::ServerStats stats{.family = "general"};
  stats.sections.push_back({.node = std::move(node), .title = "all", .values = std::move(values)});
  return stats;
}

TEST(ServerReading, OfRedisHasWhatTheDashboardShows) {
  const auto reading = readingOf(statsOf({{"instantaneous_ops_per_sec", "120"},
                                          {"used_memory", "1048576"},
                                          {"maxmemory", "0"},
                                          {"connected_clients", "7"},
                                          {"keyspace_hits", "90"},
                                          {"keyspace_misses", "10"},
                                          {"evicted_keys", "3"},
                                          {"role", "master"},
                                          {"connected_slaves", "2"},
                                          {"slave0", "ip=10.0.0.2,port=6379,state=online,offset=42,lag=1"},
                                          {"slave1", "ip=10.0.0.3,port=6379,state=online,offset=42,lag=4"}}),
                                 SteadyTime());
  const auto& sample = reading.sample;
  EXPECT_EQ(sample.opsPerSecond, 120U);
  EXPECT_EQ(sample.usedMemoryBytes, 1'048'576U);
  EXPECT_EQ(sample.maxMemoryBytes, 0U);
  EXPECT_EQ(sample.clients, 7U);
  EXPECT_EQ(sample.role, "master");
  EXPECT_EQ(sample.replicas, 2U);
  EXPECT_EQ(sample.replicationLagMs, 4000U) << "of the slowest";
  EXPECT_FALSE(sample.hits) << "what happened since then is known from the second reading on";
}

TEST(ServerReading, OfAReplicaHasItsLink) {
  const auto sample =
      readingOf(
          statsOf({{"role", "slave"}, {"master_link_status", "down"}, {"master_last_io_seconds_ago", "12"}}),
          SteadyTime())
          .sample;
  EXPECT_EQ(sample.role, "replica");
  EXPECT_EQ(sample.replication, "down");
  EXPECT_EQ(sample.replicationLagMs, 12'000U);
}

TEST(ServerReading, CountsWhatHappenedSinceTheOneBefore) {
  const SteadyTime start{};
  const auto at = [&](std::string hits, std::string gets, std::chrono::seconds after) {
    return readingOf(
        statsOf({{"get_hits", hits}, {"get_misses", "5"}, {"evictions", "0"}, {"cmd_get", gets}}),
        start + after);
  };
  auto second = at("150", "300", 10s);
  countSince(at("100", "100", 0s), second);
  EXPECT_EQ(second.sample.hits, 50U);
  EXPECT_EQ(second.sample.misses, 0U);
  EXPECT_EQ(second.sample.opsPerSecond, 20U);
  EXPECT_EQ(second.sample.role, "memcached");
}

TEST(ServerReading, KnowsNothingAcrossARestart) {
  auto after = readingOf(statsOf({{"keyspace_hits", "3"}, {"keyspace_misses", "1"}}), SteadyTime(10s));
  countSince(readingOf(statsOf({{"keyspace_hits", "90"}, {"keyspace_misses", "0"}}), SteadyTime()), after);
  EXPECT_FALSE(after.sample.hits);
  EXPECT_EQ(after.sample.misses, 1U);
}

TEST(ServerReading, OfAClusterAddsUpItsNodes) {
  auto stats = statsOf({{"used_memory", "10"}, {"role", "master"}}, "a:1");
  stats.sections.push_back({.node = "b:1", .title = "all", .values = {{"used_memory", "5"}}});
  const auto sample = readingOf(stats, SteadyTime()).sample;
  EXPECT_EQ(sample.nodes, 2U);
  EXPECT_EQ(sample.usedMemoryBytes, 15U);
  EXPECT_EQ(sample.role, "cluster");
  auto state = statsOf({{"cluster_state", "ok"}}, "a:1");
  EXPECT_EQ(clusterStateOf(state), "ok");
  state.sections.push_back({.node = "b:1", .title = "cluster", .values = {{"cluster_state", "fail"}}});
  EXPECT_EQ(clusterStateOf(state), "fail") << "the worst";
}

TEST(ServerReading, TakesNoNonsenseForNumbers) {
  const auto sample = readingOf(statsOf({{"used_memory", "-1"},
                                         {"connected_clients", "7x"},
                                         {"maxmemory", "99999999999999999999"},
                                         {"instantaneous_ops_per_sec", ""}}),
                                SteadyTime())
                          .sample;
  EXPECT_FALSE(sample.usedMemoryBytes || sample.clients || sample.maxMemoryBytes || sample.opsPerSecond);
  EXPECT_EQ(readingOf({}, SteadyTime()).sample.nodes, 1U);
}

}  // namespace
}  // namespace cachify::actions
