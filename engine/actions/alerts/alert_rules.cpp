#include "actions/alerts/alert_rules.hpp"

#include <fmt/format.h>

#include "actions/alerts/append_setting.hpp"
#include "actions/alerts/rule_readings.hpp"
#include "actions/view_query.hpp"
#include "core/digest.hpp"
#include "events/alert_events.hpp"

namespace cachify::actions {

using domain::AlertRule;

namespace {

Result<AlertRule> findRule(const AlertSettings::All& all, const std::string& idOrName) {
  const std::string wanted = domain::nameKey(idOrName);
  for (const auto& [id, known] : all.rules) {
    if (id.toString() == idOrName || domain::nameKey(known.rule.name) == wanted) return known.rule;
  }
  return fail(Error{.code = ErrorCode::notFound,
                    .message = fmt::format("there is no rule '{}'; `cachify alerts rules list` shows them",
                                           escapeForDisplay(idOrName))}
                  .with("rule", escapeForDisplay(idOrName)));
}

events::AlertRaised ruleAlert(const RuleReading& reading) {
  const AlertRule& rule = reading.rule;
  return {
      .severity = rule.severity,
      .title = rule.name,
      .message = fmt::format("{} is {:.6g}, which is {} {:.6g}, over {} min on '{}'",
                             domain::wireName(rule.metric), reading.value, domain::wireName(rule.comparator),
                             rule.threshold, rule.lookBack.count(), reading.connectionName),
      .source = "observability",
      .connectionId = reading.connectionId,
      .environment = reading.environment};
}

}  // namespace

Task<AlertRule> AlertRules::save(AlertRule rule, bool isNew, const AlertSettings::All& all) {
  if (auto ok = domain::validate(rule); !ok) co_return std::unexpected(ok.error());
  // One that is switched off may be kept, whatever became of its connection.
  if (rule.enabled && !rule.connectionId.isNil() && rule.environment) {
    const auto known = state_.profile(rule.connectionId);
    if (known && known->profile.environment != *rule.environment) {
      co_return fail(Error{
          .code = ErrorCode::validationError,
          .message = fmt::format("'{}' is {}: on it a rule for {} would never hold", known->profile.name,
                                 wireName(known->profile.environment), wireName(*rule.environment))}
                         .with("field", std::string("environment")));
    }
  }
  const std::string wanted = domain::nameKey(rule.name);
  for (const auto& [id, known] : all.rules) {
    if (id == rule.id || domain::nameKey(known.rule.name) != wanted) continue;
    co_return fail(Error{.code = ErrorCode::validationError,
                         .message = fmt::format("there is a rule '{}' already", rule.name)}
                       .with("field", std::string("name"))
                       .with("value", rule.name));
  }
  log::FrameDraft frame = isNew ? settingFrame(context_, events::AlertRuleCreated{rule})
                                : settingFrame(context_, events::AlertRuleUpdated{rule});
  std::string action = isNew ? "alerts.rules.create" : "alerts.rules.update";
  std::string name = rule.name;
  Result<void> saved = co_await appendSetting(context_, recorder_, std::move(frame), all.streamVersion,
                                              std::move(action), std::move(name));
  if (!saved) co_return std::unexpected(saved.error());
  co_return rule;
}

Task<AlertRule> AlertRules::create(AlertRule rule) {
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  rule.id = AlertRuleId::make(context_.clock.now());
  Result<AlertRule> saved = co_await save(std::move(rule), true, *all);
  co_return saved;
}

Task<AlertRule> AlertRules::update(std::string idOrName, std::function<void(AlertRule&)> change) {
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  auto rule = findRule(*all, idOrName);
  if (!rule) co_return rule;
  change(*rule);
  Result<AlertRule> saved = co_await save(std::move(*rule), false, *all);
  co_return saved;
}

Task<AlertRule> AlertRules::remove(std::string idOrName) {
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  const auto rule = findRule(*all, idOrName);
  if (!rule) co_return rule;
  log::FrameDraft frame = settingFrame(context_, events::AlertRuleDeleted{rule->id, rule->name});
  std::string action = "alerts.rules.delete";
  std::string name = rule->name;
  Result<void> saved = co_await appendSetting(context_, recorder_, std::move(frame), all->streamVersion,
                                              std::move(action), std::move(name));
  if (!saved) co_return std::unexpected(saved.error());
  co_return rule;
}

Task<void> AlertRules::switchSource(domain::AlertSource source, bool enabled) {
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  if (all->switchedOff.contains(source) != enabled) co_return Result<void>();
  log::FrameDraft frame = settingFrame(context_, events::AlertSourceSwitched{source, enabled});
  std::string action = enabled ? "alerts.rules.enable" : "alerts.rules.disable";
  std::string name(domain::wireName(source));
  Result<void> saved = co_await appendSetting(context_, recorder_, std::move(frame), all->streamVersion,
                                              std::move(action), std::move(name));
  co_return saved;
}

Task<std::vector<RuleReading>> AlertRules::readings(const AlertSettings::All& all) {
  const auto profiles = state_.all();
  if (!profiles) co_return std::unexpected(profiles.error());
  const WallTime now = context_.clock.now();
  const auto ask = [&] {
    return queryViews<std::vector<RuleReading>>(
        context_, [&](sqlite3& db) -> Result<std::vector<RuleReading>> {
          std::vector<RuleReading> found;
          for (const auto& [id, known] : all.rules) {
            if (!known.rule.enabled) continue;
            auto some = readRule(db, known.rule, profiles->profiles, now);
            if (!some) return some;
            std::ranges::move(*some, std::back_inserter(found));
          }
          return found;
        });
  };
  Result<std::vector<RuleReading>> found = co_await onPool(context_.blocking, ask);
  co_return found;
}

Task<void> AlertRules::raise(RuleReading& reading, Uuid changedBy) {
  const auto stretch = context_.clock.now().time_since_epoch() / reading.rule.lookBack;
  const std::string key =
      fmt::format("rule/{}/{}/{}", changedBy.toString(), reading.connectionId.toString(), stretch);
  const Trace cause{.correlation = Uuid::makeV7(context_.clock.now()), .causation = changedBy};
  log::AppendRequest request;
  request.frames.push_back(
      makeFrame(context_, cause, operationsStream(context_.session), ruleAlert(reading)));
  request.idempotency = log::Idempotency{.key = key, .content = sha256(key)};
  Result<log::AppendReceipt> receipt = co_await append(context_.log, std::move(request));
  if (!receipt) co_return std::unexpected(receipt.error());
  reading.isRaised = !receipt->repeated;
  if (reading.isRaised) settings_.noteRaised();
  co_return Result<void>();
}

Task<std::vector<RuleReading>> AlertRules::evaluate(bool raise) {
  const auto all = settings_.all();
  if (!all) co_return std::unexpected(all.error());
  if (all->rules.empty()) co_return std::vector<RuleReading>();
  Result<std::vector<RuleReading>> found = co_await readings(*all);
  if (!found || !raise) co_return found;
  for (auto& reading : *found) {
    if (!reading.isMet) continue;
    Result<void> raised = co_await this->raise(reading, all->rules.at(reading.rule.id).changedBy);
    if (!raised) co_return std::unexpected(raised.error());
  }
  co_return found;
}

}  // namespace cachify::actions
