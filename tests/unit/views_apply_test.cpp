// What each read model makes of its events.

#include "unit/views_log.hpp"
#include "views/alert_events.hpp"
#include "views/connection_profiles.hpp"
#include "views/history_events.hpp"
#include "views/key_snapshots.hpp"
#include "views/mutations.hpp"

namespace cachify::views {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using namespace test;

using ConnectionsView = ProjectedLog;
using SnapshotsView = ProjectedLog;
using HistoryView = ProjectedLog;
using AlertsView = ProjectedLog;

domain::ConnectionProfile everyFieldSet() {
  domain::ConnectionProfile p = profileOf(7, "Ünïque");
  p.engine = domain::CacheEngine::memcached;
  p.host = "";
  p.port = 0;
  p.unixSocket = "/run/cache.sock";
  p.dbIndex = 3;
  p.topology = domain::Topology::cluster;
  p.username = "ada";
  p.tls = {.enabled = true,
           .caFile = "ca",
           .certFile = "cert",
           .keyFile = "key",
           .serverName = "sni",
           .verify = false,
           .keySecretRef = "key passphrase"};
  p.ssh = {.destination = "ada@bastion", .port = 2222, .configFile = "ssh_config"};
  p.sentinelMaster = "primary";
  p.environment = domain::Environment::prod;
  p.tags = {"a", "b \"c\""};
  p.readOnly = true;
  p.forceReadOnly = true;
  p.timeout = 1234ms;
  p.retry = {.maxAttempts = 4,
             .backoff = 77ms,
             .strategy = domain::BackoffStrategy::exponential,
             .abortOnErrorRate = 0.3};
  p.keySeparator = "::";
  p.slowOpThreshold = 55ms;
  p.updatedAt = testEpoch() + 1s;
  p.secretRef = "ref";
  return p;
}

TEST_F(ConnectionsView, KeepsEveryFieldOfAProfile) {
  const auto profile = everyFieldSet();
  log_.append(events::ConnectionCreated{profileOf(7, "before")});
  log_.append(events::ConnectionUpdated{profile});
  project();
  const auto page = ask(models(), &listConnections, ConnectionFilter{});
  ASSERT_EQ(page.rows.size(), 1U);
  EXPECT_EQ(page.rows[0].profile, profile);
  EXPECT_FALSE(page.rows[0].lastTest);
}

TEST_F(ConnectionsView, ForgetsARemovedProfileAndKeepsTheLastTestOverAnEdit) {
  log_.append(events::ConnectionCreated{profileOf(1, "gone")});
  log_.append(events::ConnectionCreated{profileOf(2, "kept")});
  log_.append(events::ConnectionTested{.connectionId = connectionOf(2),
                                       .ok = true,
                                       .latency = 5ms,
                                       .serverVersion = "7.0",
                                       .role = "master",
                                       .errorCode = ""},
              testEpoch() + 9s);
  log_.append(events::ConnectionUpdated{profileOf(2, "renamed")});
  log_.append(events::ConnectionRemoved{connectionOf(1), "gone"});
  project();
  const auto page = ask(models(), &listConnections, ConnectionFilter{});
  ASSERT_EQ(page.rows.size(), 1U);
  EXPECT_EQ(page.rows[0].profile.name, "renamed");
  ASSERT_TRUE(page.rows[0].lastTest);
  EXPECT_EQ(page.rows[0].lastTest->latency, 5ms);
  EXPECT_EQ(page.rows[0].lastTest->serverVersion, "7.0");
  EXPECT_EQ(page.rows[0].lastTest->testedAt, testEpoch() + 9s);
}

TEST_F(ConnectionsView, FiltersAndPagesByNameIgnoringCase) {
  for (std::uint64_t i = 0; i < 25; ++i) {
    auto profile = profileOf(i, (i % 2 == 0 ? "Cache " : "cache ") + std::to_string(10 + i));
    if (i % 5 == 0) profile.tags = {"blue"};
    if (i == 3) profile.environment = domain::Environment::prod;
    log_.append(events::ConnectionCreated{profile});
  }
  project();
  std::vector<std::string> names;
  ConnectionFilter filter{.limit = 10};
  while (true) {
    const auto page = ask(models(), &listConnections, filter);
    for (const auto& row : page.rows) names.push_back(domain::nameKey(row.profile.name));
    if (!page.next) break;
    filter.after = *page.next;
  }
  EXPECT_EQ(names.size(), 25U);
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_EQ(ask(models(), &listConnections, ConnectionFilter{.tag = "blue"}).rows.size(), 5U);
  EXPECT_EQ(ask(models(), &listConnections, ConnectionFilter{.text = "CACHE 13"}).rows.size(), 1U);
  EXPECT_EQ(
      ask(models(), &listConnections, ConnectionFilter{.environment = domain::Environment::prod}).rows.size(),
      1U);
}

TEST_F(SnapshotsView, AVersionThatNamesItsPackIsTakenAtItsWord) {
  log_.append(events::SnapshotCaptured{.connectionId = connectionOf(1),
                                       .state = stringState("k", 120),
                                       .packIndex = 4,
                                       .ownPack = idOf(98)},
              testEpoch(), idOf(99));
  project();
  const auto page = ask(models(), &listSnapshots, SnapshotFilter{});
  ASSERT_TRUE(page.rows.at(0).pack);
  EXPECT_EQ(page.rows[0].pack->packId, idOf(98));
}

TEST_F(SnapshotsView, ShowsAKeyBeforeAndAfterItsMutation) {
  const Bytes key = "k\0\xff"s;
  auto before = stringState(key, 120);
  before.deadline = testEpoch() + 300s;
  const auto captured =
      log_.append(events::SnapshotCaptured{.connectionId = connectionOf(1), .state = before, .packIndex = 4},
                  testEpoch(), idOf(99));
  project();
  const auto open = ask(models(), &listSnapshots, SnapshotFilter{});
  ASSERT_EQ(open.rows.size(), 1U);
  EXPECT_TRUE(open.rows[0].mutationId.isNil());

  const SnapshotId id(idOf(captured));
  const auto requested = log_.append(
      events::MutationRequested{.connectionId = connectionOf(1), .keys = {key}, .snapshots = {id}});
  log_.append(events::MutationApplied{.mutationId = MutationId(idOf(requested)),
                                      .connectionId = connectionOf(1),
                                      .after = {stringState(key, 98)}});
  project();
  const auto page =
      ask(models(), &listSnapshots, SnapshotFilter{.connectionId = connectionOf(1), .key = key});
  ASSERT_EQ(page.rows.size(), 1U);
  const auto& row = page.rows[0];
  EXPECT_EQ(row.id, id);
  EXPECT_EQ(row.key, key);
  EXPECT_EQ(row.reason, "set");
  EXPECT_EQ(row.state.sizeBytes, 120U);
  EXPECT_EQ(row.state.deadline, before.deadline);
  EXPECT_EQ(row.state.digest, "d1");
  ASSERT_TRUE(row.pack);
  EXPECT_EQ(row.pack->packId, idOf(99));
  EXPECT_EQ(row.pack->index, 4U);
  EXPECT_EQ(row.mutationId, MutationId(idOf(requested)));
  EXPECT_EQ(row.mutationStatus, "applied");
  ASSERT_TRUE(row.after);
  EXPECT_EQ(row.after->sizeBytes, 98U);
}

TEST_F(SnapshotsView, ListsThoseOfOneMutationAndThoseOfOneKeyNewestFirst) {
  fillLog(log_, 10);
  project();
  const auto all =
      ask(models(), &listSnapshots, SnapshotFilter{.connectionId = connectionOf(0), .key = "absent"});
  ASSERT_EQ(all.rows.size(), 4U);
  EXPECT_TRUE(std::ranges::is_sorted(all.rows, std::greater(), &SnapshotRow::position));
  EXPECT_FALSE(all.rows[0].existed());
  const auto mutation = all.rows[0].mutationId;
  ASSERT_FALSE(mutation.isNil());
  EXPECT_EQ(ask(models(), &listSnapshots, SnapshotFilter{.mutationId = mutation}).rows.size(), 2U);

  const auto first = ask(models(), &listSnapshots, SnapshotFilter{.limit = 15});
  ASSERT_EQ(first.rows.size(), 15U);
  ASSERT_TRUE(first.next);
  const auto second = ask(models(), &listSnapshots, SnapshotFilter{.before = first.next, .limit = 15});
  EXPECT_EQ(second.rows.size(), 5U);
  EXPECT_FALSE(second.next);
  EXPECT_LT(second.rows.front().position, first.rows.back().position);
}

TEST_F(SnapshotsView, RefusesAKeyWithoutAConnectionAndSaysWhenThereIsNone) {
  project();
  EXPECT_TRUE(models().read([](sqlite3& db) -> Result<void> {
    EXPECT_EQ(listSnapshots(db, {.key = "k"}).error().code, ErrorCode::validationError);
    EXPECT_EQ(snapshotById(db, SnapshotId(idOf(1))).error().code, ErrorCode::notFound);
    return {};
  }));
}

TEST_F(ProjectedLog, AMutationsOutcomeIsTheFirstThatIsKnown) {
  const auto make = [&] {
    return MutationId(idOf(log_.append(
        events::MutationRequested{.connectionId = connectionOf(1), .keys = {"k"}, .change = "c"})));
  };
  const auto applied = make(), failed = make(), lost = make(), open = make();
  log_.append(
      events::MutationUnknown{.mutationId = applied, .connectionId = connectionOf(1), .reason = "noAnswer"});
  log_.append(events::MutationApplied{
      .mutationId = applied, .connectionId = connectionOf(1), .attempts = 2, .duration = 4ms});
  log_.append(events::MutationFailed{
      .mutationId = failed, .connectionId = connectionOf(1), .errorCode = "TIMEOUT", .message = "m"});
  log_.append(events::MutationUnknown{
      .mutationId = failed, .connectionId = connectionOf(1), .reason = "processEnded"});
  log_.append(
      events::MutationUnknown{.mutationId = lost, .connectionId = connectionOf(1), .reason = "noAnswer"});
  project();
  const auto statusOf = [&](MutationId id) {
    std::string status;
    holds(models().read([&](sqlite3& db) -> Result<void> {
      const auto row = mutationById(db, id);
      if (!row) return std::unexpected(row.error());
      status = row->status + " " + row->errorCode;
      return {};
    }));
    return status;
  };
  EXPECT_EQ(statusOf(applied), "applied ");
  EXPECT_EQ(statusOf(failed), "failed TIMEOUT");
  EXPECT_EQ(statusOf(lost), "unknown ");
  EXPECT_EQ(statusOf(open), "requested ");
  EXPECT_EQ(ask(models(), &listMutations, MutationFilter{.status = "requested"}).rows.size(), 1U);
}

TEST_F(HistoryView, HasARowForEveryOperationWithWhoWhatAndHow) {
  auto blocked = operationOf<events::OperationBlocked>(1, "keys.delete", "k\xff", 10us);
  blocked.policy = "readOnly";
  blocked.message = "the connection is read-only";
  auto failed = operationOf<events::OperationFailed>(1, "keys.set", "k", 3ms);
  failed.errorCode = "TIMEOUT";
  failed.retryable = true;
  failed.attempts = 3;
  failed.change = "string 1 B → 2 B";
  failed.mutationId = MutationId(idOf(77));
  log_.append(blocked, testEpoch(), idOf(5));
  log_.append(failed, testEpoch() + 1s);
  project();
  const auto page = ask(models(), &listHistory, HistoryFilter{});
  ASSERT_EQ(page.rows.size(), 2U);
  const auto& newest = page.rows[0];
  EXPECT_EQ(newest.type, "operation.failed");
  EXPECT_EQ(newest.status, "error");
  EXPECT_EQ(newest.attempts, 3U);
  EXPECT_EQ(newest.retryable, true);
  EXPECT_EQ(newest.duration, 3ms);
  EXPECT_EQ(newest.change, "string 1 B → 2 B");
  EXPECT_NE(newest.detailsJson.find(idOf(77).toString()), std::string::npos);
  const auto& oldest = page.rows[1];
  EXPECT_EQ(oldest.status, "blocked");
  EXPECT_EQ(oldest.errorCode, "UNAUTHORIZED");
  EXPECT_EQ(oldest.keyOrPattern, "k\xff");
  EXPECT_EQ(oldest.actor, "ada@engine-room");
  EXPECT_EQ(oldest.source, "cli");
  EXPECT_EQ(oldest.environment, "staging");
  EXPECT_EQ(oldest.causationId, idOf(5));
  EXPECT_NE(oldest.detailsJson.find("readOnly"), std::string::npos);
}

TEST_F(HistoryView, ShowsAMutationWhoseProcessDiedButNotOneThatItsOwnOperationReports) {
  log_.append(events::MutationUnknown{.connectionId = connectionOf(1), .reason = "noAnswer"});
  log_.append(events::MutationUnknown{.connectionId = connectionOf(1), .reason = "processEnded"});
  project();
  const auto page = ask(models(), &listHistory, HistoryFilter{});
  ASSERT_EQ(page.rows.size(), 1U);
  EXPECT_EQ(page.rows[0].position, 2U);
  EXPECT_EQ(page.rows[0].status, "error");
}

TEST_F(HistoryView, CallsAnOperationSlowByTheThresholdOfItsTime) {
  auto profile = profileOf(1, "c");
  profile.slowOpThreshold = 100ms;
  const auto operation = operationOf<events::OperationCompleted>(1, "keys.get", "k", 200ms);
  log_.append(operation);  // before the profile: the default, 750 ms
  log_.append(events::ConnectionCreated{profile});
  log_.append(operation);
  profile.slowOpThreshold = 300ms;
  log_.append(events::ConnectionUpdated{profile});
  log_.append(operation);
  project();
  const auto page = ask(models(), &listHistory, HistoryFilter{.slowOnly = true});
  ASSERT_EQ(page.rows.size(), 1U);
  EXPECT_EQ(page.rows[0].position, 3U);
}

TEST_F(AlertsView, GroupsEqualAlertsWithinTheWindowOnly) {
  const events::AlertRaised alert{
      .title = "Operation failed", .message = "first", .source = "app", .connectionId = connectionOf(1)};
  auto other = alert;
  other.severity = events::Severity::critical;
  log_.append(alert, testEpoch(), idOf(5));
  log_.append(alert, testEpoch() + 4min);
  log_.append(other, testEpoch() + 4min);
  log_.append(alert, testEpoch() + 8min);         // four minutes after the last of the group
  log_.append(alert, testEpoch() + 13min + 1us);  // too late
  project();
  const auto page = ask(models(), &listAlerts, AlertFilter{});
  ASSERT_EQ(page.rows.size(), 3U);
  EXPECT_EQ(page.unread, 3U);
  EXPECT_EQ(page.rows[0].count, 1U);
  EXPECT_EQ(page.rows[2].count, 3U);
  EXPECT_EQ(page.rows[2].lastAt, testEpoch() + 8min);
  EXPECT_EQ(page.rows[2].causeId, idOf(5));
  EXPECT_EQ(page.rows[2].environment, "dev");
  EXPECT_EQ(ask(models(), &listAlerts, AlertFilter{.severity = "critical"}).rows.size(), 1U);
}

TEST_F(ProjectedLog, PassOverWhatTheyCannotReadAndGoOn) {
  log::Frame strange;
  strange.type = 65'000;
  strange.payloads = {"{}", "{}"};
  log_.append(strange);
  log::Frame newer;
  newer.type = static_cast<std::uint16_t>(events::EventType::alertRaised);
  newer.schemaVersion = 999;
  newer.payloads = {"{}"};
  log_.append(newer);
  log::Frame purged;
  purged.type = static_cast<std::uint16_t>(events::EventType::alertRaised);
  purged.payloads = {""};
  log_.append(purged);
  log_.append(events::AlertRaised{.title = "t", .message = "m", .source = "app"});
  project();
  EXPECT_EQ(ask(models(), &listAlerts, AlertFilter{}).rows.size(), 1U);
  const auto status = require(models().status());
  EXPECT_EQ(status.position, 5U);
  EXPECT_EQ(status.lag(), 0U);
}

TEST_F(AlertsView, TheirPositionIsOfWhatWasAppliedAndAskingForItAppliesNothing) {
  log_.append(events::AlertRaised{.title = "t", .message = "m", .source = "app"});
  project();
  EXPECT_EQ(require(models().position()), 1U);
  log_.append(events::AlertRaised{.title = "t", .message = "m", .source = "app"});
  EXPECT_EQ(require(models().position()), 1U);
  project();
  EXPECT_EQ(require(models().position()), 2U);
}

}  // namespace
}  // namespace cachify::views
