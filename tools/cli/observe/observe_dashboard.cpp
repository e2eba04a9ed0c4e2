// observe dashboard

#include "observe/dashboard_output.hpp"
#include "observe/observe_commands.hpp"
#include "observe/period_options.hpp"

namespace cachify::cli {

using views::Dashboard;
using views::DashboardFilter;

namespace {

struct DashboardOptions {
  PeriodOptions period;
  OptionalText connection;
  std::string interval = "5m";
};

Result<DashboardFilter> filterOf(CommandContext& context, const DashboardOptions& options) {
  const WallTime now = SystemClock().now();
  const auto period = options.period.period(now, std::chrono::hours(1));
  if (!period) return std::unexpected(period.error());
  const auto interval = parseSpan("interval", options.interval);
  if (!interval) return std::unexpected(interval.error());
  DashboardFilter filter{.from = *period->from,
                         .to = period->to,
                         .now = now,
                         .interval = std::chrono::ceil<std::chrono::minutes>(*interval)};
  if (options.connection) {
    const auto profile = context.profile(*options.connection);
    if (!profile) return std::unexpected(profile.error());
    filter.connectionId = profile->id;
  }
  return filter;
}

Outcome showDashboard(CommandContext& context, const DashboardOptions& options) {
  const auto filter = filterOf(context, options);
  if (!filter) return std::unexpected(filter.error());
  const auto dashboard =
      queryViews<Dashboard>(context, [&](sqlite3& db) { return views::dashboard(db, *filter); });
  if (!dashboard) return std::unexpected(dashboard.error());
  if (context.output().json()) {
    context.output().document(toJson(*dashboard, filter->now));
    return ExitCode::done;
  }
  const auto names = namesOfConnections(context);
  if (!names) return std::unexpected(names.error());
  if (names->empty()) context.output().note("No connections yet.");
  printDashboard(context.output(), *dashboard, *filter, *names);
  return ExitCode::done;
}

}  // namespace

void addObserveDashboard(CommandGroup& observe) {
  auto dashboard = observe.add<DashboardOptions>(
      "dashboard", "Health of each connection, trend, where errors are, slow operations", &showDashboard);
  dashboard.options.period.addTo(dashboard.app, "1h");
  addText(dashboard.app, "--connection", dashboard.options.connection, "Of this connection alone")
      .typeName("CONN");
  dashboard.app
      .addOption("--interval", dashboard.options.interval,
                 "Of the trend: whole minutes, 1m, 5m, 1h; longer where a period would have more than 2000 "
                 "(default 5m)")
      .typeName("SPAN");
}

}  // namespace cachify::cli
