// What a person waits for at a Redis with a million keys: through the engine as the app does it, and through
// the command line as a process of its own.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "bench.hpp"
#include "event_frame.hpp"
#include "events/operation_events.hpp"
#include "raw_lmdb.hpp"
#include "raw_redis.hpp"
#include "studio/engine.hpp"
#include "studio/sandbox.hpp"

namespace cachify::bench {
namespace {

constexpr std::size_t kKeys = 1'000'000;
constexpr std::size_t kBatch = 10'000;
constexpr int kPages = 300;
constexpr int kSets = 300;
constexpr std::size_t kValueBytes = 1'000;

/// The rate at which a time `times` as long as the yardstick's would do it.
constexpr double atMost(double times) {
  return 1.0 / times;
}

/// An engine with a connection to a server that holds `kKeys` keys.
struct Bench {
  explicit Bench(const std::filesystem::path& parent)
      : scratch(parent), sandbox(must(studio::Sandbox::start())) {
    ::setenv("CACHIFY_DATA_DIR", data().c_str(), 1);
    ::setenv("CACHIFY_SECRET_STORE", "file", 1);
    engine = must(studio::Engine::open({.dataDirectory = data()}));
    profile = must(engine->wait(engine->connections().add(sandbox->redisProfile(), actions::KeepSecret{})));
    redis = std::make_unique<RawRedis>(profile.port);
    redis->fill(kKeys);
  }
  [[nodiscard]] std::filesystem::path data() const { return scratch.path() / "data"; }

