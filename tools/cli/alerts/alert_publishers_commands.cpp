// alerts publishers list, enable, disable, test, replay

#include <fmt/format.h>

#include <boost/json/parse.hpp>

#include "alerts/alerts_commands.hpp"
#include "options/bytes_options.hpp"
#include "options/number.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"
#include "workflows/run_options.hpp"

namespace cachify::cli {
namespace {

using actions::PublisherStatus;
using events::PublisherConfigured;

struct NoPublisherOptions {};
struct NamedPublisherOptions {
  std::string publisher;
};
struct EnableOptions {
  std::string publisher;
  ParameterOptions parameters;
  OptionalText secret;
  OptionalText severity;
  OptionalText attempts;
  OptionalText backoff;
};
struct ReplayOptions {
  std::string publisher;
  std::vector<std::string> ids;
};

json::object settingsJson(const PublisherConfigured& settings) {
  json::array secrets;
  for (const auto& [field, name] : settings.secretRefs) secrets.emplace_back(field);
  json::error_code error;
  json::value parameters = json::parse(settings.parameters, error);
  return {{"publisher", settings.publisher},
          {"enabled", settings.enabled},
          {"minSeverity", domain::wireName(settings.minSeverity)},
          {"parameters", error ? json::value(json::object()) : std::move(parameters)},
          {"secrets", std::move(secrets)},
          {"maxAttempts", settings.retry.maxAttempts},
          {"backoffMs", settings.retry.backoff.count()}};
}

json::object statusJson(const PublisherStatus& status) {
  json::object object = settingsJson(status.settings);
  object["title"] = status.title;
  object["summary"] = status.summary;
  object["configured"] = status.isConfigured;
  object["delivered"] = status.deliveries.delivered;
  object["retrying"] = status.deliveries.retrying;
  object["parked"] = status.deliveries.parked;
  if (status.deliveries.lastDeliveredAt)
    object["lastDeliveredAt"] = toIso8601(*status.deliveries.lastDeliveredAt);
  if (status.deliveries.nextAt) object["nextAt"] = toIso8601(*status.deliveries.nextAt);
  if (!status.deliveries.lastProblem.empty()) object["lastProblem"] = status.deliveries.lastProblem;
  if (status.settings.enabled || status.problem) object["healthy"] = !status.problem;
  if (status.problem) object["problem"] = toJson(*status.problem);
  return object;
}

/// What it says of itself, and what came of the alerts it was given.
Cell healthOf(const PublisherStatus& status) {
  if (status.problem) return Cell(escapeForDisplay(status.problem->message), Style::bad);
  if (!status.settings.enabled) return Cell(std::string());
  const auto& deliveries = status.deliveries;
  const bool isBehind = deliveries.parked > 0 || deliveries.retrying > 0;
  if (!isBehind) return Cell("good", Style::good);
  return Cell(escapeForDisplay(deliveries.lastProblem), deliveries.parked > 0 ? Style::bad : Style::warning);
}

Outcome listPublishers(CommandContext& context, const NoPublisherOptions&) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto all = (*engine)->wait((*engine)->alertPublishers().list(context.stop()));
  if (!all) return std::unexpected(all.error());
  Output& output = context.output();
  json::array rows;
  Table table({{"PUBLISHER"},
               {"IS"},
               {"FROM"},
               {"DELIVERED", Column::Align::right},
               {"WAITING", Column::Align::right},
               {"PARKED", Column::Align::right},
               {"HEALTH"}});
  for (const auto& status : *all) {
    rows.push_back(statusJson(status));
    const Cell health = healthOf(status);
    table.add({status.settings.publisher, onOff(status.settings.enabled),
               std::string(domain::wireName(status.settings.minSeverity)),
               countWords(status.deliveries.delivered), countWords(status.deliveries.retrying),
               countWords(status.deliveries.parked), health});
  }
  if (output.json()) {
    output.document(json::object{{"publishers", std::move(rows)}});
  } else {
    table.print(output);
  }
  return ExitCode::done;
}

Outcome tellSettings(CommandContext& context, const Result<PublisherConfigured>& settings) {
  if (!settings) return std::unexpected(settings.error());
  if (context.output().json()) {
    context.output().document(settingsJson(*settings));
  } else {
    context.output().done(fmt::format("{} is {}, for {} and above", settings->publisher,
                                      onOff(settings->enabled), domain::wireName(settings->minSeverity)));
  }
  return ExitCode::done;
}

Result<actions::PublisherChange> changeOf(const EnableOptions& options) {
  actions::PublisherChange change{.enabled = true};
  auto parameters = options.parameters.resolve();
  if (!parameters) return std::unexpected(parameters.error());
  change.parameters = std::move(*parameters);
  if (options.severity) {
    const auto severity = domain::parseSeverity("minSeverity", *options.severity);
    if (!severity) return std::unexpected(severity.error());
    change.minSeverity = *severity;
  }
  if (options.attempts) {
    const auto number = parseInteger("maxAttempts", *options.attempts, 1, 20);
    if (!number) return std::unexpected(number.error());
    change.maxAttempts = static_cast<std::uint32_t>(*number);
  }
  if (options.backoff) {
    const auto number = parseInteger("backoffMs", *options.backoff, 100, 3'600'000);
    if (!number) return std::unexpected(number.error());
    change.backoff = std::chrono::milliseconds(*number);
  }
  if (!options.secret) return change;
  auto text = readLineOfStdin();
  if (!text) return std::unexpected(text.error());
  if (text->empty()) return fail(ErrorCode::validationError, "stdin held no secret");
  change.secrets.emplace(*options.secret, SecretText(std::move(*text)));
  return change;
}

Outcome enablePublisher(CommandContext& context, const EnableOptions& options) {
  auto change = changeOf(options);
  if (!change) return std::unexpected(change.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return tellSettings(context, (*engine)->wait((*engine)->alertPublishers().configure(options.publisher,
                                                                                      std::move(*change))));
}

Outcome disablePublisher(CommandContext& context, const NamedPublisherOptions& options) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  actions::PublisherChange change{.enabled = false};
  return tellSettings(
      context, (*engine)->wait((*engine)->alertPublishers().configure(options.publisher, std::move(change))));
}

Outcome testPublisher(CommandContext& context, const NamedPublisherOptions& options) {
  using Kind = plugin_host::Delivery::Outcome;
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto delivery = (*engine)->wait((*engine)->alertPublishers().test(options.publisher, context.stop()));
  if (!delivery) return std::unexpected(delivery.error());
  const bool isDelivered = delivery->outcome == Kind::delivered;
  Output& output = context.output();
  if (output.json()) {
    json::object object{{"publisher", options.publisher}, {"outcome", wireName(delivery->outcome)}};
    if (!delivery->message.empty()) object["message"] = delivery->message;
    if (delivery->retryAfter.count() > 0) object["retryAfterMs"] = delivery->retryAfter.count();
    output.document(object);
  } else if (isDelivered) {
    output.done(fmt::format("a test was delivered to {}", options.publisher));
  } else {
    output.line(fmt::format("not delivered: {}", delivery->message), Style::bad);
  }
  return isDelivered ? ExitCode::done : ExitCode::unreachable;
}

Outcome replayAlerts(CommandContext& context, const ReplayOptions& options) {
  std::vector<Uuid> ids;
  for (const auto& text : options.ids) {
    const auto id = Uuid::parse(text);
    if (!id) return std::unexpected(id.error());
    ids.push_back(*id);
  }
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto replayed =
      (*engine)->wait((*engine)->alertPublishers().replay(options.publisher, std::move(ids)));
  if (!replayed) return std::unexpected(replayed.error());
  constexpr std::chrono::seconds kRound{30};
  const auto report =
      (*engine)->wait((*engine)->alertDelivery().deliverIfFree(CallContext::within(kRound, context.stop())));
  if (!report) return std::unexpected(report.error());
  Output& output = context.output();
  if (output.json()) {
    output.document(json::object{{"replayed", *replayed},
                                 {"delivered", report->delivered},
                                 {"failed", report->failed},
                                 {"parked", report->parked}});
  } else {
    output.done(fmt::format("{} replayed: {} delivered, {} to be tried again, {} parked",
                            plural(*replayed, "alert"), report->delivered, report->failed, report->parked));
  }
  return ExitCode::done;
}

}  // namespace

