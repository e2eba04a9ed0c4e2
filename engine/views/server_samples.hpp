#pragma once
// Read model `observability_snapshots`: what the engine's samples told of servers, per minute and per hour.

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"

struct sqlite3;

namespace cachify::views {

struct ReadModelSpec;
[[nodiscard]] ReadModelSpec serverSamplesModel();

struct SampleBucket {
  WallTime start{};
  std::uint64_t samples = 0;
  std::chrono::microseconds latencyMean{};  ///< of pings
  std::chrono::microseconds latencyMax{};
  std::optional<double> opsPerSecondMean{};
  std::optional<std::uint64_t> opsPerSecondMax{};
  std::optional<std::uint64_t> usedMemoryMaxBytes{};
  std::optional<std::uint64_t> clientsMax{};
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t evictions = 0;
  std::optional<std::uint64_t> replicationLagMaxMs{};

  /// 0 to 1; nothing where nobody read.
  [[nodiscard]] std::optional<double> hitRate() const;
};

struct SampleFilter {
  ConnectionId connectionId{};
  WallTime from{};
  WallTime to{};  ///< exclusive
};

struct SampleTrend {
  std::chrono::minutes interval{};      ///< a minute, or an hour for periods above a day
  std::vector<SampleBucket> buckets{};  ///< oldest first; those without samples are left out
};

/// At most 2 000 buckets, the newest. VALIDATION_ERROR for an empty period.
[[nodiscard]] Result<SampleTrend> sampleTrend(sqlite3& db, const SampleFilter& filter);
/// All of the period as one bucket, whole minutes, or hours for periods above a day; of nothing where nobody
/// sampled. VALIDATION_ERROR for an empty period.
[[nodiscard]] Result<SampleBucket> sampleTotals(sqlite3& db, const SampleFilter& filter);

}  // namespace cachify::views