  Scratch scratch;
  std::unique_ptr<studio::Sandbox> sandbox;
  std::unique_ptr<studio::Engine> engine;
  domain::ConnectionProfile profile;
  std::unique_ptr<RawRedis> redis;
};

void expectAll(std::size_t keys) {
  if (keys < kKeys) throw std::runtime_error("a listing is not complete");
}

double describedPages(Bench& bench, std::uint32_t size) {
  return ratePerSecond(kPages, [&] {
    for (int i = 0; i < kPages; ++i) {
      auto& keys = bench.engine->keys();
      const auto page =
          must(bench.engine->wait(keys.list(bench.profile, {.limit = size}, actions::Describe::all, {})));
      if (!page.keys.front().description) throw std::runtime_error("a key is not described");
    }
  });
}

double rawPages(RawRedis& redis, std::size_t size) {
  return ratePerSecond(kPages, [&] {
    for (int i = 0; i < kPages; ++i) {
      std::string cursor = "0";
      std::vector<RawRedis::Command> commands;
      for (const std::string& key : redis.scan(cursor, size)) {
        commands.push_back({"TYPE", key});
        commands.push_back({"PTTL", key});
      }
      redis.roundTrip(commands);
    }
  });
}

double allNames(Bench& bench) {
  std::size_t found = 0;
  const double rate = ratePerSecond(kKeys, [&] {
    cache::ScanRequest request{.limit = 100'000};
    do {
      auto& keys = bench.engine->keys();
      auto page =
          must(bench.engine->wait(keys.list(bench.profile, request, actions::Describe::namesOnly, {})));
      found += page.keys.size();
      request.cursor = std::move(page.nextCursor);
    } while (!request.cursor.empty());
  });
  expectAll(found);
  return rate;
}

double rawNames(RawRedis& redis) {
  return ratePerSecond(kKeys, [&] { expectAll(redis.countByScan(kBatch)); });
}

/// Runs our command line to its end, its output dropped.
void runCli(std::vector<std::string> words) {
  words.insert(words.begin(), studio::siblingProgram("cachify").string());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_addopen(&streams, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, arguments[0], &streams, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&streams);
  int status = 0;
  if (failed != 0 || ::waitpid(pid, &status, 0) != pid || status != 0)
    throw std::runtime_error("cachify failed; is it built?");
}

double namesByCli(const Bench& bench, std::vector<std::string> options) {
  options.insert(options.begin(), {"keys", "list", bench.profile.name, "--all"});
  return ratePerSecond(kKeys, [&] { runCli(options); });
}

double guardedSets(Bench& bench, const std::string& value) {
  return ratePerSecond(kSets, [&] {
    for (int i = 0; i < kSets; ++i) {
      auto& keys = bench.engine->keys();
      must(bench.engine->wait(keys.set(bench.profile, "changed", value, {}, {}, {})));
    }
  });
}

/// The bytes that one `keys set` leaves in the log, its snapshot included.
std::size_t recordBytes(Bench& bench, const std::string& value) {
  auto& log = bench.engine->log();
  const auto used = [&] {
    const auto status = must(log.status());
    return std::pair(status.sizeBytes, status.lastPosition);
  };
  const auto before = used();
  static_cast<void>(guardedSets(bench, value));
  return (used().first - before.first) / kSets;
}

/// The least that one such change takes: hold and look, read, act; and on disk before and after.
double rawSets(RawRedis& redis, RawLmdb& lmdb, const std::string& value, std::size_t bytes) {
  const std::string record(bytes / 2, 'x');
  return ratePerSecond(kSets, [&] {
    for (int i = 0; i < kSets; ++i) {
      redis.roundTrip({{"WATCH", "changed"}, {"TYPE", "changed"}});
      redis.roundTrip({{"PTTL", "changed"}, {"GET", "changed"}});
      lmdb.commit(record, 1);
      redis.roundTrip({{"MULTI"}, {"SET", "changed", value, "KEEPTTL"}, {"EXEC"}});
      lmdb.commit(record, 1);
    }
  });
}

Figure changes(Bench& bench, const Options& options) {
  const std::string value(kValueBytes, 'v');
  const std::size_t bytes = recordBytes(bench, value);
  const Scratch scratch(options.directory);
  RawLmdb lmdb(scratch.path());
  static_cast<void>(rawSets(*bench.redis, lmdb, value, bytes));
  return compare(
      {.name = "one guarded keys set",
       .unit = "changes/s",
       .yardstick = "two raw LMDB commits of these bytes and 3 round trips",
       .atLeast = atMost(1.3)},
      options.rounds, [&] { return guardedSets(bench, value); },
      [&] { return rawSets(*bench.redis, lmdb, value, bytes); });
}

/// Appends the events that so many changes leave besides their own record, and waits until they are in the
/// log.
double telemetrySeconds(Bench& bench) {
  const auto started = std::chrono::steady_clock::now();
  for (int i = 0; i < kSets; ++i) {
    const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    log::FrameDraft frame = eventFrame<events::OperationCompleted>("operations/bench", now);
    frame.payloads.push_back(
        encode(events::OperationCompleted{{.connectionId = bench.profile.id,
                                           .environment = bench.profile.environment,
                                           .action = "keys.set",
                                           .keyOrPattern = "changed",
                                           .duration = std::chrono::microseconds(800)}}));
    bench.engine->log().appendAsync({.frames = {std::move(frame)}, .durability = log::Durability::soon},
                                    [](const auto& receipt) { static_cast<void>(must(receipt)); });
  }
  static_cast<void>(must(bench.engine->log().flush()));
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

/// What the event of the operation takes of a change: with it, against the time that is left without.
Figure telemetry(Bench& bench, const Options& options) {
  const std::string value(kValueBytes, 'v');
  double rate = 0;
  return compare(
      {.name = "one guarded keys set, its operation's event included",
       .unit = "changes/s",
       .yardstick = "without the time that appending such events takes",
       .atLeast = 0.95},
      options.rounds, [&] { return rate = guardedSets(bench, value); },
      [&] { return kSets / (kSets / rate - telemetrySeconds(bench)); });
}

Figure firstPage(Bench& bench, const Options& options, std::uint32_t size) {
  return compare(
      {.name = "first page of " + std::to_string(size) + " keys of 1 M, described",
       .unit = "pages/s",
       .yardstick = "bare SCAN of that COUNT, TYPE and PTTL pipelined",
       .atLeast = atMost(1.3)},
      options.rounds, [&] { return describedPages(bench, size); },
      [&] { return rawPages(*bench.redis, size); });
}

Figure listing(Bench& bench, const Options& options, std::string what, const std::function<double()>& ours) {
  return compare({.name = "names of 1 M keys, " + std::move(what),
                  .unit = "keys/s",
                  .yardstick = "bare SCAN COUNT 10000",
                  .atLeast = atMost(1.2)},
                 options.rounds, ours, [&] { return rawNames(*bench.redis); });
}

std::vector<Figure> run(const Options& options) {
  Bench bench(options.directory);
  std::vector<Figure> figures;
  for (const std::uint32_t size : {100U, 1'000U}) figures.push_back(firstPage(bench, options, size));
  figures.push_back(listing(bench, options, "engine", [&] { return allNames(bench); }));
  figures.push_back(listing(bench, options, "cachify keys list", [&] { return namesByCli(bench, {}); }));
  figures.push_back(listing(bench, options, "… --json", [&] { return namesByCli(bench, {"--json"}); }));
  figures.push_back(changes(bench, options));
  figures.push_back(telemetry(bench, options));
  return figures;
}

}  // namespace

Subcommand cacheBenchmarks() {
  return {.name = "cache", .about = "listing and changing keys of a Redis with a million", .run = run};
}

}  // namespace cachify::bench
