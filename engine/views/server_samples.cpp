#include "views/server_samples.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

constexpr std::array kTables{ViewTable{"observability_snapshots", "connection_id, bucket"},
                             ViewTable{"observability_hours", "connection_id, bucket"}};
constexpr std::size_t kMostBuckets = 2'000;

using Count = std::optional<std::uint64_t>;

struct SampleSums {
  std::uint64_t samples = 0;
  std::uint64_t latencySum = 0;
  std::uint64_t latencyMax = 0;
  std::uint64_t opsSamples = 0;
  std::uint64_t opsSum = 0;
  std::uint64_t opsMax = 0;
  Count memoryMax;
  Count clientsMax;
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t evictions = 0;
  Count lagMax;

  void add(const events::HealthSample& sample) {
    ++samples;
    latencySum = sum(latencySum, static_cast<std::uint64_t>(sample.latency.count()));
    latencyMax = std::max(latencyMax, static_cast<std::uint64_t>(sample.latency.count()));
    if (sample.opsPerSecond) {
      ++opsSamples;
      opsSum = sum(opsSum, *sample.opsPerSecond);
      opsMax = std::max(opsMax, *sample.opsPerSecond);
    }
    raise(memoryMax, sample.usedMemoryBytes);
    raise(clientsMax, sample.clients);
    hits = sum(hits, sample.hits.value_or(0));
    misses = sum(misses, sample.misses.value_or(0));
    evictions = sum(evictions, sample.evictions.value_or(0));
    raise(lagMax, sample.replicationLagMs);
  }

 private:
  static void raise(Count& most, Count value) {
    if (value) most = std::max(most.value_or(0), *value);
  }
  /// What cannot be true must not overflow either: an eighth of what SQLite holds is left for adding up.
  static std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
    constexpr std::uint64_t kMost = 1ULL << 60;
    return std::min(kMost, a + std::min(b, kMost));
  }
};

using SampleKey = std::pair<ConnectionId, std::int64_t>;
using SampleBuckets = std::map<SampleKey, SampleSums>;

std::string putInto(std::string_view table) {
  return "INSERT INTO " + std::string(table) +
         R"sql( AS t (connection_id, bucket, samples, latency_sum_us, latency_max_us, ops_samples, ops_sum, ops_max,
      memory_max_bytes, clients_max, hits, misses, evictions, replication_lag_max_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (connection_id, bucket) DO UPDATE SET
      samples = samples + excluded.samples,
      latency_sum_us = min(latency_sum_us + excluded.latency_sum_us, 1 << 60),
      latency_max_us = max(latency_max_us, excluded.latency_max_us),
      ops_samples = ops_samples + excluded.ops_samples,
      ops_sum = min(ops_sum + excluded.ops_sum, 1 << 60),
      ops_max = max(ops_max, excluded.ops_max),
      memory_max_bytes = coalesce(max(memory_max_bytes, excluded.memory_max_bytes), memory_max_bytes,
        excluded.memory_max_bytes),
      clients_max = coalesce(max(clients_max, excluded.clients_max), clients_max, excluded.clients_max),
      hits = min(hits + excluded.hits, 1 << 60),
      misses = min(misses + excluded.misses, 1 << 60),
      evictions = min(evictions + excluded.evictions, 1 << 60),
      replication_lag_max_ms = coalesce(max(replication_lag_max_ms, excluded.replication_lag_max_ms),
        replication_lag_max_ms, excluded.replication_lag_max_ms))sql";
}

class ServerSamples final : public ReadModel {
 public:
  explicit ServerSamples(sqlite3& db)
      : minute_(db, putInto("observability_snapshots")), hour_(db, putInto("observability_hours")) {}

  Result<void> apply(const EventRecord& record) override {
    const auto* const sample = std::get_if<events::HealthSample>(&record.event);
    if (sample == nullptr) return {};
    const auto at = record.recordedAt.time_since_epoch();
    minutes_[{sample->connectionId, std::chrono::floor<std::chrono::minutes>(at).count()}].add(*sample);
    hours_[{sample->connectionId, std::chrono::floor<std::chrono::hours>(at).count()}].add(*sample);
    return {};
  }

  Result<void> flush() override {
    if (auto ok = write(minute_, minutes_); !ok) return ok;
    return write(hour_, hours_);
  }

 private:
  static Result<void> write(Statement& put, SampleBuckets& buckets) {
    for (const auto& [key, s] : buckets) {
      auto ok = put.run(key.first, key.second, s.samples, s.latencySum, s.latencyMax, s.opsSamples, s.opsSum,
                        s.opsMax, s.memoryMax, s.clientsMax, s.hits, s.misses, s.evictions, s.lagMax);
      if (!ok) return ok;
    }
    buckets.clear();
    return {};
  }

