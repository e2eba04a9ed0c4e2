#include "month_log.hpp"

#include <fmt/format.h>

#include <array>
#include <random>
#include <span>

#include "bench.hpp"
#include "event_frame.hpp"
#include "events/connection_events.hpp"
#include "events/operation_events.hpp"
#include "events/sample_events.hpp"

namespace cachify::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kConnections = 20;
constexpr std::uint64_t kMinutes = 30ULL * 24 * 60;
constexpr std::size_t kFramesAtOnce = 500;
/// So many instants of a minute at most; what comes at one instant is one frame.
constexpr std::uint64_t kInstants = 12;

class Writer {
 public:
  explicit Writer(log::EventLog& log) : log_(log) {
    for (std::size_t i = 0; i < kConnections; ++i)
      connections_.push_back(ConnectionId::make(kStart + i * 1ms));
  }

  void profiles() {
    for (std::size_t i = 0; i < kConnections; ++i) {
      domain::ConnectionProfile profile;
      profile.id = connections_[i];
      profile.name = fmt::format("cache {}", i);
      profile.environment = environmentOf(i);
      profile.createdAt = profile.updatedAt = kStart;
      profile.port = 6379;
      put<events::ConnectionCreated>(std::vector{events::ConnectionCreated{profile}}, "connections", kStart);
    }
  }

  /// `count` events that happened at `at`: of a hundred, 80 completed, 3 failed, 2 blocked, 15 sampled.
  void instant(WallTime at, std::uint64_t count) {
    std::vector<events::OperationCompleted> completed;
    std::vector<events::OperationFailed> failed;
    std::vector<events::OperationBlocked> blocked;
    std::vector<events::HealthSample> samples;
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto dice = random_() % 100;
      if (dice < 80) {
        completed.push_back({operation()});
      } else if (dice < 83) {
        failed.push_back({operation(), "TIMEOUT", "no answer within 5000 ms", true});
      } else if (dice < 85) {
        blocked.push_back({operation(), "readOnly", "the connection is read-only"});
      } else {
        samples.push_back(sample());
      }
    }
    put<events::OperationCompleted>(completed, "operations/bench", at);
    put<events::OperationFailed>(failed, "operations/bench", at);
    put<events::OperationBlocked>(blocked, "operations/bench", at);
    put<events::HealthSample>(samples, "samples/bench", at);
  }

  std::uint64_t finish() {
    send();
    if (auto flushed = log_.flush(); !flushed) throw std::runtime_error(flushed.error().message);
    return written_;
  }

  // 2026-01-01T00:00:00Z
  static constexpr WallTime kStart{std::chrono::seconds(1'767'225'600)};

 private:
  static domain::Environment environmentOf(std::size_t connection) {
    constexpr std::array kAll{domain::Environment::dev, domain::Environment::staging,
                              domain::Environment::prod};
    return kAll[connection % kAll.size()];
  }

  events::Operation operation() {
    constexpr std::array<std::string_view, 4> kActions{"keys.get", "keys.list", "keys.set", "keys.delete"};
    // The first connections are used most.
    const auto connection = std::min(random_() % kConnections, random_() % kConnections);
    return {.connectionId = connections_[connection],
            .environment = environmentOf(connection),
            .action = std::string(kActions[random_() % kActions.size()]),
            .keyOrPattern = fmt::format("user:{}:profile", random_() % 100'000),
            .duration = std::chrono::microseconds(static_cast<std::int64_t>(time_(random_)))};
  }

  events::HealthSample sample() {
    const auto connection = random_() % kConnections;
    events::HealthSample sample{{connections_[connection], environmentOf(connection)}};
    sample.latency = std::chrono::microseconds(200 + random_() % 400);
    sample.opsPerSecond = random_() % 20'000;
    sample.usedMemoryBytes = 1'000'000'000 + random_() % 1'000'000;
    sample.clients = 50 + random_() % 20;
    sample.hits = random_() % 10'000;
    sample.misses = random_() % 1'000;
    sample.evictions = 0;
    sample.role = "master";
    return sample;
  }

  template <class Event>
  void put(std::span<const Event> events, std::string stream, WallTime at) {
    if (events.empty()) return;
    log::FrameDraft frame = eventFrame<Event>(std::move(stream), at);
    for (const auto& event : events) frame.payloads.push_back(encode(event));
    written_ += events.size();
    request_.frames.push_back(std::move(frame));
    if (request_.frames.size() >= kFramesAtOnce) send();
  }

  void send() {
    if (request_.frames.empty()) return;
    request_.durability = log::Durability::soon;
    must(log_.append(std::exchange(request_, {})));
  }

  log::EventLog& log_;
  std::vector<ConnectionId> connections_;
  log::AppendRequest request_;
  std::uint64_t written_ = 0;
  std::mt19937_64 random_{42};  // NOLINT: the same in every run
  std::lognormal_distribution<double> time_{7.0,
                                            1.5};  // median 1.1 ms, one in a hundred thousand above 750 ms
};

}  // namespace

MonthLog writeMonth(log::EventLog& log, std::uint64_t events) {
  Writer writer(log);
  writer.profiles();
  std::uint64_t done = 0;
  for (std::uint64_t minute = 0; minute < kMinutes; ++minute) {
    const WallTime at = Writer::kStart + std::chrono::minutes(minute);
    // By day twice as much as by night, on the whole as much as was asked for.
    const bool isDay = minute / 60 % 24 >= 12;
    const std::uint64_t due =
        isDay ? events * (minute + 1) / kMinutes : std::max(done, events * (minute * 2 / 3) / kMinutes);
    const std::uint64_t now = due > done ? due - done : 0;
    const std::uint64_t instants = std::min(kInstants, now);
    for (std::uint64_t i = 0; i < instants; ++i)
      writer.instant(at + i * 5s, now / instants + (i < now % instants ? 1 : 0));
    done += now;
  }
  if (done < events) writer.instant(Writer::kStart + std::chrono::minutes(kMinutes - 1), events - done);
  return {.events = writer.finish(),
          .from = Writer::kStart,
          .to = Writer::kStart + std::chrono::minutes(kMinutes)};
}

}  // namespace cachify::bench
