#pragma once
// What the tests of the log share: a folder that goes away, drafts, and a clock that is set by hand.

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "log/event_log.hpp"

namespace cachify::log::test {

class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cachify-log-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

class SetClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override { return WallTime(std::chrono::microseconds(micros_.load())); }
  void advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<std::int64_t> micros_{1'700'000'000'000'000};
};

inline WallTime someTime() {
  return WallTime(std::chrono::microseconds(1'700'000'000'123'456));
}

inline FrameDraft draft(std::string stream, std::vector<std::string> payloads, std::uint16_t type = 7) {
  return {.stream = std::move(stream),
          .type = type,
          .schemaVersion = 2,
          .firstEventId = Uuid::makeV7(someTime()),
          .recordedAt = someTime(),
          .actor = {.osUser = "ada", .host = "engine-room", .surface = "cli"},
          .payloads = std::move(payloads)};
}

inline AppendRequest request(std::string stream, std::vector<std::string> payloads) {
  AppendRequest request;
  request.frames.push_back(draft(std::move(stream), std::move(payloads)));
  return request;
}

inline constexpr std::uint64_t kTestMapBytes = 1ULL << 30;

inline std::unique_ptr<EventLog> openLog(const std::filesystem::path& directory,
                                         std::uint64_t mapSizeBytes = kTestMapBytes) {
  auto log = EventLog::open({.directory = directory, .mapSizeBytes = mapSizeBytes});
  EXPECT_TRUE(log) << (log ? "" : log.error().message);
  return log ? std::move(*log) : nullptr;
}

template <class T>
T require(Result<T> result) {
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? std::move(*result) : T{};
}

template <class T>
[[nodiscard]] T detailOr(const Error& error, std::string_view name, T otherwise) {
  const DetailValue* value = error.detail(name);
  return value != nullptr && std::holds_alternative<T>(*value) ? std::get<T>(*value) : otherwise;
}

}  // namespace cachify::log::test
