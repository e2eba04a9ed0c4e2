#pragma once
// What every benchmark shares. A figure is always a ratio: ours against a yardstick that is measured in the
// same run, in alternating rounds, so that a noisy machine disturbs both alike.

#include <chrono>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace cachify::bench {

struct Options {
  std::filesystem::path directory;  ///< for scratch files; on the disk that is to be measured
  int rounds = 3;
  std::size_t keys = 1'000'000;  ///< of the benchmarks of bulk work
  std::string only{};            ///< of bulk work: figures with this in their name
};

struct Figure {
  std::string name;
  std::string unit;       ///< of both rates; more is better
  std::string yardstick;  ///< what it is
  double ours = 0;        ///< medians over the rounds
  double theirs = 0;
  double ratio = 0;    ///< median of the rounds' ratios
  double atLeast = 0;  ///< the target for the ratio
};

/// One round each of ours and the yardstick, `rounds` times over; each answers a rate.
[[nodiscard]] Figure compare(Figure named, int rounds, const std::function<double()>& ours,
                             const std::function<double()>& yardstick);

/// Things done per second by `work`.
[[nodiscard]] double ratePerSecond(double things, const std::function<void()>& work);

/// What a benchmark cannot go on without.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// A folder that goes away.
class Scratch {
 public:
  explicit Scratch(const std::filesystem::path& parent);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A named set of benchmarks; each file of this folder defines one, main.cpp lists them.
struct Subcommand {
  const char* name;
  const char* about;
  std::vector<Figure> (*run)(const Options& options);
};

[[nodiscard]] Subcommand appBenchmarks();
[[nodiscard]] Subcommand cacheBenchmarks();
[[nodiscard]] Subcommand dashboardBenchmarks();
[[nodiscard]] Subcommand logBenchmarks();
[[nodiscard]] Subcommand memcachedBenchmarks();
[[nodiscard]] Subcommand workflowBenchmarks();
[[nodiscard]] Subcommand workflowMemoryBenchmarks();

}  // namespace cachify::bench
