#pragma once
// What the tests of the read models share: a log in memory, events to fill it with, and a folder that goes
// away.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "core/digest.hpp"
#include "events/alert_events.hpp"
#include "events/connection_events.hpp"
#include "events/mutation_events.hpp"
#include "events/operation_events.hpp"
#include "log/event_reader.hpp"
#include "views/read_models.hpp"
#include "views/row_digest.hpp"

namespace cachify::views::test {

class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cachify-views-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// 2023-11-14T22:13:20Z
inline WallTime testEpoch() {
  return WallTime(std::chrono::seconds(1'700'000'000));
}

/// The same number gives the same id in every run.
inline Uuid idOf(std::uint64_t number) {
  std::array<std::uint8_t, 16> bytes{0x01, 0x8b, 0xcf, 0xe5, 0x68, 0, 0x70, 0, 0x80};
  for (unsigned i = 0; i < 6; ++i) bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  return Uuid(bytes);
}
inline ConnectionId connectionOf(std::uint64_t number) {
  return ConnectionId(idOf(0xC000'0000 + number));
}

/// Keeps frames as the real log gives them back. Thread-safe.
class MemoryLog final : public log::EventReader {
 public:
  explicit MemoryLog(Uuid logId = idOf(0x1060)) : logId_(logId), origin_(sha256(logId.toString())) {}

  /// Frames handed out by one call of `framesFrom`, at most.
  std::atomic<std::size_t> framesPerBatch = 1'000'000;
  /// From this position on, reading fails as it does for a damaged frame.
  std::atomic<log::Position> damagedFrom = std::numeric_limits<log::Position>::max();

  log::Position append(log::Frame frame) {
    const std::scoped_lock guard(mutex_);
    frame.firstPosition = last() + 1;
    if (frame.firstEventId.isNil()) frame.firstEventId = idOf(frame.firstPosition);
    Sha256 chain;
    chain.update(frames_.empty() ? origin_ : frames_.back().chain);
    for (const auto& payload : frame.payloads) chain.update(sha256(payload));
    frame.chain = chain.finish();
    frames_.push_back(std::move(frame));
    return last();
  }

  template <class Event>
  log::Position append(const std::vector<Event>& events, WallTime at = testEpoch(), Uuid causation = {}) {
    log::Frame frame;
    frame.stream = "test";
    frame.type = static_cast<std::uint16_t>(Event::kType);
    frame.recordedAt = at;
    frame.causationId = causation;
    frame.actor = {.osUser = "ada", .host = "engine-room", .surface = "cli"};
    for (const auto& event : events) frame.payloads.push_back(encode(event));
    return append(std::move(frame));
  }
  template <class Event>
  log::Position append(const Event& event, WallTime at = testEpoch(), Uuid causation = {}) {
    return append(std::vector<Event>{event}, at, causation);
  }

  /// Forgets everything after `position`, as if the log had been cut.
  void cutAfter(log::Position position) {
    const std::scoped_lock guard(mutex_);
    while (!frames_.empty() && last() > position) frames_.pop_back();
  }
  [[nodiscard]] std::vector<log::Frame> frames() const {
    const std::scoped_lock guard(mutex_);
    return frames_;
  }

  [[nodiscard]] Result<log::LogHead> head() const override {
    const std::scoped_lock guard(mutex_);
    return log::LogHead{logId_, last(), frames_.empty() ? origin_ : frames_.back().chain};
  }
  [[nodiscard]] std::uint64_t lastTransaction() const override { return 0; }
  [[nodiscard]] Result<std::vector<log::Frame>> framesFrom(log::Position from,
                                                           std::size_t maxBytes) const override {
    const std::scoped_lock guard(mutex_);
    std::vector<log::Frame> out;
    std::size_t bytes = 0;
    for (auto at = frameHolding(from); at != frames_.end() && out.size() < framesPerBatch && bytes < maxBytes;
         ++at) {
      if (at->lastPosition() >= damagedFrom) return fail(ErrorCode::internalError, "the frame is damaged");
      for (const auto& payload : at->payloads) bytes += payload.size();
      out.push_back(*at);
    }
    return out;
  }
  [[nodiscard]] Result<std::vector<log::Frame>> streamFrom(std::string_view, std::uint64_t,
                                                           std::size_t) const override {
    return fail(ErrorCode::notSupported, "the read models do not read streams");
  }
  [[nodiscard]] Result<std::uint64_t> streamVersion(std::string_view) const override {
    return fail(ErrorCode::notSupported, "the read models do not read streams");
  }
  [[nodiscard]] Result<Digest> chainAt(log::Position position) const override {
    const std::scoped_lock guard(mutex_);
    if (position == 0) return origin_;
    const auto at = frameHolding(position);
    if (at == frames_.end() || at->lastPosition() != position)
      return fail(ErrorCode::notFound, "no frame ends there");
    return at->chain;
  }

 private:
  [[nodiscard]] log::Position last() const { return frames_.empty() ? 0 : frames_.back().lastPosition(); }
  [[nodiscard]] std::vector<log::Frame>::const_iterator frameHolding(log::Position position) const {
    return std::ranges::partition_point(frames_, [&](const auto& f) { return f.lastPosition() < position; });
  }

  const Uuid logId_;
  const Digest origin_;
  mutable std::mutex mutex_;
  std::vector<log::Frame> frames_;
};

inline domain::ConnectionProfile profileOf(std::uint64_t number, std::string name) {
  domain::ConnectionProfile profile;
  profile.id = connectionOf(number);
  profile.name = std::move(name);
  profile.port = 6379;
  profile.createdAt = profile.updatedAt = testEpoch();
  return profile;
}

template <class Event>
Event operationOf(std::uint64_t connection, std::string action, Bytes key,
                  std::chrono::microseconds duration) {
  Event event;
  event.connectionId = connectionOf(connection);
  event.environment = domain::Environment::staging;
  event.action = std::move(action);
  event.keyOrPattern = std::move(key);
  event.duration = duration;
  return event;
}

inline events::KeyState stringState(Bytes key, std::uint64_t sizeBytes) {
  return {.key = std::move(key), .type = domain::ValueType::string, .sizeBytes = sizeBytes, .digest = "d1"};
}

inline void loseAndRestore(MemoryLog& log, std::uint64_t connection, WallTime at) {
  const events::ConnectionNoticed noticed{connectionOf(connection), domain::Environment::staging};
  const std::chrono::seconds away{4};
  log.append(events::ConnectionLost{noticed, "CONNECTION_FAILED", "the server closed the connection"}, at);
  log.append(events::ConnectionRestored{noticed, away, 5, std::chrono::microseconds(300)}, at + away);
}

/// A little of everything, `rounds` times over; about eight events a round, a minute of log time each.
inline void fillLog(MemoryLog& log, unsigned rounds) {
  using namespace std::chrono_literals;
  for (std::uint64_t c = 0; c < 3; ++c) {
    log.append(events::ConnectionCreated{profileOf(c, "cache " + std::to_string(c))});
  }
  for (unsigned r = 0; r < rounds; ++r) {
    const WallTime at = testEpoch() + std::chrono::minutes(r);
    const std::string key = "user:" + std::to_string(1000 + r) + ":profile";
    auto failed = operationOf<events::OperationFailed>(r % 3, "keys.set", key,
                                                       std::chrono::microseconds(2'000'000 + r));
    failed.errorCode = "TIMEOUT";
    failed.message = "no answer in time";
    failed.retryable = true;
    log.append(std::vector{operationOf<events::OperationCompleted>(r % 3, "keys.get", key, 100us * (r + 1)),
                           operationOf<events::OperationCompleted>((r + 1) % 3, "keys.list", "user:*", 7ms)},
               at);
    if (r % 4 == 0) log.append(failed, at + 1s);
    const auto snapshots = std::vector{
        events::SnapshotCaptured{
            .connectionId = connectionOf(r % 3), .state = stringState(key, r), .packIndex = 0},
        events::SnapshotCaptured{.connectionId = connectionOf(r % 3), .state = {.key = "absent"}}};
    const log::Position last = log.append(snapshots, at + 2s, idOf(r + 1));
    const log::Position requested = log.append(
        events::MutationRequested{
            .connectionId = connectionOf(r % 3),
            .keys = {key, "absent"},
            .snapshots = {SnapshotId(idOf(last - 1)), SnapshotId(idOf(last - 1).offsetBy(1))}},
        at + 3s);
    log.append(events::MutationApplied{.mutationId = MutationId(idOf(requested)),
                                       .connectionId = connectionOf(r % 3),
                                       .after = {stringState(key, r + 1), stringState("absent", 1)},
                                       .attempts = 1,
                                       .duration = 900us},
               at + 4s);
    log.append(events::AlertRaised{.title = "Operation failed",
                                   .message = key,
                                   .source = "app",
                                   .connectionId = connectionOf(r % 3)},
               at + 5s, idOf(last));
  }
}

template <class T>
T require(Result<T> result) {
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? std::move(*result) : T{};
}
inline bool holds(const Result<void>& result) {
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result.has_value();
}

inline constexpr log::Position kAll = std::numeric_limits<log::Position>::max();

inline std::unique_ptr<ReadModels> openViews(const std::filesystem::path& directory,
                                             const log::EventReader& log) {
  return require(ReadModels::open({.directory = directory, .reader = &log}));
}

/// Runs a query function of the read models, giving its answer.
template <class Answer, class Filter>
Answer ask(ReadModels& models, Result<Answer> (*query)(sqlite3&, const Filter&), const Filter& filter) {
  Answer answer{};
  holds(models.read([&](sqlite3& db) -> Result<void> {
    auto result = query(db, filter);
    if (!result) return std::unexpected(result.error());
    answer = std::move(*result);
    return {};
  }));
  return answer;
}

inline std::string digestOf(ReadModels& models) {
  std::string digest;
  holds(models.read([&](sqlite3& db) -> Result<void> {
    auto result = digestRows(db);
    if (!result) return std::unexpected(result.error());
    digest = std::move(*result);
    return {};
  }));
  return digest;
}

/// Events of a log in memory, and the read models over it.
class ProjectedLog : public ::testing::Test {
 protected:
  void project() {
    if (models_ == nullptr) models_ = openViews(folder_ / "views", log_);
    ASSERT_TRUE(holds(models_->catchUp(kAll)));
  }
  ReadModels& models() { return *models_; }

  TempFolder folder_;
  MemoryLog log_;
  std::unique_ptr<ReadModels> models_;
};

/// The folder of the current generation.
inline std::filesystem::path currentOf(const std::filesystem::path& views) {
  std::string name;
  if (FILE* file = std::fopen((views / "CURRENT").c_str(), "r")) {
    char buffer[128] = {};
    name.assign(buffer, std::fread(buffer, 1, sizeof buffer, file));
    std::fclose(file);
  }
  while (!name.empty() && name.back() == '\n') name.pop_back();
  return views / name;
}

}  // namespace cachify::views::test
