// alerts rules list, create, update, delete, enable, disable, check

#include <fmt/format.h>

#include <algorithm>

#include "alerts/alerts_commands.hpp"
#include "observe/history_output.hpp"
#include "options/number.hpp"
#include "output/json_text.hpp"
#include "output/table.hpp"

namespace cachify::cli {
namespace {

using domain::AlertRule;

struct NoRuleOptions {};
struct NamedRuleOptions {
  std::string rule;
};
struct RuleOptions {
  OptionalText rule;  ///< which one, for a change
  OptionalText name;
  OptionalText metric;
  OptionalText comparator;
  OptionalText threshold;
  OptionalText lookBack;
  OptionalText severity;
  OptionalText connection;
  OptionalText environment;

  void addTo(Arguments& app);
};

void RuleOptions::addTo(Arguments& app) {
  addText(app, "--name", name, "1 to 80 characters, unique ignoring case; the title of its alerts")
      .typeName("NAME");
  addText(app, "--metric", metric,
          "Of operations: errorRate, p95Ms, operationCount, errorCount, blockedCount, slowCount, "
          "reconnectCount; of "
          "the server's samples: pingMs, opsPerSecond, usedMemoryBytes, clients, hitRate, evictions, "
          "replicationLagMs")
      .typeName("M");
  addText(app, "--comparator", comparator, "'>' (default), '>=', '<' or '<='").typeName("OP");
  addText(app, "--threshold", threshold, "What the metric is compared with").typeName("X");
  addText(app, "--look-back", lookBack, "Over so many minutes, 1 to 1440 (default 5)").typeName("MIN");
  addText(app, "--severity", severity, "info, warning (default) or critical").typeName("S");
  addText(app, "--connection", connection, "One connection; empty: each of them (default)").typeName("CONN");
  addText(app, "--env", environment, "dev, staging or prod; empty: any (default)").typeName("E");
}

template <class T>
Result<void> takeWord(const OptionalText& text, T& out, Result<T> (*parse)(std::string_view)) {
  if (!text) return {};
  auto value = parse(*text);
  if (!value) return std::unexpected(value.error());
  out = std::move(*value);
  return {};
}

Result<void> takeScope(CommandContext& context, const RuleOptions& options, AlertRule& rule) {
  if (options.connection) {
    rule.connectionId = {};
    if (!options.connection->empty()) {
      const auto profile = context.profile(*options.connection);
      if (!profile) return std::unexpected(profile.error());
      rule.connectionId = profile->id;
    }
  }
  if (!options.environment) return {};
  rule.environment.reset();
  if (options.environment->empty()) return {};
  const auto environment = domain::parseEnvironment(*options.environment);
  if (!environment) return std::unexpected(environment.error());
  rule.environment = *environment;
  return {};
}

/// What the command line says, over what there is.
Result<AlertRule> ruleWith(CommandContext& context, const RuleOptions& options, AlertRule rule) {
  if (options.name) rule.name = *options.name;
  if (auto ok = takeWord(options.metric, rule.metric, &domain::parseAlertMetric); !ok)
    return std::unexpected(ok.error());
  if (auto ok = takeWord(options.comparator, rule.comparator, &domain::parseComparator); !ok)
    return std::unexpected(ok.error());
  if (options.threshold) {
    const auto number = parseNumber("threshold", *options.threshold);
    if (!number) return std::unexpected(number.error());
    rule.threshold = *number;
  }
  if (options.lookBack) {
    const auto minutes = parseInteger("lookBackMinutes", *options.lookBack, 1, 1440);
    if (!minutes) return std::unexpected(minutes.error());
    rule.lookBack = std::chrono::minutes(*minutes);
  }
  if (options.severity) {
    const auto severity = domain::parseSeverity("severity", *options.severity);
    if (!severity) return std::unexpected(severity.error());
    rule.severity = *severity;
  }
  if (auto ok = takeScope(context, options, rule); !ok) return std::unexpected(ok.error());
  return rule;
}

json::object ruleJson(const AlertRule& rule) {
  json::object object{{"id", rule.id.toString()},
                      {"name", rule.name},
                      {"builtIn", false},
                      {"enabled", rule.enabled},
                      {"metric", domain::wireName(rule.metric)},
                      {"comparator", domain::wireName(rule.comparator)},
                      {"threshold", rule.threshold},
                      {"lookBackMinutes", rule.lookBack.count()},
                      {"severity", domain::wireName(rule.severity)}};
  if (!rule.connectionId.isNil()) object["connectionId"] = rule.connectionId.toString();
  if (rule.environment) object["environment"] = domain::wireName(*rule.environment);
  return object;
}

json::object sourceJson(domain::AlertSource source, bool enabled) {
  const auto word = domain::wireName(source);
  return {{"id", word}, {"name", word}, {"builtIn", true}, {"enabled", enabled}};
}

std::string conditionWords(const AlertRule& rule) {
  return fmt::format("{} {} {:.6g} over {} min", domain::wireName(rule.metric),
                     domain::wireName(rule.comparator), rule.threshold, rule.lookBack.count());
}

std::string scopeWords(const AlertRule& rule, const NamesById& names) {
  if (rule.connectionId.isNil())
    return rule.environment ? fmt::format("any {}", domain::wireName(*rule.environment)) : "any";
  const auto name = names.find(rule.connectionId);
  return name == names.end() ? rule.connectionId.toString() : escapeForDisplay(name->second);
}

Outcome tellRule(CommandContext& context, const Result<AlertRule>& rule, std::string_view did) {
  if (!rule) return std::unexpected(rule.error());
  if (context.output().json()) {
    context.output().document(ruleJson(*rule));
  } else {
    context.output().done(fmt::format("{} the rule '{}' ({}): {}", did, escapeForDisplay(rule->name),
                                      rule->id.toString(), conditionWords(*rule)));
  }
  return ExitCode::done;
}

Outcome listRules(CommandContext& context, const NoRuleOptions&) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto all = (*engine)->alertSettings().all();
  if (!all) return std::unexpected(all.error());
  Output& output = context.output();
  json::array rows;
  const auto names = namesOfConnections(context);
  if (!names) return std::unexpected(names.error());
  Table table({{"RULE"}, {"WHEN"}, {"ON"}, {"SEVERITY"}, {"IS"}, {"ID"}});
  for (const auto source : domain::alertSources()) {
    const bool isOn = !all->switchedOff.contains(source);
    rows.push_back(sourceJson(source, isOn));
    table.add({std::string(domain::wireName(source)), "built in", "", "", onOff(isOn),
               std::string(domain::wireName(source))});
  }
  for (const auto& [id, known] : all->rules) {
    rows.push_back(ruleJson(known.rule));
    table.add({escapeForDisplay(known.rule.name), conditionWords(known.rule), scopeWords(known.rule, *names),
               std::string(domain::wireName(known.rule.severity)), onOff(known.rule.enabled), id.toString()});
  }
  if (output.json()) {
    output.document(json::object{{"rules", std::move(rows)}});
  } else {
    table.print(output);
  }
  return ExitCode::done;
}

Outcome createRule(CommandContext& context, const RuleOptions& options) {
  for (const auto& [given, field] : {std::pair(&options.name, "name"), std::pair(&options.metric, "metric"),
                                     std::pair(&options.threshold, "threshold")}) {
    if (!*given)
      return fail(
          Error{.code = ErrorCode::validationError, .message = fmt::format("a rule needs --{}", field)}.with(
              "field", std::string(field)));
  }
  auto rule = ruleWith(context, options, {});
  if (!rule) return std::unexpected(rule.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return tellRule(context, (*engine)->wait((*engine)->alertRules().create(std::move(*rule))), "created");
}

Outcome updateRule(CommandContext& context, const RuleOptions& options) {
  // Judged before the engine is asked, with what the rule has else left open.
  const auto given = ruleWith(context, options, {});
  if (!given) return std::unexpected(given.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto change = [&](AlertRule& rule) {
    auto changed = ruleWith(context, options, rule);
    if (changed) rule = std::move(*changed);
  };
  return tellRule(context, (*engine)->wait((*engine)->alertRules().update(*options.rule, change)), "changed");
}

Outcome deleteRule(CommandContext& context, const NamedRuleOptions& options) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return tellRule(context, (*engine)->wait((*engine)->alertRules().remove(options.rule)), "deleted");
}

Outcome switchRule(CommandContext& context, const std::string& name, bool enabled) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  auto& rules = (*engine)->alertRules();
  const auto source = domain::parseAlertSource(name);
  if (!source) {
    const auto change = [enabled](AlertRule& rule) { rule.enabled = enabled; };
    return tellRule(context, (*engine)->wait(rules.update(name, change)), enabled ? "enabled" : "disabled");
  }
  const auto switched = (*engine)->wait(rules.switchSource(*source, enabled));
  if (!switched) return std::unexpected(switched.error());
  if (context.output().json()) {
    context.output().document(sourceJson(*source, enabled));
  } else {
    context.output().done(fmt::format("{} is {}", name, onOff(enabled)));
  }
  return ExitCode::done;
}

Outcome enableRule(CommandContext& context, const NamedRuleOptions& options) {
  return switchRule(context, options.rule, true);
}
Outcome disableRule(CommandContext& context, const NamedRuleOptions& options) {
  return switchRule(context, options.rule, false);
}

Outcome checkRules(CommandContext& context, const NoRuleOptions&) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto readings = (*engine)->wait((*engine)->alertRules().evaluate(true));
  if (!readings) return std::unexpected(readings.error());
  Output& output = context.output();
  json::array rows;
  Table table({{"RULE"}, {"CONNECTION"}, {"VALUE", Column::Align::right}, {"WHEN"}, {"MET"}});
  for (const auto& reading : *readings) {
    rows.push_back(json::object{{"ruleId", reading.rule.id.toString()},
                                {"name", reading.rule.name},
                                {"connectionId", reading.connectionId.toString()},
                                {"value", reading.value},
                                {"met", reading.isMet},
                                {"raised", reading.isRaised}});
    table.add({escapeForDisplay(reading.rule.name), escapeForDisplay(reading.connectionName),
               fmt::format("{:.6g}", reading.value), conditionWords(reading.rule),
               Cell(reading.isMet ? "yes" : "no", reading.isMet ? Style::warning : Style::plain)});
  }
  if (output.json()) {
    output.document(json::object{{"readings", std::move(rows)}});
  } else {
    table.print(output);
  }
  return ExitCode::done;
}

}  // namespace

