// What a person waits for must not grow with the age of the log: the dashboard of a month with five million
// events against one with fifty thousand. And how fast the read models come to be.

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "bench.hpp"
#include "month_log.hpp"
#include "raw_sqlite.hpp"
#include "views/dashboard.hpp"
#include "views/read_models.hpp"

namespace cachify::bench {
namespace {

constexpr std::uint64_t kMany = 5'000'000;
constexpr std::uint64_t kFew = 50'000;
constexpr std::uint64_t kRebuilt = 1'000'000;
constexpr int kQueries = 40;

/// A log of a month and its read models.
class Month {
 public:
  Month(const std::filesystem::path& parent, std::uint64_t events) : scratch_(parent) {
    log_ = must(log::EventLog::open({.directory = scratch_.path() / "log", .mapSizeBytes = 16ULL << 30}));
    month_ = writeMonth(*log_, events);
    views_ = must(views::ReadModels::open({.directory = viewsDirectory(), .reader = log_.get()}));
    if (auto ok = views_->catchUp(month_.events); !ok) throw std::runtime_error(ok.error().message);
    if (auto ok = views_->checkpoint(); !ok) throw std::runtime_error(ok.error().message);
  }

  [[nodiscard]] std::filesystem::path file() const {
    std::string generation;
    std::ifstream(viewsDirectory() / "CURRENT") >> generation;
    return viewsDirectory() / generation / "views.sqlite";
  }
  [[nodiscard]] const std::filesystem::path& folder() const { return scratch_.path(); }
  [[nodiscard]] std::uint64_t events() const { return month_.events; }
  void rebuild() { static_cast<void>(must(views_->rebuild())); }

  /// Of one dashboard over the whole month, in seconds.
  double query() {
    const auto started = std::chrono::steady_clock::now();
    auto read = views_->read([&](sqlite3& db) -> Result<void> {
      const auto shown = views::dashboard(db, {.from = month_.from, .to = month_.to, .now = month_.to});
      return shown ? Result<void>() : std::unexpected(shown.error());
    });
    if (!read) throw std::runtime_error(read.error().message);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  }

 private:
  [[nodiscard]] std::filesystem::path viewsDirectory() const { return scratch_.path() / "views"; }

  Scratch scratch_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<views::ReadModels> views_;
  MonthLog month_;
};

/// The time that 95 of 100 queries do not exceed.
double p95Of(Month& month) {
  std::vector<double> times;
  for (int i = 0; i < kQueries; ++i) times.push_back(month.query());
  std::ranges::sort(times);
  return times[static_cast<std::size_t>(kQueries * 95 / 100) - 1];
}

Figure rebuilding(const Options& options) {
  Month month(options.directory, kRebuilt);
  int round = 0;
  const auto raw = [&] {
    return ratePerSecond(static_cast<double>(month.events()), [&] {
      copyRows(month.file(), month.folder() / fmt::format("raw-{}.sqlite", ++round));
    });
  };
  return compare(
      {.name = "rebuild all read models, 1 M mixed events",
       .unit = "events/s",
       .yardstick = "raw SQLite load of the same rows, indexes after",
       .atLeast = 0.5},
      options.rounds,
      [&] { return ratePerSecond(static_cast<double>(month.events()), [&] { month.rebuild(); }); }, raw);
}

std::vector<Figure> runDashboard(const Options& options) {
  std::vector<Figure> figures;
  {
    Month few(options.directory, kFew);
    Month many(options.directory, kMany);
    constexpr double kSlower = 1.5;
    figures.push_back(compare(
        {.name = "dashboard of 30 days, 5 M events",
         .unit = "queries/s (p95)",
         .yardstick = "the same with 50 k events",
         .atLeast = 1 / kSlower},
        options.rounds, [&] { return 1 / p95Of(many); }, [&] { return 1 / p95Of(few); }));
    constexpr double kPatience = 0.05;
    figures.push_back(compare(
        {.name = "dashboard of 30 days, 5 M events",
         .unit = "queries/s (p95)",
         .yardstick = "one in 50 ms",
         .atLeast = 1},
        options.rounds, [&] { return 1 / p95Of(many); }, [] { return 1 / kPatience; }));
  }
  figures.push_back(rebuilding(options));
  return figures;
}

}  // namespace

Subcommand dashboardBenchmarks() {
  return {.name = "dashboard",
          .about = "the dashboard over a month of events, and rebuilding",
          .run = runDashboard};
}

}  // namespace cachify::bench
