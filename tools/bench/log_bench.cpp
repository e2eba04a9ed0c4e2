#include <fmt/format.h>

#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

#include "bench.hpp"
#include "log/check/verify.hpp"
#include "log/event_log.hpp"
#include "log/frame_codec.hpp"
#include "raw_lmdb.hpp"

namespace cachify::bench {
namespace {

using namespace cachify::log;

constexpr std::size_t kPayloadBytes = 150;  // an operation.completed event is about this long
constexpr int kSingles = 500;
constexpr int kAppenders = 16;
constexpr int kBulkFrames = 1'000;
constexpr int kFrameEvents = 1'000;

FrameDraft draftOf(const std::string& stream, std::size_t events) {
  const WallTime now = SystemClock().now();
  return {.stream = stream,
          .type = 20,
          .firstEventId = Uuid::makeV7(now),
          .correlationId = Uuid::makeV7(now),
          .recordedAt = now,
          .actor = {.osUser = "someone", .host = "workstation", .surface = "app"},
          .payloads = std::vector<std::string>(events, std::string(kPayloadBytes, 'x'))};
}

AppendRequest requestOf(const std::string& stream, std::size_t events) {
  AppendRequest request;
  request.frames.push_back(draftOf(stream, events));
  return request;
}

std::unique_ptr<EventLog> openLog(const std::filesystem::path& directory) {
  return must(EventLog::open({.directory = directory, .mapSizeBytes = 16ULL << 30}));
}

const std::string kStream = "connection/018f0000-0000-7000-8000-000000000000";

double singleAppends(EventLog& log) {
  return ratePerSecond(kSingles, [&] {
    for (int i = 0; i < kSingles; ++i) must(log.append(requestOf(kStream, 1)));
  });
}

double rawSingles(RawLmdb& raw, std::size_t recordBytes) {
  const std::string record(recordBytes, 'x');
  return ratePerSecond(kSingles, [&] {
    for (int i = 0; i < kSingles; ++i) raw.commit(record, 1);
  });
}

double concurrentAppends(EventLog& log) {
  constexpr int kEach = 400;
  return ratePerSecond(kAppenders * kEach, [&] {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kAppenders; ++t) {
      threads.emplace_back([&log, t] {
        const std::string stream = kStream + std::to_string(t);
        for (int i = 0; i < kEach; ++i) must(log.append(requestOf(stream, 1)));
      });
    }
  });
}

/// Sixteen threads that each hand over single events and do not wait: what sampling and counting do.
double telemetry(EventLog& log) {
  constexpr int kEach = 4'000;
  return ratePerSecond(kAppenders * kEach, [&] {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kAppenders; ++t) {
      threads.emplace_back([&log, t] {
        const std::string stream = kStream + std::to_string(t);
        for (int i = 0; i < kEach; ++i) {
          AppendRequest request = requestOf(stream, 1);
          request.durability = Durability::soon;
          must(log.append(std::move(request)));
        }
      });
    }
    threads.clear();
    if (auto flushed = log.flush(); !flushed) throw std::runtime_error(flushed.error().message);
  });
}

/// Frame after frame, each flushed before the next is begun.
double bulkAppends(const std::filesystem::path& parent) {
  const Scratch scratch(parent);
  const auto log = openLog(scratch.path() / "log");
  return ratePerSecond(double{kBulkFrames} * kFrameEvents, [&] {
    for (int i = 0; i < kBulkFrames; ++i) must(log->append(requestOf(kStream, kFrameEvents)));
  });
}

double rawBulk(const std::filesystem::path& parent, std::size_t recordBytes) {
  const Scratch scratch(parent);
  RawLmdb raw(scratch.path());
  const std::string record(recordBytes, 'x');
  return ratePerSecond(double{kBulkFrames} * kFrameEvents, [&] {
    for (int i = 0; i < kBulkFrames; ++i) raw.commit(record, kFrameEvents);
  });
}

std::size_t frameBytes(std::size_t events) {
  return must(prepareFrame(draftOf(kStream, events))).encodedBytes();
}

/// The pieces that verifying has to hash, and nothing else.
double plainHashing(const std::vector<PreparedFrame>& frames) {
  return ratePerSecond(double(frames.size()) * kFrameEvents, [&] {
    Digest chain{};
    Bytes digests;
    for (const PreparedFrame& frame : frames) {
      digests.clear();
      for (std::size_t at = 0; at < frame.body.size(); at += 4 + 16 + kPayloadBytes) {
        digests += Sha256::view(sha256(BytesView(frame.body).substr(at + 4, 16 + kPayloadBytes)));
      }
      chain = chainAfter(chain, frame.header, sha256(digests));
    }
  });
}

Figure verifying(const Options& options) {
  const Scratch scratch(options.directory);
  const auto directory = scratch.path() / "log";
  std::vector<PreparedFrame> frames;
  {
    const auto log = openLog(directory);
    for (int i = 0; i < kBulkFrames; ++i) {
      frames.push_back(must(prepareFrame(draftOf(kStream, kFrameEvents))));
      AppendRequest request = requestOf(kStream, kFrameEvents);
      request.durability = Durability::soon;
      must(log->append(std::move(request)));
    }
  }
  const auto verify = [&] {
    return ratePerSecond(double{kBulkFrames} * kFrameEvents, [&] {
      if (!must(verifyFile(directory, {})).ok) throw std::runtime_error("the log does not verify");
    });
  };
  static_cast<void>(verify());  // brings the file into memory
  return compare({.name = "verify chain, digests, CRC and indexes",
                  .unit = "events/s",
                  .yardstick = "SHA-256 of the same pieces",
                  .atLeast = 0.5},
                 options.rounds, verify, [&] { return plainHashing(frames); });
}

std::vector<Figure> run(const Options& options) {
  std::vector<Figure> figures;
  {
    const Scratch scratch(options.directory);
    const auto log = openLog(scratch.path() / "log");
    RawLmdb raw(scratch.path());
    const std::size_t record = frameBytes(1);
    static_cast<void>(singleAppends(*log));
    static_cast<void>(rawSingles(raw, record));
    figures.push_back(compare(
        {.name = "durable append, one at a time",
         .unit = "events/s",
         .yardstick = "raw LMDB, same record, one per transaction",
         .atLeast = 0.9},
        options.rounds, [&] { return singleAppends(*log); }, [&] { return rawSingles(raw, record); }));
    figures.push_back(compare(
        {.name = "16 concurrent durable appenders",
         .unit = "events/s",
         .yardstick = "the same, one appender",
         .atLeast = 8},
        options.rounds, [&] { return concurrentAppends(*log); }, [&] { return singleAppends(*log); }));
    figures.push_back(compare(
        {.name = "single events of 16 producers, soon",
         .unit = "events/s",
         .yardstick = "raw LMDB, same record, one per transaction",
         .atLeast = 30},
        options.rounds, [&] { return telemetry(*log); }, [&] { return rawSingles(raw, record); }));
  }
  const std::size_t perEvent = frameBytes(kFrameEvents) / kFrameEvents;
  figures.push_back(compare(
      {.name = "1 M events in durable frames of 1000",
       .unit = "events/s",
       .yardstick = "raw LMDB, same bytes, 1000 records a transaction",
       .atLeast = 0.35},
      options.rounds, [&] { return bulkAppends(options.directory); },
      [&] { return rawBulk(options.directory, perEvent); }));
  figures.push_back(verifying(options));
  return figures;
}

}  // namespace

Subcommand logBenchmarks() {
  return {.name = "log", .about = "appending to the event log and verifying it", .run = run};
}

}  // namespace cachify::bench