  Statement minute_;
  Statement hour_;
  SampleBuckets minutes_;
  SampleBuckets hours_;
};

Count countAt(const Statement& in, int column) {
  return in.isNull(column) ? std::nullopt : Count(static_cast<std::uint64_t>(in.integer(column)));
}

SampleBucket readBucket(const Statement& in, std::chrono::minutes interval) {
  const auto count = [&](int column) { return static_cast<std::uint64_t>(in.integer(column)); };
  SampleBucket bucket{
      .start = WallTime(interval * in.integer(0)),
      .samples = count(1),
      .latencyMean = std::chrono::microseconds(in.integer(2) / std::max<std::int64_t>(in.integer(1), 1)),
      .latencyMax = std::chrono::microseconds(in.integer(3)),
      .usedMemoryMaxBytes = countAt(in, 7),
      .clientsMax = countAt(in, 8),
      .hits = count(9),
      .misses = count(10),
      .evictions = count(11),
      .replicationLagMaxMs = countAt(in, 12)};
  if (count(4) > 0) {
    bucket.opsPerSecondMean = static_cast<double>(count(5)) / static_cast<double>(count(4));
    bucket.opsPerSecondMax = count(6);
  }
  return bucket;
}

/// The rows of a period.
struct SampleRows {
  std::string_view table;
  std::chrono::minutes interval;
  std::int64_t first;  ///< in intervals since 1970
  std::int64_t last;
};

Result<SampleRows> rowsOf(const SampleFilter& filter) {
  if (filter.to <= filter.from) return fail(ErrorCode::validationError, "the period ends before it begins");
  const bool isLong = filter.to - filter.from > std::chrono::hours(24);
  const std::chrono::minutes interval(isLong ? 60 : 1);
  const auto bucketOf = [&](WallTime at) -> std::int64_t {
    return std::chrono::floor<std::chrono::minutes>(at).time_since_epoch() / interval;
  };
  return SampleRows{.table = isLong ? "observability_hours" : "observability_snapshots",
                    .interval = interval,
                    .first = bucketOf(filter.from),
                    .last = bucketOf(filter.to - std::chrono::microseconds(1))};
}

}  // namespace

ReadModelSpec serverSamplesModel() {
  return {"observability_snapshots", 1, kTables, &makeReadModel<ServerSamples>};
}

std::optional<double> SampleBucket::hitRate() const {
  if (hits + misses == 0) return std::nullopt;
  return static_cast<double>(hits) / static_cast<double>(hits + misses);
}

Result<SampleTrend> sampleTrend(sqlite3& db, const SampleFilter& filter) {
  const auto rows = rowsOf(filter);
  if (!rows) return std::unexpected(rows.error());
  Statement select(
      db, std::string("SELECT bucket, samples, latency_sum_us, latency_max_us, ops_samples, ops_sum, "
                      "ops_max, memory_max_bytes, clients_max, hits, misses, evictions, "
                      "replication_lag_max_ms FROM ") +
              std::string(rows->table) +
              " WHERE connection_id = ? AND bucket >= ? AND bucket <= ? ORDER BY bucket DESC LIMIT ?");
  select.open(filter.connectionId, rows->first, rows->last, kMostBuckets);
  const std::chrono::minutes interval = rows->interval;
  SampleTrend trend{.interval = interval, .buckets = {}};
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
    trend.buckets.push_back(readBucket(select, interval));
  }
  std::ranges::reverse(trend.buckets);
  return trend;
}

Result<SampleBucket> sampleTotals(sqlite3& db, const SampleFilter& filter) {
  const auto rows = rowsOf(filter);
  if (!rows) return std::unexpected(rows.error());
  // total() and not sum(): what a server told may be as large as it likes.
  Statement select(
      db, std::string("SELECT ?, coalesce(sum(samples), 0), CAST(total(latency_sum_us) AS INTEGER), "
                      "coalesce(max(latency_max_us), 0), coalesce(sum(ops_samples), 0), "
                      "CAST(total(ops_sum) AS INTEGER), coalesce(max(ops_max), 0), max(memory_max_bytes), "
                      "max(clients_max), CAST(total(hits) AS INTEGER), CAST(total(misses) AS INTEGER), "
                      "CAST(total(evictions) AS INTEGER), max(replication_lag_max_ms) FROM ") +
              std::string(rows->table) + " WHERE connection_id = ? AND bucket >= ? AND bucket <= ?");
  select.open(rows->first, filter.connectionId, rows->first, rows->last);
  const auto row = select.next();
  if (!row) return std::unexpected(row.error());
  return readBucket(select, rows->interval);
}

}  // namespace cachify::views
