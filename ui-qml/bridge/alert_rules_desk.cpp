#include "alert_rules_desk.hpp"

#include <QCoreApplication>
#include <map>

#include "connections_model.hpp"
#include "engine_host.hpp"
#include "rule_form.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using domain::AlertRule;
using domain::AlertSource;

namespace {

struct KnownRules {
  actions::AlertSettings::All settings;
  std::vector<actions::RuleReading> readings;
};

Result<KnownRules> knownRules(studio::Engine& engine) {
  auto all = engine.alertSettings().all();
  if (!all) return std::unexpected(all.error());
  auto readings = engine.wait(engine.alertRules().evaluate(false));
  if (!readings) return std::unexpected(readings.error());
  return KnownRules{std::move(*all), std::move(*readings)};
}

QString sourceTitle(AlertSource source) {
  switch (source) {
    case AlertSource::operationFailed:
      return QCoreApplication::translate("alerts", "An operation failed");
    case AlertSource::operationBlocked:
      return QCoreApplication::translate("alerts", "An operation was blocked by policy");
    case AlertSource::operationSlow:
      return QCoreApplication::translate("alerts", "An operation was slow");
    case AlertSource::workflowEnded:
      return QCoreApplication::translate("alerts", "A workflow did not end in success");
    case AlertSource::connectionLost:
      return QCoreApplication::translate("alerts", "A connection was lost");
    case AlertSource::pluginFaulted:
      return QCoreApplication::translate("alerts", "A plugin failed");
    case AlertSource::logDamaged:
      return QCoreApplication::translate("alerts", "The event log is damaged");
  }
  return {};
}

/// Of the connections that a rule sees, the one that is furthest on its way.
std::map<AlertRuleId, const actions::RuleReading*> tellingReadings(
    const std::vector<actions::RuleReading>& all) {
  std::map<AlertRuleId, const actions::RuleReading*> found;
  for (const auto& reading : all) {
    auto& best = found[reading.rule.id];
    const bool isUp = reading.rule.comparator == domain::Comparator::above ||
                      reading.rule.comparator == domain::Comparator::atLeast;
    if (best == nullptr || (isUp ? reading.value > best->value : reading.value < best->value))
      best = &reading;
  }
  return found;
}

QString readingText(const actions::RuleReading* reading) {
  if (reading == nullptr) return {};
  const QString value = QString::number(reading->value, 'g', 6);
  return reading->isMet ? QCoreApplication::translate("alerts", "met: %1 on %2")
                              .arg(value, toShown(reading->connectionName))
                        : QCoreApplication::translate("alerts", "now %1 on %2")
                              .arg(value, toShown(reading->connectionName));
}

Result<AlertRule> keepRule(studio::Engine& engine, const AlertRule& rule) {
  const auto change = [rule](AlertRule& old) {
    const bool enabled = old.enabled;
    old = rule;
    old.enabled = enabled;
  };
  auto kept = rule.id.isNil() ? engine.wait(engine.alertRules().create(rule))
                              : engine.wait(engine.alertRules().update(rule.id.toString(), change));
  // What is met already is told now, not when the rules' turn comes round.
  if (kept) (void)engine.wait(engine.alertRules().evaluate(true));
  return kept;
}

}  // namespace

AlertRulesDesk::AlertRulesDesk(EngineHost& host, const ConnectionsModel& connections, QObject* parent)
    : QObject(parent),
      host_(host),
      connections_(connections),
      sources_({"source", "title", "active"}),
      rules_({"ruleId", "name", "condition", "scope", "severity", "active", "now", "form"}),
      form_(emptyRuleForm()) {}

void AlertRulesDesk::load() {
  host_.ask<KnownRules>(this, &knownRules, [this, asked = ++asked_](Result<KnownRules> known) {
    if (asked != asked_) return;
    error_ = known ? StudioError() : StudioError(known.error());
    loaded_ = loaded_ || known.has_value();
    if (known) {
      std::vector<QVariantList> sources;
      for (const auto source : domain::alertSources())
        sources.push_back({toText(domain::wireName(source)), sourceTitle(source),
                           !known->settings.switchedOff.contains(source)});
      sources_.merge(std::move(sources));
      const auto readings = tellingReadings(known->readings);
      std::vector<QVariantList> rules;
      for (const auto& [id, rule] : known->settings.rules) {
        const auto reading = readings.find(id);
        rules.push_back(
            record(rule.rule, readingText(reading == readings.end() ? nullptr : reading->second)));
      }
      rules_.merge(std::move(rules));
    }
    emit changed();
  });
}

QVariantList AlertRulesDesk::record(const AlertRule& rule, const QString& now) const {
  QString scope = tr("every connection");
  if (!rule.connectionId.isNil()) {
    const QString name = connections_.nameOf(rule.connectionId);
    scope = name.isEmpty() ? tr("a removed connection") : name;
  } else if (rule.environment) {
    scope = tr("every connection of %1").arg(toText(domain::wireName(*rule.environment)));
  }
  return {toText(rule.id.toString()),
          toShown(rule.name),
          conditionText(rule),
          scope,
          toText(domain::wireName(rule.severity)),
          rule.enabled,
          now,
          ruleForm(rule)};
}

void AlertRulesDesk::act(std::function<Result<void>(studio::Engine&)> work) {
  host_.ask<void>(this, std::move(work), [this](Result<void> done) {
    if (!done) emit failed(StudioError(done.error()));
    load();
  });
}

void AlertRulesDesk::switchSource(const QString& source, bool enabled) {
  const auto which = domain::parseAlertSource(source.toStdString());
  if (!which) return;
  act([which = *which, enabled](studio::Engine& engine) {
    return engine.wait(engine.alertRules().switchSource(which, enabled));
  });
}

void AlertRulesDesk::switchRule(const QString& ruleId, bool enabled) {
  act([id = ruleId.toStdString(), enabled](studio::Engine& engine) -> Result<void> {
    auto changed =
        engine.wait(engine.alertRules().update(id, [enabled](AlertRule& rule) { rule.enabled = enabled; }));
    if (!changed) return std::unexpected(changed.error());
    return {};
  });
}

void AlertRulesDesk::remove(const QString& ruleId) {
  act([id = ruleId.toStdString()](studio::Engine& engine) -> Result<void> {
    auto removed = engine.wait(engine.alertRules().remove(id));
    if (!removed) return std::unexpected(removed.error());
    return {};
  });
}

void AlertRulesDesk::startNew() {
  form_ = emptyRuleForm();
  formError_ = {};
  emit formChanged();
}

void AlertRulesDesk::startEdit(const QString& ruleId) {
  if (const int row = rules_.find("ruleId", ruleId); row >= 0) form_ = rules_.value(row, "form").toMap();
  formError_ = {};
  emit formChanged();
}

void AlertRulesDesk::set(const QString& field, const QString& value) {
  if (form_.value(field).toString() == value) return;
  form_[field] = value;
  if (formError_.field == field) formError_ = {};
  emit formChanged();
}

void AlertRulesDesk::save() {
  const auto wanted = ruleOf(form_);
  if (!wanted) {
    formError_ = StudioError(wanted.error());
    return emit formChanged();
  }
  saving_ = true;
  formError_ = {};
  emit formChanged();
  host_.ask<AlertRule>(
      this, [rule = *wanted](studio::Engine& engine) { return keepRule(engine, rule); },
      [this](Result<AlertRule> rule) {
        saving_ = false;
        formError_ = rule ? StudioError() : StudioError(rule.error());
        emit formChanged();
        if (!rule) return;
        emit saved();
        load();
      });
}

}  // namespace cachify::ui
