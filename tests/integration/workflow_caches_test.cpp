// The same runs on Memcached and on a Redis Cluster.

#include <gmock/gmock.h>

#include "support/mutation_fixture.hpp"
#include "support/redis_cluster.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;
using domain::RunStatus;

constexpr const char* kAllOfThem = R"({"pattern":"k:*"})";

class Workflow : public test::Mutation {
 protected:
  Result<actions::RunReport> run(const domain::ConnectionProfile& profile, std::string kind,
                                 std::string parameters) {
    actions::RunRequest request{.profile = profile, .kind = std::move(kind)};
    request.parameters = std::move(parameters);
    return engine_->wait(engine_->workflows().run(std::move(request), {}));
  }
  Result<actions::RunReport> rollBack(ExecutionId id) {
    return engine_->wait(engine_->workflows().rollBack(id, false, {}, {}, {}));
  }
  /// `{"entries":[…]}` of `k:0` …
  static std::string entries(int count) {
    std::string list;
    for (int i = 0; i < count; ++i)
      list += (i == 0 ? "" : ",") + std::string(R"({"key":"k:)") + std::to_string(i) + R"(","value":"v"})";
    return R"({"entries":[)" + list + "]}";
  }
};

class MemcachedWorkflow : public Workflow {
 protected:
  MemcachedWorkflow() : profile_(add(draft(domain::CacheEngine::memcached, server_.port()))) {}

  /// One line that is asked, and what comes up to `ending`.
  std::string ask(const std::string& line, std::string_view ending) {
    connection_.send(line + "\r\n");
    return connection_.receiveUntil(ending);
  }
  void fill(int keys, int ttlSeconds) {
    for (int i = 0; i < keys; ++i) {
      const std::string value = "v" + std::to_string(i);
      connection_.send("set k:" + std::to_string(i) + " 7 " + std::to_string(ttlSeconds) + " " +
                       std::to_string(value.size()) + "\r\n" + value + "\r\n");
      EXPECT_EQ(connection_.receiveUntil("\r\n"), "STORED\r\n");
    }
  }
  int present(int keys) {
    int found = 0;
    for (int i = 0; i < keys; ++i) found += ask("mg k:" + std::to_string(i), "\r\n") == "HD\r\n" ? 1 : 0;
    return found;
  }

  test::MemcachedServer server_;
  domain::ConnectionProfile profile_;
  test::RawConnection connection_{{server_.port(), {}}};
};

TEST_F(MemcachedWorkflow, DeletesByPatternAndRollsBackWithFlagsAndTtl) {
  fill(3'000, 1000);
  const auto deletion = run(profile_, "deleteByPattern", kAllOfThem);
  ASSERT_TRUE(deletion) << deletion.error().message;
  EXPECT_EQ(deletion->totals.succeeded, 3'000U);
  EXPECT_EQ(present(3'000), 0);
  const auto undone = rollBack(deletion->id);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(undone->totals.succeeded, 3'000U);
  EXPECT_EQ(present(3'000), 3'000);
  EXPECT_EQ(ask("mg k:42 v f", "v42\r\n"), "VA 3 f7\r\nv42\r\n");
  const std::string ttl = ask("mg k:42 t", "\r\n");
  EXPECT_THAT(std::stoi(ttl.substr(4)), testing::AllOf(testing::Gt(900), testing::Le(1000))) << ttl;
}

TEST_F(MemcachedWorkflow, NormalizesTtlsAndKeepsValues) {
  fill(500, 0);
  const auto report = run(profile_, "ttlNormalize", R"({"pattern":"k:*","ttlSeconds":500})");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->totals.succeeded, 500U);
  EXPECT_EQ(ask("mg k:42 v f", "v42\r\n"), "VA 3 f7\r\nv42\r\n");
  EXPECT_GT(std::stoi(ask("mg k:42 t", "\r\n").substr(4)), 400);
  const auto undone = rollBack(report->id);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(ask("mg k:42 t", "\r\n"), "HD t-1\r\n");
}

TEST_F(MemcachedWorkflow, WarmsUp) {
  const auto report = run(profile_, "warmupSet", entries(300));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->status, RunStatus::success);
  EXPECT_EQ(present(300), 300);
}

TEST_F(MemcachedWorkflow, RunsAFrozenPlan) {
  fill(200, 0);
  const auto plan = engine_->wait(engine_->workflows().preview(
      {.profile = profile_, .kind = "deleteByPattern", .parameters = kAllOfThem}, {}));
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(plan->totals.total, 200U);
  EXPECT_EQ(present(200), 200);
  ask("delete k:3", "\r\n");
  const auto report = engine_->wait(engine_->workflows().run({.profile = profile_, .plan = plan->id}, {}));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->totals.succeeded, 199U);
  EXPECT_EQ(report->totals.skipped, 1U);
  EXPECT_EQ(present(200), 0);
}

TEST_F(Workflow, OnAClusterCoversAllNodesAndRollsBack) {
  test::RedisCluster cluster(3, false);
  auto draftOfCluster = draft(domain::CacheEngine::redis, cluster.port());
  draftOfCluster.topology = domain::Topology::cluster;
  const auto profile = add(draftOfCluster);
  const auto keysOnNodes = [&cluster] {
    std::vector<long long> sizes;
    for (std::size_t i = 0; i < cluster.masters(); ++i)
      sizes.push_back(cluster.cli(i).must({"DBSIZE"}).integer);
    return sizes;
  };
  const auto warmed = run(profile, "warmupSet", entries(3'000));
  ASSERT_TRUE(warmed) << warmed.error().message;
  EXPECT_EQ(warmed->totals.succeeded, 3'000U);
  const auto full = keysOnNodes();
  EXPECT_THAT(full, testing::Each(testing::Gt(500)));
  const auto deletion = run(profile, "deleteByPattern", kAllOfThem);
  ASSERT_TRUE(deletion) << deletion.error().message;
  EXPECT_EQ(deletion->totals.succeeded, 3'000U);
  EXPECT_THAT(keysOnNodes(), testing::Each(0));
  const auto undone = rollBack(deletion->id);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(undone->totals.succeeded, 3'000U);
  EXPECT_EQ(keysOnNodes(), full);
}

}  // namespace
}  // namespace cachify
