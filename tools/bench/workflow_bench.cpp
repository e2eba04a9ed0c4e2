// Bulk work on a million keys of a Redis: through the engine, every key snapshotted and every event durable,
// against what people do by hand.

#include <fmt/format.h>
#include <malloc.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "bench.hpp"
#include "bulk_redis.hpp"
#include "studio/engine.hpp"
#include "studio/sandbox.hpp"

namespace cachify::bench {
namespace {

constexpr std::size_t kManyKeys = 10'000'000;
constexpr double kAllowedMegabytes = 150;
const std::string kDeletion = fmt::format(R"({{"pattern":"{}"}})", kAllKeys);

template <class T>
T orThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

/// The rate of something that takes `times` as long as the yardstick.
constexpr double atMostTimes(double times) {
  return 1.0 / times;
}

/// An engine with a connection to a server of its own.
struct WorkflowBench {
  WorkflowBench(const std::filesystem::path& parent, std::size_t keyCount)
      : keys(keyCount),
        scratch(parent),
        sandbox(orThrow(studio::Sandbox::start())),
        redis(sandbox->redisProfile().port) {
    ::setenv("CACHIFY_SECRET_STORE", "file", 1);
    engine = orThrow(studio::Engine::open({.dataDirectory = scratch.path() / "data"}));
    profile =
        orThrow(engine->wait(engine->connections().add(sandbox->redisProfile(), actions::KeepSecret{})));
  }

  actions::RunReport run(std::string kind, std::string parameters, actions::OnProgress onProgress = {}) {
    actions::RunRequest request;
    request.profile = profile;
    request.kind = std::move(kind);
    request.parameters = std::move(parameters);
    actions::RunWatch watch;
    watch.onProgress = std::move(onProgress);
    return whole(orThrow(engine->wait(engine->workflows().run(std::move(request), std::move(watch)))));
  }
  actions::RunReport rollBack(ExecutionId id, actions::OnProgress onProgress = {}) {
    actions::RunWatch watch;
    watch.onProgress = std::move(onProgress);
    return whole(orThrow(engine->wait(engine->workflows().rollBack(id, false, {}, {}, std::move(watch)))));
  }

  [[nodiscard]] double things() const { return static_cast<double>(keys); }
  void expect(std::size_t wanted) {
    if (const std::size_t found = redis.size(); found != wanted)
      throw std::runtime_error(fmt::format("{} keys are there, not {}", found, wanted));
  }
  /// By a shell, on this server.
  void shell(std::string_view command) const {
    const std::string line =
        fmt::format(fmt::runtime(command), fmt::arg("port", profile.port), fmt::arg("keys", keys));
    if (std::system(line.c_str()) != 0) throw std::runtime_error("this failed: " + line);
  }

  std::size_t keys;
  Scratch scratch;
  std::unique_ptr<studio::Sandbox> sandbox;
  BulkRedis redis;
  std::unique_ptr<studio::Engine> engine;
  domain::ConnectionProfile profile;

 private:
  /// A run that failed at something would be fast. SCAN may list a key twice, which is then gone already.
  static actions::RunReport whole(actions::RunReport report) {
    const auto& totals = report.totals;
    if (report.status != domain::RunStatus::success || totals.succeeded + totals.skipped != totals.total)
      throw std::runtime_error(
          fmt::format("the run ended as {}: {}", domain::wireName(report.status), report.message));
    return report;
  }
};

double deletedByWorkflow(WorkflowBench& bench) {
  bench.redis.fill(bench.keys);
  const double rate = ratePerSecond(bench.things(), [&] { bench.run("deleteByPattern", kDeletion); });
  bench.expect(0);
  return rate;
}

double deletedByShell(WorkflowBench& bench) {
  bench.redis.fill(bench.keys);
  const double rate = ratePerSecond(bench.things(), [&] {
    bench.shell(
        "redis-cli -p {port} --scan --pattern 'key:*' | xargs -n 1000 redis-cli -p {port} unlink >/dev/null");
  });
  bench.expect(0);
  return rate;
}

double deletedByPlainClient(WorkflowBench& bench) {
  bench.redis.fill(bench.keys);
  const double rate = ratePerSecond(bench.things(), [&] { bench.redis.scanAndUnlink(kAllKeys); });
  bench.expect(0);
  return rate;
}

double rolledBack(WorkflowBench& bench) {
  bench.redis.fill(bench.keys);
  bench.redis.giveDeadlines(bench.keys);
  const auto deletion = bench.run("deleteByPattern", kDeletion);
  const double rate = ratePerSecond(bench.things(), [&] { bench.rollBack(deletion.id); });
  bench.expect(bench.keys);
  bench.redis.checkSample(bench.keys);
  return rate;
}

double restored(WorkflowBench& bench, const BulkRedis::Pipeline& pipeline) {
  bench.redis.empty();
  const double rate = ratePerSecond(bench.things(), [&] { bench.redis.send(pipeline); });
  bench.expect(bench.keys);
  return rate;
}

double normalized(WorkflowBench& bench) {
  bench.redis.fill(bench.keys);
  std::size_t changed = 0;
  const double rate = ratePerSecond(bench.things(), [&] {
    changed = bench.run("ttlNormalize", R"({"pattern":"key:*","ttlSeconds":86400})").totals.succeeded;
  });
  if (changed < bench.keys) throw std::runtime_error("not every key has its TTL");
  return rate;
}

double expireByBenchmark(WorkflowBench& bench) {
  bench.redis.fill(bench.keys);
  return ratePerSecond(bench.things(), [&] {
    bench.shell(
        "redis-benchmark -p {port} -n {keys} -r {keys} -P 100 -q EXPIRE key:__rand_int__ 86400 >/dev/null");
  });
}

/// A JSON-lines file of all keys.
std::string writeEntries(const std::filesystem::path& file, std::size_t keys) {
  std::ofstream out(file);
  for (std::size_t i = 0; i < keys; ++i)
    out << fmt::format(R"({{"key":"{}","value":"value:{}"}})", keyName(i), i) << '\n';
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
  return fmt::format(R"({{"file":"{}"}})", file.string());
}

double warmedUp(WorkflowBench& bench, const std::string& parameters) {
  bench.redis.empty();
  const double rate = ratePerSecond(bench.things(), [&] { bench.run("warmupSet", parameters); });
  bench.expect(bench.keys);
  return rate;
}

double setByBenchmark(WorkflowBench& bench) {
  bench.redis.empty();
  return ratePerSecond(bench.things(), [&] {
    bench.shell(
        "redis-benchmark -p {port} -n {keys} -r {keys} -P 100 -q SET key:__rand_int__ value:123456 "
        ">/dev/null");
  });
}

Figure figureOf(const WorkflowBench& bench, std::string_view name, std::string yardstick, double times) {
  const std::string keys = bench.keys == 1'000'000 ? "1 M" : std::to_string(bench.keys);
  return {.name = fmt::format("{}, {} keys", name, keys),
          .unit = "keys/s",
          .yardstick = std::move(yardstick),
          .atLeast = atMostTimes(times)};
}

using Rate = std::function<double()>;

/// The comparisons that are asked for, one after the other.
class Comparisons {
 public:
  explicit Comparisons(const Options& options) : options_(options) {}

