#include "views/rollups.hpp"

#include <array>
#include <map>
#include <tuple>

#include "views/latency_histogram.hpp"
#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

constexpr std::array kTables{ViewTable{"rollup_minute", "scope, bucket, environment"},
                             ViewTable{"rollup_hour", "scope, bucket, environment"},
                             ViewTable{"rollup_day", "scope, bucket, environment"}};

struct Counts {
  std::uint64_t operations = 0;
  std::uint64_t errors = 0;
  std::uint64_t blocked = 0;
  std::uint64_t slow = 0;
  std::uint64_t reconnects = 0;
  LatencyHistogram latency;

  void merge(const Counts& other) {
    operations += other.operations;
    errors += other.errors;
    blocked += other.blocked;
    slow += other.slow;
    reconnects += other.reconnects;
    latency.merge(other.latency);
  }
};

/// Scope, bucket, environment: the key of all three tables.
using Key = std::tuple<Bytes, std::int64_t, std::string>;
using Buckets = std::map<Key, Counts>;

class Level {
 public:
  Level(sqlite3& db, std::string_view table)
      : read_(
            db,
            "SELECT operation_count, error_count, blocked_count, slow_count, reconnect_count, latency FROM " +
                std::string(table) + " WHERE scope = ? AND bucket = ? AND environment = ?"),
        write_(db, "INSERT OR REPLACE INTO " + std::string(table) +
                       " (scope, bucket, environment, operation_count, error_count, blocked_count, "
                       "slow_count, reconnect_count, latency)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

  Result<void> addAll(const Buckets& buckets) {
    for (const auto& [key, counts] : buckets) {
      if (auto ok = add(key, counts); !ok) return ok;
    }
    return {};
  }

 private:
  Result<void> add(const Key& key, const Counts& counts) {
    Counts sum = counts;
    const auto& [scope, bucket, environment] = key;
    read_.open(Blob{scope}, bucket, environment);
    const auto row = read_.next();
    if (!row) return std::unexpected(row.error());
    if (*row) addStored(sum);
    read_.close();
    const Bytes latency = sum.latency.encode();
    return write_.run(Blob{scope}, bucket, environment, sum.operations, sum.errors, sum.blocked, sum.slow,
                      sum.reconnects, Blob{latency});
  }

  void addStored(Counts& sum) const {
    sum.operations += static_cast<std::uint64_t>(read_.integer(0));
    sum.errors += static_cast<std::uint64_t>(read_.integer(1));
    sum.blocked += static_cast<std::uint64_t>(read_.integer(2));
    sum.slow += static_cast<std::uint64_t>(read_.integer(3));
    sum.reconnects += static_cast<std::uint64_t>(read_.integer(4));
    static_cast<void>(sum.latency.mergeEncoded(read_.view(5)));
  }

  Statement read_;
  Statement write_;
};

/// The same counts in buckets `factor` times as long.
Buckets coarser(const Buckets& fine, std::int64_t factor) {
  Buckets out;
  for (const auto& [key, counts] : fine) {
    const auto& [scope, bucket, environment] = key;
    const std::int64_t whole = bucket >= 0 ? bucket / factor : -((-bucket + factor - 1) / factor);
    out[{scope, whole, environment}].merge(counts);
  }
  return out;
}

class RollUps final : public ReadModel {
 public:
  explicit RollUps(sqlite3& db)
      : minute_(db, "rollup_minute"),
        hour_(db, "rollup_hour"),
        day_(db, "rollup_day"),
        run_(db, "SELECT connection_id, environment FROM workflow_executions WHERE id = ?") {}

  Result<void> apply(const EventRecord& record) override {
    if (std::holds_alternative<events::StepSucceeded>(record.event)) return step(record, false);
    if (std::holds_alternative<events::StepFailed>(record.event)) return step(record, true);
    if (const auto* const restored = std::get_if<events::ConnectionRestored>(&record.event)) {
      each(record, seriesOf(restored->connectionId, domain::wireName(restored->environment)),
           [](Counts& counts) { ++counts.reconnects; });
    }
    const auto* const operation = operationIn(record.event);
    if (operation == nullptr || operation->connectionId.isNil() || isOfProfile(operation->action)) return {};
    each(record, seriesOf(operation->connectionId, domain::wireName(operation->environment)),
         [&](Counts& counts) { count(counts, record, *operation); });
    return {};
  }

  Result<void> flush() override {
    constexpr std::int64_t kMinutesPerHour = 60;
    constexpr std::int64_t kHoursPerDay = 24;
    const Buckets hours = coarser(minutes_, kMinutesPerHour);
    const Buckets days = coarser(hours, kHoursPerDay);
    if (auto ok = minute_.addAll(minutes_); !ok) return ok;
    if (auto ok = hour_.addAll(hours); !ok) return ok;
    if (auto ok = day_.addAll(days); !ok) return ok;
    minutes_.clear();
    runs_.clear();
    return {};
  }

 private:
  /// What is counted together within a bucket.
  struct Series {
    Bytes scope;
    std::string environment;
  };
  static Series seriesOf(ConnectionId connection, std::string_view environment) {
    const auto& id = connection.value().bytes();
    return {Bytes(reinterpret_cast<const char*>(id.data()), id.size()), std::string(environment)};
  }

  /// The counts of that series, and of all together.
  template <class Add>
  void each(const EventRecord& record, const Series& series, Add add) {
    const std::int64_t minute =
        std::chrono::floor<std::chrono::minutes>(record.recordedAt).time_since_epoch().count();
    add(minutes_[{series.scope, minute, series.environment}]);
    add(minutes_[{Bytes(), minute, std::string()}]);
  }

  /// A step went to the server of its run's connection; how long it alone took, nobody measured.
  Result<void> step(const EventRecord& record, bool isError) {
    const auto series = seriesOfRun(record.correlationId);
    if (!series) return std::unexpected(series.error());
    if (*series == nullptr) return {};
    each(record, **series, [&](Counts& counts) {
      ++counts.operations;
      counts.errors += isError ? 1 : 0;
    });
    return {};
  }

  /// Null for a run that nobody knows.
  Result<const Series*> seriesOfRun(const Uuid& run) {
    auto known = runs_.find(run);
    if (known == runs_.end()) {
      run_.open(run);
      const auto row = run_.next();
      if (!row) return std::unexpected(row.error());
      std::optional<Series> series;
      if (*row) series = seriesOf(ConnectionId(run_.uuid(0)), run_.text(1));
      run_.close();
      known = runs_.emplace(run, std::move(series)).first;
    }
    return known->second ? &*known->second : nullptr;
  }

  // A blocked attempt never reached a server: its time says nothing about one. Nor does that of a whole run.
  static void count(Counts& counts, const EventRecord& record, const events::Operation& operation) {
    ++counts.operations;
    counts.slow += record.slow ? 1 : 0;
    if (std::holds_alternative<events::OperationFailed>(record.event)) ++counts.errors;
    if (std::holds_alternative<events::OperationBlocked>(record.event)) {
      ++counts.blocked;
    } else if (!isOfRun(operation.action)) {
      counts.latency.add(operation.duration);
    }
  }

  Level minute_;
  Level hour_;
  Level day_;
  Statement run_;
  Buckets minutes_;
  std::map<Uuid, std::optional<Series>> runs_;  ///< looked up since the last flush
};

}  // namespace

ReadModelSpec rollUpsModel() {
  return {"rollups", 3, kTables, &makeReadModel<RollUps>};
}

}  // namespace cachify::views
