#include "rule_form.hpp"

#include <QCoreApplication>

#include "text.hpp"

namespace cachify::ui {

using domain::AlertMetric;
using domain::AlertRule;

namespace {

QString metricText(AlertMetric metric) {
  switch (metric) {
    case AlertMetric::errorRate:
      return QCoreApplication::translate("alerts", "error rate");
    case AlertMetric::p95Ms:
      return QCoreApplication::translate("alerts", "p95 in ms");
    case AlertMetric::operationCount:
      return QCoreApplication::translate("alerts", "operations");
    case AlertMetric::errorCount:
      return QCoreApplication::translate("alerts", "errors");
    case AlertMetric::blockedCount:
      return QCoreApplication::translate("alerts", "blocked operations");
    case AlertMetric::slowCount:
      return QCoreApplication::translate("alerts", "slow operations");
    case AlertMetric::reconnectCount:
      return QCoreApplication::translate("alerts", "reconnects");
    case AlertMetric::pingMs:
      return QCoreApplication::translate("alerts", "longest ping in ms");
    case AlertMetric::opsPerSecond:
      return QCoreApplication::translate("alerts", "commands per second");
    case AlertMetric::usedMemoryBytes:
      return QCoreApplication::translate("alerts", "memory used in bytes");
    case AlertMetric::clients:
      return QCoreApplication::translate("alerts", "connected clients");
    case AlertMetric::hitRate:
      return QCoreApplication::translate("alerts", "hit rate");
    case AlertMetric::evictions:
      return QCoreApplication::translate("alerts", "keys evicted");
    case AlertMetric::replicationLagMs:
      return QCoreApplication::translate("alerts", "replication lag in ms");
  }
  return {};
}

std::unexpected<Error> wrongField(const char* field, const QString& message) {
  return fail(Error{.code = ErrorCode::validationError, .message = message.toStdString()}.with(
      "field", std::string(field)));
}

template <class T>
Result<void> takeChoice(const QVariantMap& form, const char* field, T& out,
                        Result<T> (*parse)(std::string_view)) {
  auto value = parse(form.value(QLatin1String(field)).toString().toStdString());
  if (!value) return std::unexpected(Error(value.error()).with("field", std::string(field)));
  out = *value;
  return {};
}

Result<void> takeRuleNumbers(const QVariantMap& form, AlertRule& rule) {
  bool isNumber = false;
  rule.threshold = form.value(QStringLiteral("threshold")).toString().trimmed().toDouble(&isNumber);
  if (!isNumber)
    return wrongField("threshold", QCoreApplication::translate("alerts", "The threshold must be a number."));
  rule.lookBack = std::chrono::minutes(
      form.value(QStringLiteral("lookBackMinutes")).toString().trimmed().toInt(&isNumber));
  if (!isNumber)
    return wrongField("lookBackMinutes", QCoreApplication::translate(
                                             "alerts", "The look-back must be whole minutes, 1 to 1440."));
  return {};
}

Result<void> takeRuleScope(const QVariantMap& form, AlertRule& rule) {
  const QString connection = form.value(QStringLiteral("connectionId")).toString();
  const QString environment = form.value(QStringLiteral("environment")).toString();
  if (!connection.isEmpty()) {
    const auto id = ConnectionId::parse(connection.toStdString());
    if (!id) return std::unexpected(id.error());
    rule.connectionId = *id;
  }
  if (environment.isEmpty()) return {};
  const auto which = domain::parseEnvironment(environment.toStdString());
  if (!which) return std::unexpected(which.error());
  rule.environment = *which;
  return {};
}

}  // namespace

QVariantMap emptyRuleForm() {
  auto form = ruleForm({});
  form["ruleId"] = QString();
  form["threshold"] = QString();
  return form;
}

QVariantMap ruleForm(const AlertRule& rule) {
  return {{"ruleId", toText(rule.id.toString())},
          {"name", toText(rule.name)},
          {"metric", toText(domain::wireName(rule.metric))},
          {"comparator", toText(domain::wireName(rule.comparator))},
          {"threshold", QString::number(rule.threshold, 'g', 12)},
          {"lookBackMinutes", QString::number(rule.lookBack.count())},
          {"severity", toText(domain::wireName(rule.severity))},
          {"connectionId", rule.connectionId.isNil() ? QString() : toText(rule.connectionId.toString())},
          {"environment", rule.environment ? toText(domain::wireName(*rule.environment)) : QString()}};
}

Result<AlertRule> ruleOf(const QVariantMap& form) {
  AlertRule rule;
  if (const QString id = form.value(QStringLiteral("ruleId")).toString(); !id.isEmpty()) {
    const auto parsed = AlertRuleId::parse(id.toStdString());
    if (!parsed) return std::unexpected(parsed.error());
    rule.id = *parsed;
  }
  rule.name = form.value(QStringLiteral("name")).toString().trimmed().toStdString();
  if (auto ok = takeChoice(form, "metric", rule.metric, &domain::parseAlertMetric); !ok)
    return std::unexpected(ok.error());
  if (auto ok = takeChoice(form, "comparator", rule.comparator, &domain::parseComparator); !ok)
    return std::unexpected(ok.error());
  const auto severity =
      domain::parseSeverity("severity", form.value(QStringLiteral("severity")).toString().toStdString());
  if (!severity) return std::unexpected(severity.error());
  rule.severity = *severity;
  if (auto ok = takeRuleNumbers(form, rule); !ok) return std::unexpected(ok.error());
  if (auto ok = takeRuleScope(form, rule); !ok) return std::unexpected(ok.error());
  if (auto ok = domain::validate(rule); !ok) return std::unexpected(ok.error());
  return rule;
}

QString conditionText(const AlertRule& rule) {
  return QCoreApplication::translate("alerts", "%1 %2 %3 over %4")
      .arg(metricText(rule.metric), toText(domain::wireName(rule.comparator)),
           QString::number(rule.threshold, 'g', 6),
           QCoreApplication::translate("alerts", "%1 min").arg(rule.lookBack.count()));
}

}  // namespace cachify::ui
