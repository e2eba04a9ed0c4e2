// alerts list, show, read, deliver

#include "alerts/alerts_commands.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "commands.hpp"
#include "log/timeline_output.hpp"
#include "observe/history_output.hpp"
#include "options/list_options.hpp"
#include "options/number.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"
#include "views/alert_deliveries.hpp"

namespace cachify::cli {
namespace {

using views::AlertRow;

/// What alerts come from.
constexpr std::array<std::string_view, 5> kSources{"app", "policy", "workflow", "observability", "plugin"};

struct ListAlertsOptions {
  bool unread = false;
  OptionalText severity;
  OptionalText source;
  OptionalText connection;
  std::string limit = "50";
  OptionalText cursor;
};
struct ShowAlertOptions {
  std::string id;
};
struct ReadAlertsOptions {
  std::vector<std::string> ids;
  bool all = false;
};
struct DeliverOptions {
  std::string wait = "0";
};

Style styleOfSeverity(std::string_view severity) {
  if (severity == "critical") return Style::bad;
  return severity == "warning" ? Style::warning : Style::plain;
}

json::object alertJson(const AlertRow& row) {
  json::object object{{"id", row.id.toString()},
                      {"createdAt", toIso8601(row.createdAt)},
                      {"lastAt", toIso8601(row.lastAt)},
                      {"severity", row.severity},
                      {"title", row.title},
                      {"message", row.message},
                      {"source", row.source},
                      {"read", row.read},
                      {"count", row.count}};
  if (!row.connectionId.isNil()) object["connectionId"] = row.connectionId.toString();
  if (!row.environment.empty()) object["environment"] = row.environment;
  if (!row.causeId.isNil()) object["causeId"] = row.causeId.toString();
  return object;
}

Result<views::AlertFilter> alertFilter(CommandContext& context, const ListAlertsOptions& options) {
  views::AlertFilter filter{.unreadOnly = options.unread, .source = options.source.value_or("")};
  if (options.severity) {
    const auto severity = domain::parseSeverity("severity", *options.severity);
    if (!severity) return std::unexpected(severity.error());
    filter.severity = *options.severity;
  }
  if (options.source && std::ranges::find(kSources, *options.source) == kSources.end()) {
    return fail(Error{.code = ErrorCode::validationError,
                      .message = fmt::format("source must be one of {}, not '{}'", fmt::join(kSources, ", "),
                                             escapeForDisplay(*options.source))}
                    .with("field", std::string("source")));
  }
  const auto range = listRange(context, options.limit, options.cursor, options.connection);
  if (!range) return std::unexpected(range.error());
  range->putInto(filter);
  return filter;
}

std::string connectionOf(const AlertRow& row, const NamesById& names) {
  const auto name = names.find(row.connectionId);
  return name == names.end() ? "-" : escapeForDisplay(name->second);
}

void printAlerts(const views::AlertPage& page, const NamesById& names, Output& output) {
  Table table({{"LAST"},
               {"SEVERITY"},
               {"COUNT", Column::Align::right},
               {"CONNECTION"},
               {"TITLE"},
               {"MESSAGE"},
               {"SOURCE"},
               {"ID"}});
  for (const auto& row : page.rows) {
    table.add({toIso8601(row.lastAt), Cell(row.severity, styleOfSeverity(row.severity)),
               countWords(row.count), connectionOf(row, names),
               Cell(escapeForDisplay(row.title), row.read ? Style::faint : Style::strong),
               escapeForDisplay(row.message), row.source, row.id.toString()});
  }
  table.print(output);
  output.note(fmt::format("{} unread", countWords(page.unread)));
  if (page.next) output.note(fmt::format("There is more: --cursor {}.", *page.next));
}

Outcome listAlerts(CommandContext& context, const ListAlertsOptions& options) {
  const auto filter = alertFilter(context, options);
  if (!filter) return std::unexpected(filter.error());
  const auto page =
      queryViews<views::AlertPage>(context, [&](sqlite3& db) { return views::listAlerts(db, *filter); });
  if (!page) return std::unexpected(page.error());
  Output& output = context.output();
  if (!output.json()) {
    const auto names = namesOfConnections(context);
    if (!names) return std::unexpected(names.error());
    printAlerts(*page, *names, output);
    return ExitCode::done;
  }
  json::array rows;
  for (const auto& row : page->rows) rows.push_back(alertJson(row));
  output.document(
      json::object{{"alerts", std::move(rows)},
                   {"unread", page->unread},
                   {"nextCursor", page->next ? json::value(fmt::to_string(*page->next)) : json::value()}});
  return ExitCode::done;
}

struct ShownAlert {
  AlertRow row;
  std::vector<views::DeliveryRow> deliveries;
};

Result<ShownAlert> findShown(CommandContext& context, const std::string& text) {
  const auto id = Uuid::parse(text);
  if (!id) return std::unexpected(id.error());
  return queryViews<ShownAlert>(context, [&](sqlite3& db) -> Result<ShownAlert> {
    auto row = views::findAlert(db, *id);
    if (!row) return std::unexpected(row.error());
    if (!*row)
      return fail(ErrorCode::notFound,
                  fmt::format("there is no alert {}; `cachify alerts list` shows them", id->toString()));
    auto deliveries = views::deliveriesOf(db, *id);
    if (!deliveries) return std::unexpected(deliveries.error());
    return ShownAlert{std::move(**row), std::move(*deliveries)};
  });
}

/// What is behind it. Nothing where it has no cause, or the cause was not found.
std::optional<actions::TimelineLine> causeOf(CommandContext& context, const AlertRow& row) {
  if (row.causeId.isNil()) return std::nullopt;
  const auto log = context.logToRead();
  if (!log) return std::nullopt;
  const auto found = actions::findEvent(**log, row.causeId.toString());
  if (!found) return std::nullopt;
  return actions::timelineLine(found->frame, found->index);
}

json::object shownJson(const ShownAlert& shown, const std::optional<actions::TimelineLine>& cause) {
  json::object object = alertJson(shown.row);
  json::array deliveries;
  for (const auto& row : shown.deliveries) {
    json::object one{{"publisher", row.publisher},
                     {"status", row.status},
                     {"attempts", row.attempts},
                     {"lastAt", toIso8601(row.lastAt)}};
    if (!row.message.empty()) one["message"] = row.message;
    if (row.nextAt) one["nextAt"] = toIso8601(*row.nextAt);
    deliveries.push_back(std::move(one));
  }
  object["deliveries"] = std::move(deliveries);
  if (cause) object["cause"] = toJson(*cause);
  return object;
}

Outcome showAlert(CommandContext& context, const ShowAlertOptions& options) {
  const auto shown = findShown(context, options.id);
  if (!shown) return std::unexpected(shown.error());
  const auto cause = causeOf(context, shown->row);
  Output& output = context.output();
  if (output.json()) {
    output.document(shownJson(*shown, cause));
    return ExitCode::done;
  }
  const AlertRow& row = shown->row;
  output.composed(fmt::format("{} {}", output.styled(row.severity, styleOfSeverity(row.severity)),
                              output.styled(row.title, Style::strong)));
  output.line(row.message);
  const auto names = namesOfConnections(context);
  if (!names) return std::unexpected(names.error());
  if (!row.connectionId.isNil())
    output.line(fmt::format("on {}, {}", connectionOf(row, *names), row.environment));
  output.line(fmt::format("{}, {} to {}, {}", row.count == 1 ? "once" : countWords(row.count) + " times",
                          toIso8601(row.createdAt), toIso8601(row.lastAt), row.read ? "read" : "unread"));
  for (const auto& one : shown->deliveries)
    output.line(fmt::format("{}: {} after {}{}{}", one.publisher, one.status, plural(one.attempts, "attempt"),
                            one.message.empty() ? "" : ": ", one.message));
  if (!cause) return ExitCode::done;
  output.line("Its cause:");
  printLine(output, *cause, *names);
  return ExitCode::done;
}

Outcome readAlerts(CommandContext& context, const ReadAlertsOptions& options) {
  if (options.all != options.ids.empty())
    return fail(ErrorCode::validationError, "give the ids of alerts, or --all");
  std::vector<Uuid> ids;
  for (const auto& text : options.ids) {
    const auto id = Uuid::parse(text);
    if (!id) return std::unexpected(id.error());
    ids.push_back(*id);
  }
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  auto& alerts = (*engine)->alerts();
  const auto marked =
      options.all ? (*engine)->wait(alerts.markAllRead()) : (*engine)->wait(alerts.markRead(std::move(ids)));
  if (!marked) return std::unexpected(marked.error());
  Output& output = context.output();
  if (output.json()) {
    output.document(json::object{{"marked", *marked}});
  } else {
    output.done(fmt::format("{} marked as read", plural(*marked, "alert")));
  }
  return ExitCode::done;
}

/// When the next attempt of any publisher is due; nothing: none is.
Result<std::optional<WallTime>> nextAttempt(CommandContext& context, studio::Engine& engine) {
  const auto settings = engine.alertSettings().all();
  if (!settings) return std::unexpected(settings.error());
  return queryViews<std::optional<WallTime>>(context, [&](sqlite3& db) -> Result<std::optional<WallTime>> {
    std::optional<WallTime> next;
    for (const auto& [name, publisher] : settings->publishers) {
      if (!publisher.settings.enabled) continue;
      const auto summary = views::deliverySummary(db, name);
      if (!summary) return std::unexpected(summary.error());
      if (summary->nextAt && (!next || *summary->nextAt < *next)) next = summary->nextAt;
    }
    return next;
  });
}

Outcome deliverAlerts(CommandContext& context, const DeliverOptions& options) {
  const auto wait = parseInteger("wait", options.wait, 0, 86'400);
  if (!wait) return std::unexpected(wait.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  constexpr std::chrono::seconds kOneRound{60};
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(*wait);
  actions::DeliveryReport whole;
  std::optional<WallTime> due;
  for (;;) {
    const auto round = (*engine)->wait(
        (*engine)->alertDelivery().deliverIfFree(CallContext::within(kOneRound, context.stop())));
    if (!round) return std::unexpected(round.error());
    whole.delivered += round->delivered;
    whole.failed = round->failed;
    whole.parked += round->parked;
    whole.othersDuty = round->othersDuty;
    const auto next = nextAttempt(context, **engine);
    if (!next) return std::unexpected(next.error());
    due = *next;
    if (!due || std::chrono::steady_clock::now() >= until) break;
    const auto pause = std::max(**next - SystemClock().now(), std::chrono::microseconds(50'000));
    const auto left =
        std::chrono::duration_cast<std::chrono::microseconds>(until - std::chrono::steady_clock::now());
    const auto slept = (*engine)->wait(actions::sleepFor(
        std::chrono::ceil<std::chrono::milliseconds>(std::min(pause, left)), context.stop()));
    if (!slept) return std::unexpected(slept.error());
  }
  Output& output = context.output();
  if (output.json()) {
    output.document(json::object{{"delivered", whole.delivered},
                                 {"failed", whole.failed},
                                 {"parked", whole.parked},
                                 {"othersDuty", whole.othersDuty}});
  } else if (whole.othersDuty) {
    output.done("Another process is on duty and delivers.");
  } else {
    output.done(fmt::format("{} delivered, {} to be tried again, {} parked", whole.delivered, whole.failed,
                            whole.parked));
    if (due) output.note(fmt::format("The next attempt is due at {}.", toIso8601(*due)));
  }
  return ExitCode::done;
}

}  // namespace

void addAlertsCommands(CommandGroup& root) {
  CommandGroup group =
      root.group("alerts", "What a person should look at: list, show, read, rules, publishers, deliver");
  auto list = group.add<ListAlertsOptions>(
      "list", "Alerts, by when they began, newest first; equal ones are one with a count", &listAlerts);
  list.app.addFlag("--unread", list.options.unread, "Those nobody has read");
  addText(list.app, "--severity", list.options.severity, "info, warning or critical").typeName("S");
  addText(list.app, "--source", list.options.source, fmt::format("One of {}", fmt::join(kSources, ", ")))
      .typeName("S");
  addText(list.app, "--connection", list.options.connection, "Of this connection").typeName("CONN");
  list.app.addOption("--limit,-n", list.options.limit, "So many a page, at most 1000 (default 50)")
      .typeName("N");
  addText(list.app, "--cursor", list.options.cursor, "Where the page before ended").typeName("C");

  auto show =
      group.add<ShowAlertOptions>("show", "One alert, its cause, and where it was delivered", &showAlert);
  addText(show.app, "ID", show.options.id, "The alert");

  auto read = group.add<ReadAlertsOptions>("read", "Mark alerts as read, for everybody", &readAlerts);
  read.app.addWords("ID", read.options.ids, "Alerts");
  read.app.addFlag("--all", read.options.all, "All there are by now");

  addAlertRules(group);
  addAlertPublishers(group);
  auto deliver = group.add<DeliverOptions>("deliver", "Bring publishers what is due now", &deliverAlerts);
  deliver.app
      .addOption("--wait", deliver.options.wait,
                 "Go on with what has to be tried again, at most so many seconds (default 0)")
      .typeName("SECONDS");
}

}  // namespace cachify::cli
