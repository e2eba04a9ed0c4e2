#include "observatory.hpp"

#include <QTime>
#include <algorithm>
#include <map>

#include "connections_model.hpp"
#include "engine_host.hpp"
#include "health_card.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using views::Dashboard;
using views::HeatCell;
using views::OperationCounts;

namespace {

constexpr int kPaceMs = 1'500;
constexpr int kClockMs = 10'000;
/// So many that a number still fits into each.
constexpr std::size_t kHeatColumns = 24;

double heatMs(WallTime time) {
  return static_cast<double>(std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

QVariantMap heatPlace(const OperationCounts& counts, std::uint64_t most, const QString& label) {
  return {{"label", label},
          {"operations", countText(counts.operations)},
          {"used", counts.operations > 0},
          {"errors", static_cast<double>(counts.errors)},
          {"blocked", static_cast<double>(counts.blocked)},
          {"heat", most == 0 ? 0.0 : static_cast<double>(counts.errors) / static_cast<double>(most)}};
}

std::vector<QVariantList> heatRows(const views::Heatmap& map, const views::TimeColumns& places,
                                   const ConnectionsModel& connections) {
  using Key = std::pair<ConnectionId, std::string>;
  std::map<Key, std::vector<OperationCounts>> rows;
  std::uint64_t most = 0;
  for (const HeatCell& cell : map.cells) {
    auto& row = rows.try_emplace({cell.connectionId, cell.environment}, places.count()).first->second;
    auto& place = row[places.of(cell.start)];
    place.operations += cell.counts.operations;
    place.errors += cell.counts.errors;
    place.blocked += cell.counts.blocked;
    most = std::max(most, place.errors);
  }
  std::vector<QVariantList> records;
  for (const auto& [key, counts] : rows) {
    const QString id = toText(key.first.toString());
    QVariantList cells;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const Span column = places.span(i);
      auto place = heatPlace(counts[i], most, columnText(column));
      place["fromMs"] = heatMs(column.from);
      place["toMs"] = heatMs(column.to);
      cells.append(place);
    }
    const QString name = connections.nameOf(id);
    records.push_back({id, name.isEmpty() ? QObject::tr("removed") : name, toText(key.second), cells});
  }
  std::ranges::sort(records, {}, [](const QVariantList& row) { return row[1].toString().toCaseFolded(); });
  return records;
}

/// A connection beside its environments: an old one, where its profile was changed meanwhile, has a place
/// too.
std::vector<QVariantList> environmentRows(const views::Heatmap& totals, const ConnectionsModel& connections) {
  std::map<ConnectionId, std::map<std::string, OperationCounts>> rows;
  std::uint64_t most = 0;
  for (const HeatCell& cell : totals.cells) {
    rows[cell.connectionId][cell.environment] = cell.counts;
    most = std::max(most, cell.counts.errors);
  }
  std::vector<QVariantList> records;
  for (const auto& [id, environments] : rows) {
    QVariantList cells;
    for (const char* environment : {"prod", "staging", "dev"}) {
      const auto found = environments.find(environment);
      auto place = heatPlace(found == environments.end() ? OperationCounts() : found->second, most, {});
      place["environment"] = QString::fromLatin1(environment);
      cells.append(place);
    }
    const QString text = toText(id.toString());
    const QString name = connections.nameOf(text);
    records.push_back({text, name.isEmpty() ? QObject::tr("removed") : name, cells});
  }
  std::ranges::sort(records, {}, [](const QVariantList& row) { return row[1].toString().toCaseFolded(); });
  return records;
}

}  // namespace

Observatory::Observatory(EngineHost& host, const ConnectionsModel& connections, QObject* parent)
    : QObject(parent),
      host_(host),
      connections_(connections),
      health_(healthFields()),
      heat_({"connectionId", "name", "environment", "cells"}),
      environments_({"connectionId", "name", "cells"}),
      timeline_(host, connections, Timeline::Kind::all),
      slow_(host, connections, Timeline::Kind::slowOnly) {
  pace_.setInterval(kPaceMs);
  pace_.setSingleShot(true);
  clock_.setInterval(kClockMs);
  connect(&pace_, &QTimer::timeout, this, [this] {
    if (stale_) logMoved();
  });
  connect(&clock_, &QTimer::timeout, this, &Observatory::logMoved);
}

void Observatory::setPeriod(const QString& period) {
  if (period_ == period) return;
  period_ = period;
  if (period == QLatin1String("custom") && customFrom_.isEmpty()) {
    customFrom_ = timeText(span_.from).chopped(3);
    customTo_ = timeText(span_.to).chopped(3);
  }
  load();
}

void Observatory::setCustom(const QString& from, const QString& to) {
  if (period_ == QLatin1String("custom") && customFrom_ == from && customTo_ == to) return;
  period_ = QStringLiteral("custom");
  customFrom_ = from;
  customTo_ = to;
  load();
}

void Observatory::setConnectionId(const QString& id) {
  if (connectionId_ == id) return;
  connectionId_ = id;
  timeline_.setScope(id);
  slow_.setScope(id);
  load();
}

void Observatory::setWatching(bool watching) {
  if (watching_ == watching) return;
  watching_ = watching;
  emit watchingChanged();
  watching ? clock_.start() : clock_.stop();
  if (watching) load();
}

void Observatory::load() {
  const auto span = spanOf(period_, customFrom_, customTo_, SystemClock().now());
  periodError_ = span ? StudioError() : StudioError(span.error());
  emit periodChanged();
  if (!span) return;
  const bool isLive = period_ != QLatin1String("custom");
  timeline_.setPeriod(*span, isLive);
  slow_.setPeriod(*span, isLive);
  loading_ = true;
  emit changed();
  refresh();
  timeline_.load();
  slow_.load();
}

void Observatory::logMoved() {
  if (!watching_) return;
  stale_ = true;
  if (!pace_.isActive() && !asking_) renew();
}

void Observatory::renew() {
  refresh();
  timeline_.refresh();
  slow_.refresh();
}

void Observatory::refresh() {
  const auto span = spanOf(period_, customFrom_, customTo_, SystemClock().now());
  if (!span) return;
  stale_ = false;
  asking_ = true;
  pace_.start();
  views::DashboardFilter filter{.from = span->from,
                                .to = span->to,
                                .now = SystemClock().now(),
                                .interval = bucketFor(*span),
                                .slowOperations = 1};
  if (const auto id = ConnectionId::parse(connectionId_.toStdString())) filter.connectionId = *id;
  host_.ask<Dashboard>(
      this,
      [filter](studio::Engine& engine) {
        return engine.query<Dashboard>([&](sqlite3& db) { return views::dashboard(db, filter); });
      },
      [this, span = *span, asked = ++asked_](Result<Dashboard> dashboard) {
        if (asked != asked_) return;
        asking_ = false;
        loading_ = false;
        error_ = dashboard ? StudioError() : StudioError(dashboard.error());
        if (dashboard) {
          span_ = span;
          take(*dashboard);
        }
        emit changed();
        if (stale_) logMoved();
      });
}

void Observatory::take(const Dashboard& dashboard) {
  loaded_ = true;
  updatedText_ = tr("Updated %1").arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")));
  health_.merge(healthRows(dashboard.health));
  trend_.assign(dashboard.trend, span_);
  takeHeat(dashboard);
}

void Observatory::takeHeat(const Dashboard& dashboard) {
  const views::TimeColumns places(span_, dashboard.heatmap.interval, kHeatColumns);
  heatLabels_.clear();
  for (std::size_t i = 0; i < places.count(); ++i) heatLabels_.append(columnText(places.span(i)));
  heatTruncated_ = dashboard.heatmap.truncated;
  heat_.merge(heatRows(dashboard.heatmap, places, connections_));
  environments_.merge(environmentRows(dashboard.byEnvironment, connections_));
}

}  // namespace cachify::ui
