#include "alert_centre.hpp"

#include <algorithm>

#include "connections_model.hpp"
#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"
#include "views/alert_deliveries.hpp"
#include "views/alert_events.hpp"

namespace cachify::ui {

using views::AlertPage;
using views::AlertRow;

namespace {

constexpr std::size_t kAlertsAtOnce = 200;

struct ShownAlert {
  std::optional<AlertRow> row;
  std::vector<views::DeliveryRow> deliveries;
};

Result<ShownAlert> shownAlert(sqlite3& db, const Uuid& id) {
  auto row = views::findAlert(db, id);
  if (!row) return std::unexpected(row.error());
  auto deliveries = views::deliveriesOf(db, id);
  if (!deliveries) return std::unexpected(deliveries.error());
  return ShownAlert{std::move(*row), std::move(*deliveries)};
}

QVariantList deliveryRecord(const views::DeliveryRow& row) {
  return {toText(row.publisher), toText(row.status),   QString::number(row.attempts),
          toShown(row.message),  timeText(row.lastAt), row.nextAt ? timeText(*row.nextAt) : QString()};
}

}  // namespace

AlertCentre::AlertCentre(EngineHost& host, const ConnectionsModel& connections, QObject* parent)
    : QObject(parent),
      host_(host),
      connections_(connections),
      list_({"alertId", "lastAt", "createdAt", "severity", "title", "message", "source", "connection",
             "environment", "read", "times", "causeId"}),
      deliveries_({"publisher", "status", "attempts", "message", "lastAt", "nextAt"}),
      rules_(host, connections),
      publishers_(host) {}

bool AlertCentre::filtered() const {
  return std::ranges::any_of(filters_, [](const QVariant& value) { return !value.toString().isEmpty(); });
}

void AlertCentre::setFilter(const QString& name, const QString& value) {
  if (filters_.value(name).toString() == value) return;
  filters_[name] = value;
  emit filtersChanged();
  loadList();
}

void AlertCentre::clearFilters() {
  filters_.clear();
  emit filtersChanged();
  loadList();
}

void AlertCentre::setWatching(bool watching) {
  if (watching_ == watching) return;
  watching_ = watching;
  emit watchingChanged();
  if (watching) load();
}

views::AlertFilter AlertCentre::wanted() const {
  const auto text = [this](const char* name) {
    return filters_.value(QLatin1String(name)).toString().toStdString();
  };
  views::AlertFilter filter{.unreadOnly = text("unread") == "true",
                            .severity = text("severity"),
                            .source = text("source"),
                            .limit = kAlertsAtOnce};
  if (const auto id = ConnectionId::parse(text("connection"))) filter.connectionId = *id;
  return filter;
}

void AlertCentre::load() {
  loadList();
  rules_.load();
  publishers_.load();
}

void AlertCentre::loadList() {
  ++asked_;
  loading_ = true;
  emit changed();
  ask(wanted(), Into::fresh);
}

void AlertCentre::older() {
  if (loading_ || !next_) return;
  loading_ = true;
  emit changed();
  auto filter = wanted();
  filter.before = next_;
  ask(std::move(filter), Into::below);
}

void AlertCentre::logMoved() {
  if (asking_) {
    stale_ = true;
    return;
  }
  asking_ = true;
  ask(watching_ ? wanted() : views::AlertFilter{.limit = 1}, Into::live);
}

void AlertCentre::ask(views::AlertFilter filter, Into into) {
  const bool isShown = watching_;
  host_.ask<AlertPage>(
      this,
      [filter = std::move(filter)](studio::Engine& engine) {
        return engine.query<AlertPage>([&](sqlite3& db) { return views::listAlerts(db, filter); });
      },
      [this, into, isShown, asked = asked_](Result<AlertPage> page) {
        if (into == Into::live) asking_ = false;
        if (page && unread_ != static_cast<int>(page->unread)) {
          unread_ = static_cast<int>(page->unread);
          emit unreadChanged();
        }
        if (stale_ && !asking_) {
          stale_ = false;
          logMoved();
        }
        if (asked != asked_ || !isShown) return;
        if (into != Into::live) loading_ = false;
        error_ = page ? StudioError() : StudioError(page.error());
        if (page) take(*page, into);
        emit changed();
      });
}

void AlertCentre::take(const AlertPage& page, Into into) {
  std::vector<QVariantList> records;
  for (const auto& row : page.rows) records.push_back(record(row));
  if (into == Into::below) {
    next_ = page.next;
    return list_.append(std::move(records));
  }
  loaded_ = true;
  // What was paged in below stays as long as the first page is what it was of.
  if (into == Into::live && !records.empty() && list_.count() > static_cast<int>(kAlertsAtOnce)) {
    const bool isSame =
        list_.value(0, "alertId") == records.front().front() &&
        list_.value(static_cast<int>(records.size()) - 1, "alertId") == records.back().front();
    if (!isSame) return loadList();
    list_.mergeTop(std::move(records));
    return;
  }
  next_ = page.next;
  list_.merge(std::move(records));
}

QVariantList AlertCentre::record(const AlertRow& row) const {
  return {toText(row.id.toString()), timeText(row.lastAt),
          timeText(row.createdAt),   toText(row.severity),
          toShown(row.title),        toShown(row.message),
          toText(row.source),        connections_.nameOf(row.connectionId),
          toText(row.environment),   row.read,
          smallCount(row.count),     row.causeId.isNil() ? QString() : toText(row.causeId.toString())};
}

void AlertCentre::inspect(const QString& id) {
  const auto alert = Uuid::parse(id.toStdString());
  if (!alert) return;
  inspected_ = {{"alertId", id}};
  deliveries_.assign({});
  emit inspectedChanged();
  host_.ask<ShownAlert>(
      this,
      [alert = *alert](studio::Engine& engine) {
        return engine.query<ShownAlert>([&](sqlite3& db) { return shownAlert(db, alert); });
      },
      [this, id](Result<ShownAlert> shown) {
        if (inspected_.value("alertId") != id) return;
        if (!shown) return emit failed(StudioError(shown.error()));
        if (!shown->row) return;
        const auto values = record(*shown->row);
        const auto names = list_.roleNames();
        inspected_.clear();
        for (int i = 0; i < values.size(); ++i)
          inspected_[QString::fromLatin1(names.value(Qt::UserRole + i))] = values[i];
        std::vector<QVariantList> rows;
        for (const auto& row : shown->deliveries) rows.push_back(deliveryRecord(row));
        deliveries_.merge(std::move(rows));
        emit inspectedChanged();
      });
}

void AlertCentre::markRead(const QString& id) {
  const auto alert = Uuid::parse(id.toStdString());
  if (!alert) return;
  mark([alert = *alert](studio::Engine& engine) { return engine.wait(engine.alerts().markRead({alert})); });
}

void AlertCentre::markAllRead() {
  mark([](studio::Engine& engine) { return engine.wait(engine.alerts().markAllRead()); });
}

void AlertCentre::mark(std::function<Result<std::uint64_t>(studio::Engine&)> work) {
  host_.ask<std::uint64_t>(this, std::move(work), [this](Result<std::uint64_t> marked) {
    if (!marked) return emit failed(StudioError(marked.error()));
    logMoved();
  });
}

}  // namespace cachify::ui
