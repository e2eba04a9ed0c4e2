// cachify-bench [SUBCOMMAND...]: prints ours, the yardstick and the ratio. Figures of a run with more than 10
// % CPU steal do not count.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <boost/json.hpp>
#include <fstream>

#include "bench.hpp"

namespace {

using namespace cachify::bench;

struct CpuTimes {
  double total = 0;
  double steal = 0;

  /// The first line of /proc/stat: user nice system idle iowait irq softirq steal (proc(5)).
  [[nodiscard]] static CpuTimes now() {
    std::ifstream stat("/proc/stat");
    std::string label;
    stat >> label;
    CpuTimes times;
    for (int column = 0; column < 8; ++column) {
      double ticks = 0;
      stat >> ticks;
      times.total += ticks;
      if (column == 7) times.steal = ticks;
    }
    return times;
  }
};

double stealPercent(const CpuTimes& before, const CpuTimes& after) {
  const double total = after.total - before.total;
  return total > 0 ? 100.0 * (after.steal - before.steal) / total : 0;
}

void printTable(const std::vector<Figure>& figures) {
  fmt::print("{:<44} {:>14} {:>14} {:>8} {:>9}\n", "benchmark", "ours", "yardstick", "ratio", "at least");
  for (const Figure& figure : figures) {
    fmt::print("{:<44} {:>14.6g} {:>14.6g} {:>8.2f} {:>9.2f}{}  {} against {}\n", figure.name, figure.ours,
               figure.theirs, figure.ratio, figure.atLeast, figure.ratio < figure.atLeast ? " !" : "  ",
               figure.unit, figure.yardstick);
  }
}

boost::json::array toJson(const std::vector<Figure>& figures) {
  boost::json::array rows;
  for (const Figure& figure : figures) {
    rows.push_back({{"name", figure.name},
                    {"unit", figure.unit},
                    {"yardstick", figure.yardstick},
                    {"ours", figure.ours},
                    {"theirs", figure.theirs},
                    {"ratio", figure.ratio},
                    {"atLeast", figure.atLeast}});
  }
  return rows;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::array subcommands{logBenchmarks(),      cacheBenchmarks(),          memcachedBenchmarks(),
                               workflowBenchmarks(), workflowMemoryBenchmarks(), dashboardBenchmarks(),
                               appBenchmarks()};
  CLI::App app("Benchmarks of Cachify Studio against plain yardsticks");
  bool json = false;
  Options options{.directory = std::filesystem::temp_directory_path()};
  app.add_flag("--json", json, "one JSON document");
  app.add_option("--rounds", options.rounds, "rounds of each; medians count")->check(CLI::Range(1, 99));
  app.add_option("--keys", options.keys, "of bulk work; fewer only for a first look")
      ->check(CLI::Range(std::size_t{1'000}, std::size_t{10'000'000}));
  app.add_option("--only", options.only, "of bulk work: the figures with this in their name");
  app.add_option("--dir", options.directory, "where scratch files go")->check(CLI::ExistingDirectory);
  for (const Subcommand& subcommand : subcommands)
    app.add_subcommand(subcommand.name, subcommand.about)->fallthrough();
  CLI11_PARSE(app, argc, argv);
  const bool all = app.get_subcommands().empty();
  std::vector<Figure> figures;
  const CpuTimes before = CpuTimes::now();
  for (const Subcommand& subcommand : subcommands) {
    if (!all && !app.got_subcommand(subcommand.name)) continue;
    std::ranges::move(subcommand.run(options), std::back_inserter(figures));
  }
  const double steal = stealPercent(before, CpuTimes::now());
  if (json) {
    fmt::print("{}\n", boost::json::serialize(
                           boost::json::object{{"stealPercent", steal}, {"figures", toJson(figures)}}));
  } else {
    printTable(figures);
    fmt::print("CPU steal during the run: {:.1f} %{}\n", steal, steal > 10 ? ": too much, run again" : "");
  }
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "cachify-bench: {}\n", error.what());
  return 1;
}
