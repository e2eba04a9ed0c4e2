// The desktop app as a process of its own: how soon it shows something, what it holds when idle, and how
// evenly it paints while a million keys stream in. `cachify-bench-app` is the app with a stopwatch.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "bench.hpp"
#include "raw_redis.hpp"
#include "studio/engine.hpp"
#include "studio/sandbox.hpp"

namespace cachify::bench {
namespace {

constexpr std::size_t kStreamedKeys = 1'000'000;

struct Measured {
  double firstFrameSeconds = 0;
  double idleMegabytes = 0;
  double frameMilliseconds = 0;
};

/// A data directory with the profile of a server that holds the keys; nothing has it open.
void prepare(const std::filesystem::path& data, const domain::ConnectionProfile& profile) {
  const auto engine = must(studio::Engine::open({.dataDirectory = data}));
  must(engine->wait(engine->connections().add(profile, actions::KeepSecret{})));
}

Measured runApp(const std::filesystem::path& program, const std::filesystem::path& data) {
  const auto started = std::chrono::steady_clock::now().time_since_epoch();
  const std::string command =
      fmt::format("'{}' '{}' {}", program.string(), data.string(), std::chrono::nanoseconds(started).count());
  std::FILE* output = ::popen(command.c_str(), "r");
  if (output == nullptr) throw std::runtime_error("the app cannot be started");
  std::array<char, 256> line{};
  const bool said = std::fgets(line.data(), line.size(), output) != nullptr;
  const bool failed = ::pclose(output) != 0;
  Measured measured;
  std::istringstream figures(line.data());
  if (!said || failed ||
      !(figures >> measured.firstFrameSeconds >> measured.idleMegabytes >> measured.frameMilliseconds))
    throw std::runtime_error("the app did not come to the end of its measuring");
  return measured;
}

/// The median of what is to be small against what is allowed.
Figure bounded(std::string name, std::string unit, double allowed, const std::vector<Measured>& rounds,
               double Measured::*figure) {
  std::vector<double> values;
  for (const Measured& round : rounds) values.push_back(round.*figure);
  std::ranges::sort(values);
  const double median = values[values.size() / 2];
  return {.name = std::move(name),
          .unit = std::move(unit),
          .yardstick = "what is allowed",
          .ours = median,
          .theirs = allowed,
          .ratio = allowed / median,
          .atLeast = 1};
}

std::vector<Figure> runAppRounds(const Options& options) {
  const auto program = studio::siblingProgram("cachify-bench-app");
  if (!std::filesystem::exists(program)) {
    fmt::print(stderr, "cachify-bench-app was not built: the app is not measured\n");
    return {};
  }
  ::setenv("CACHIFY_SECRET_STORE", "file", 1);
  const auto sandbox = must(studio::Sandbox::start());
  RawRedis(sandbox->redisProfile().port).fill(kStreamedKeys);
  std::vector<Measured> rounds;
  for (int i = 0; i < options.rounds; ++i) {
    const Scratch scratch(options.directory);
    prepare(scratch.path() / "data", sandbox->redisProfile());
    rounds.push_back(runApp(program, scratch.path() / "data"));
  }
  return {
      bounded("start of the app to its first frame", "s", 0.25, rounds, &Measured::firstFrameSeconds),
      bounded("RssAnon of the idle app", "MB", 120, rounds, &Measured::idleMegabytes),
      bounded("p99 frame, 1 M keys streaming in", "ms", 16.7, rounds, &Measured::frameMilliseconds),
  };
}

}  // namespace

Subcommand appBenchmarks() {
  return {.name = "app", .about = "the desktop app: start, memory, frames", .run = runAppRounds};
}

}  // namespace cachify::bench