void addAlertRules(CommandGroup& alerts) {
  CommandGroup group =
      alerts.group("rules", "What raises alerts: list, create, update, delete, enable, disable, check");
  group.add<NoRuleOptions>("list", "The product's own sources, and threshold rules", &listRules);
  auto create = group.add<RuleOptions>("create", "An alert when a metric passes a threshold", &createRule);
  create.options.addTo(create.app);
  auto update = group.add<RuleOptions>("update", "Change a threshold rule", &updateRule);
  addText(update.app, "RULE", update.options.rule, "Name or id").required();
  update.options.addTo(update.app);
  auto remove =
      group.add<NamedRuleOptions>("delete", "Delete a threshold rule; its alerts stay", &deleteRule);
  addText(remove.app, "RULE", remove.options.rule, "Name or id");
  auto enable = group.add<NamedRuleOptions>("enable", "Let a rule or source raise alerts", &enableRule);
  addText(enable.app, "RULE", enable.options.rule, "Name or id of a rule, or a source");
  auto disable = group.add<NamedRuleOptions>("disable", "Let it raise none", &disableRule);
  addText(disable.app, "RULE", disable.options.rule, "Name or id of a rule, or a source");
  group.add<NoRuleOptions>("check", "What threshold rules say now; raises alerts for those that are met",
                           &checkRules);
}

}  // namespace cachify::cli