void addAlertPublishers(CommandGroup& alerts) {
  CommandGroup group = alerts.group("publishers", "Where alerts go: list, enable, disable, test, replay");
  group.add<NoPublisherOptions>("list", "All there are, what they have delivered, and how they do",
                                &listPublishers);
  auto enable =
      group.add<EnableOptions>("enable", "Switch one on, or change what it is set to", &enablePublisher);
  addText(enable.app, "PUBLISHER", enable.options.publisher, "Its name");
  enable.options.parameters.addTo(enable.app);
  addText(enable.app, "--secret-stdin", enable.options.secret,
          "Read this secret of its from stdin; it is kept in the secret store")
      .typeName("NAME");
  addText(enable.app, "--min-severity", enable.options.severity,
          "From this severity on: info (default), warning, critical")
      .typeName("S");
  addText(enable.app, "--max-attempts", enable.options.attempts,
          "Then an alert is parked, 1 to 20 (default 6)")
      .typeName("N");
  addText(enable.app, "--backoff-ms", enable.options.backoff,
          "Before the second attempt, 100 to 3600000 (default 5000); doubles with each")
      .typeName("N");
  auto disable =
      group.add<NamedPublisherOptions>("disable", "Switch one off; its settings stay", &disablePublisher);
  addText(disable.app, "PUBLISHER", disable.options.publisher, "Its name");
  auto test = group.add<NamedPublisherOptions>("test", "Deliver a test, which is no alert", &testPublisher);
  addText(test.app, "PUBLISHER", test.options.publisher, "Its name");
  auto replay = group.add<ReplayOptions>("replay", "Deliver parked alerts after all", &replayAlerts);
  addText(replay.app, "PUBLISHER", replay.options.publisher, "Its name");
  replay.app.addWords("ID", replay.options.ids, "These alerts (default: all that are parked)");
}

}  // namespace cachify::cli
