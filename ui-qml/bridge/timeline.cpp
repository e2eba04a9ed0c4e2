#include "timeline.hpp"

#include <algorithm>

#include "connections_model.hpp"
#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

namespace {

constexpr std::size_t kRowsAtOnce = 200;
/// Above it, what comes in new takes the place of what was paged in below.
constexpr int kMostRows = 5'000;

std::string filterText(const QVariantMap& filters, const char* name) {
  return filters.value(QLatin1String(name)).toString().trimmed().toStdString();
}

QString aboutText(const views::HistoryRow& row) {
  QStringList parts;
  for (const std::string& part : {row.change, row.errorCode, row.message}) {
    if (!part.empty()) parts.append(toShown(part));
  }
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

Timeline::Timeline(EngineHost& host, const ConnectionsModel& connections, Kind kind, QObject* parent)
    : QObject(parent),
      host_(host),
      connections_(connections),
      kind_(kind),
      rows_({"position", "time", "status", "slow", "action", "connection", "environment", "key", "duration",
             "source", "about"}) {}

bool Timeline::filtered() const {
  return part_ ||
         std::ranges::any_of(filters_, [](const QVariant& value) { return !value.toString().isEmpty(); });
}

QString Timeline::rangeText() const {
  if (!part_) return {};
  return tr("%1 to %2").arg(timeText(part_->from).chopped(3), timeText(part_->to).chopped(3));
}

QString Timeline::connectionText() const {
  return connections_.nameOf(filters_.value(QStringLiteral("connection")).toString());
}

void Timeline::setScope(const QString& connectionId) {
  scope_ = connectionId;
  filters_.remove(QStringLiteral("connection"));
  emit filtersChanged();
}

void Timeline::setFilter(const QString& name, const QString& value) {
  if (filters_.value(name).toString() == value) return;
  filters_[name] = value;
  emit filtersChanged();
  load();
}

void Timeline::show(const QVariantMap& filters, double fromMs, double toMs) {
  const auto time = [](double ms) {
    return WallTime(std::chrono::milliseconds(static_cast<std::int64_t>(ms)));
  };
  filters_ = filters;
  part_ = toMs > fromMs ? std::optional(Span{.from = time(fromMs), .to = time(toMs)}) : std::nullopt;
  emit filtersChanged();
  load();
}

void Timeline::clearFilters() {
  show({}, 0, 0);
}

void Timeline::setPeriod(const Span& span, bool isLive) {
  period_ = span;
  isLive_ = isLive;
}

views::HistoryFilter Timeline::wanted() const {
  const Span& span = part_ ? *part_ : period_;
  views::HistoryFilter filter{.from = span.from,
                              .to = part_ || !isLive_ ? std::optional(span.to) : std::nullopt,
                              .environment = filterText(filters_, "environment"),
                              .source = filterText(filters_, "source"),
                              .status = filterText(filters_, "status"),
                              .action = filterText(filters_, "action"),
                              .text = filterText(filters_, "text"),
                              .slowOnly = kind_ == Kind::slowOnly,
                              .limit = kRowsAtOnce};
  const std::string connection = filterText(filters_, "connection");
  if (const auto id = ConnectionId::parse(connection.empty() ? scope_.toStdString() : connection))
    filter.connectionId = *id;
  return filter;
}

void Timeline::load() {
  ++asked_;
  loading_ = true;
  emit changed();
  ask(wanted(), Into::fresh);
}

void Timeline::older() {
  if (loading_ || !next_) return;
  loading_ = true;
  emit changed();
  auto filter = wanted();
  filter.before = next_;
  ask(std::move(filter), Into::below);
}

void Timeline::refresh() {
  if (loading_ || refreshing_ || !loaded_) return;
  refreshing_ = true;
  ask(wanted(), Into::above);
}

void Timeline::ask(views::HistoryFilter filter, Into into) {
  host_.ask<views::HistoryPage>(
      this,
      [filter = std::move(filter)](studio::Engine& engine) {
        return engine.query<views::HistoryPage>([&](sqlite3& db) { return views::listHistory(db, filter); });
      },
      [this, into, asked = asked_](Result<views::HistoryPage> page) {
        if (into == Into::above) refreshing_ = false;
        if (asked != asked_) return;
        if (into != Into::above) loading_ = false;
        const bool isOfText = !page && page.error().code == ErrorCode::validationError;
        textError_ = isOfText ? StudioError(page.error()) : StudioError();
        error_ = page || isOfText ? StudioError() : StudioError(page.error());
        if (page) take(*page, into);
        emit changed();
      });
}

void Timeline::take(const views::HistoryPage& page, Into into) {
  std::vector<QVariantList> records;
  for (const auto& row : page.rows) {
    if (into != Into::above || row.position > newest_) records.push_back(record(row));
  }
  // More came than one page holds, or too much has gathered: from the newest on again.
  const bool isGap = into == Into::above && records.size() == page.rows.size() && page.next;
  if (isGap || (into == Into::above && !records.empty() && rows_.count() > kMostRows)) return load();
  if (into != Into::below && !page.rows.empty()) newest_ = page.rows.front().position;
  if (into != Into::above) next_ = page.next;
  if (into == Into::fresh) {
    if (page.rows.empty()) newest_ = 0;
    loaded_ = true;
    rows_.assign(std::move(records));
  } else if (into == Into::below) {
    rows_.append(std::move(records));
  } else {
    rows_.prepend(std::move(records));
  }
}

QVariantList Timeline::record(const views::HistoryRow& row) const {
  return {QString::number(row.position),
          timeText(row.recordedAt),
          toText(row.status),
          row.slow,
          toText(row.action),
          connections_.nameOf(row.connectionId),
          toText(row.environment),
          toShown(row.keyOrPattern),
          row.duration ? latencyText(*row.duration) : QString(),
          toText(row.source),
          aboutText(row)};
}

}  // namespace cachify::ui
