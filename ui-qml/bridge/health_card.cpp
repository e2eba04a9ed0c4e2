#include "health_card.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "text.hpp"
#include "views/dashboard.hpp"

namespace cachify::ui {

namespace {

QString cardText(const char* text) {
  return QCoreApplication::translate("health", text);
}

QString percentText(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return QStringLiteral("–");
  return QCoreApplication::translate("health", "%1 %")
      .arg(100.0 * static_cast<double>(part) / static_cast<double>(whole), 0, 'f', 1);
}

QString clientsText(int count) {
  return QCoreApplication::translate("health", "%n client(s)", nullptr, count);
}
QString evictionsText(int count) {
  return QCoreApplication::translate("health", "%n eviction(s)", nullptr, count);
}

QString serverText(const views::ConnectionState& state) {
  if (!state.sample) return {};
  const auto& sample = *state.sample;
  QStringList parts{cardText(QT_TRANSLATE_NOOP("health", "ping %1")).arg(latencyText(sample.latency))};
  if (sample.opsPerSecond)
    parts << cardText(QT_TRANSLATE_NOOP("health", "%1 ops/s")).arg(countText(*sample.opsPerSecond));
  if (sample.usedMemoryBytes) parts << sizeText(*sample.usedMemoryBytes);
  if (sample.clients) parts << clientsText(smallCount(*sample.clients));
  if (sample.hits && sample.misses && *sample.hits + *sample.misses > 0)
    parts << cardText(QT_TRANSLATE_NOOP("health", "hits %1"))
                 .arg(percentText(*sample.hits, *sample.hits + *sample.misses));
  if (sample.evictions && *sample.evictions > 0) parts << evictionsText(smallCount(*sample.evictions));
  if (sample.replicationLagMs)
    parts << cardText(QT_TRANSLATE_NOOP("health", "lag %1"))
                 .arg(durationText(std::chrono::milliseconds(*sample.replicationLagMs)));
  if (!sample.clusterState.empty())
    parts << cardText(QT_TRANSLATE_NOOP("health", "cluster %1")).arg(toShown(sample.clusterState));
  return parts.join(QStringLiteral(" · "));
}

int urgencyOf(domain::Health health) {
  switch (health) {
    case domain::Health::offline:
      return 0;
    case domain::Health::degraded:
      return 1;
    case domain::Health::healthy:
      return 2;
    case domain::Health::unknown:
      break;
  }
  return 3;
}

QVariantList healthRow(const views::ConnectionHealth& one) {
  const auto& state = one.state;
  const auto& counts = one.counts;
  const bool isMeasured = counts.operations > counts.blocked;
  QString problem;
  if (one.health == domain::Health::offline)
    problem = toShown(state.message.empty() ? state.errorCode : state.message);
  return {toText(state.connectionId.toString()),
          toShown(state.name),
          toText(state.engine),
          toText(state.environment),
          toText(domain::wireName(one.health)),
          problem,
          isMeasured ? latencyText(counts.p95) : QStringLiteral("–"),
          one.health == domain::Health::degraded && counts.errors > 0,
          percentText(counts.errors, counts.operations - std::min(counts.blocked, counts.operations)),
          countText(counts.operations),
          countText(counts.slow),
          countText(counts.reconnects),
          serverText(state),
          state.sampledAt ? timeText(*state.sampledAt) : QString()};
}

}  // namespace

QList<QByteArray> healthFields() {
  return {"connectionId", "name",      "engine",     "environment", "status",     "problem", "p95",
          "alarming",     "errorRate", "operations", "slow",        "reconnects", "server",  "sampledAt"};
}

std::vector<QVariantList> healthRows(const std::vector<views::ConnectionHealth>& health) {
  std::vector<const views::ConnectionHealth*> order;
  for (const auto& one : health) order.push_back(&one);
  std::ranges::stable_sort(order, {}, [](const auto* one) { return urgencyOf(one->health); });
  std::vector<QVariantList> rows;
  for (const auto* one : order) rows.push_back(healthRow(*one));
  return rows;
}

}  // namespace cachify::ui