  void add(const Figure& figure, const Rate& ours, const Rate& yardstick) {
    if (figure.name.find(options_.only) == std::string::npos) return;
    figures_.push_back(compare(figure, options_.rounds, ours, yardstick));
  }
  [[nodiscard]] std::vector<Figure> take() && { return std::move(figures_); }

 private:
  const Options& options_;
  std::vector<Figure> figures_;
};

std::vector<Figure> runMillion(const Options& options) {
  WorkflowBench bench(options.directory, options.keys);
  Comparisons all(options);
  all.add(
      figureOf(bench, "deleteByPattern", "redis-cli --scan | xargs redis-cli unlink", 0.9),
      [&] { return deletedByWorkflow(bench); }, [&] { return deletedByShell(bench); });
  all.add(
      figureOf(bench, "deleteByPattern again", "bare SCAN 10000 + UNLINK 1000", 2.5),
      [&] { return deletedByWorkflow(bench); }, [&] { return deletedByPlainClient(bench); });
  std::optional<BulkRedis::Pipeline> pipeline;
  const auto restoredAll = [&] {
    if (!pipeline) {
      bench.redis.fill(bench.keys);
      pipeline = bench.redis.restorePipeline(bench.keys);
    }
    return restored(bench, *pipeline);
  };
  all.add(
      figureOf(bench, "roll back that run", "pipelined RESTORE of these payloads", 2),
      [&] { return rolledBack(bench); }, restoredAll);
  all.add(
      figureOf(bench, "ttlNormalize", "redis-benchmark -P 100 EXPIRE", 2), [&] { return normalized(bench); },
      [&] { return expireByBenchmark(bench); });
  std::string entries;
  const auto warmed = [&] {
    if (entries.empty()) entries = writeEntries(bench.scratch.path() / "entries.jsonl", bench.keys);
    return warmedUp(bench, entries);
  };
  all.add(figureOf(bench, "warmupSet from a file", "redis-benchmark -P 100 SET", 2), warmed,
          [&] { return setByBenchmark(bench); });
  return std::move(all).take();
}

/// RssAnon of this process, see proc_pid_status(5). The log's mapped file does not count: it is a cache.
double anonymousMegabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) return std::stod(line.substr(8)) / 1024;
  }
  throw std::runtime_error("/proc/self/status does not tell RssAnon");
}

Figure memoryOf(std::string name, const std::function<void(const actions::OnProgress&)>& work) {
  ::malloc_trim(0);
  const double idle = anonymousMegabytes();
  double most = idle;
  work([&most](const actions::RunProgress&) { most = std::max(most, anonymousMegabytes()); });
  return {.name = std::move(name),
          .unit = "MB over idle",
          .yardstick = "what is allowed",
          .ours = most - idle,
          .theirs = kAllowedMegabytes,
          .ratio = kAllowedMegabytes / std::max(most - idle, 1.0),
          .atLeast = 1};
}

std::vector<Figure> runMemory(const Options& options) {
  WorkflowBench bench(options.directory, kManyKeys);
  bench.redis.fill(kManyKeys);
  std::optional<actions::RunReport> deletion;
  std::vector<Figure> figures;
  figures.push_back(memoryOf("memory of deleteByPattern, 10 M keys", [&](const actions::OnProgress& watch) {
    deletion = bench.run("deleteByPattern", kDeletion, watch);
  }));
  bench.expect(0);
  figures.push_back(memoryOf("memory of rolling that back",
                             [&](const actions::OnProgress& watch) { bench.rollBack(deletion->id, watch); }));
  bench.expect(kManyKeys);
  return figures;
}

}  // namespace

Subcommand workflowBenchmarks() {
  return {.name = "workflow", .about = "bulk work on a million keys of a Redis (--keys)", .run = runMillion};
}

Subcommand workflowMemoryBenchmarks() {
  return {.name = "workflow-memory", .about = "memory of bulk work on ten million keys", .run = runMemory};
}

}  // namespace cachify::bench
