#include "period.hpp"

#include <QDateTime>
#include <QLocale>
#include <array>

#include "text.hpp"

namespace cachify::ui {

using std::chrono::minutes;

namespace {

constexpr std::int64_t kMostBuckets = 75;
/// Each divides the next whole unit of time.
constexpr std::array<std::int64_t, 15> kBucketMinutes{1,   2,   5,   10,   15,   30,     60,    120,
                                                      240, 480, 720, 1440, 2880, 10'080, 43'200};

std::int64_t minutesOf(const QString& period) {
  static const std::array<std::pair<const char*, std::int64_t>, 6> kPeriods{
      {{"15m", 15}, {"1h", 60}, {"6h", 360}, {"24h", 1440}, {"7d", 10'080}, {"30d", 43'200}}};
  for (const auto& [name, length] : kPeriods) {
    if (period == QLatin1String(name)) return length;
  }
  return 0;
}

Result<WallTime> timeGiven(const char* field, const QString& text) {
  const QDateTime time = QDateTime::fromString(text.trimmed(), QStringLiteral("yyyy-MM-dd HH:mm"));
  if (time.isValid()) return WallTime(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
  return fail(Error{.code = ErrorCode::validationError,
                    .message = QObject::tr("A time is written like 2026-01-31 12:00.").toStdString()}
                  .with("field", std::string(field)));
}

QDateTime localTime(WallTime time) {
  return QDateTime::fromMSecsSinceEpoch(
      std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

}  // namespace

Result<Span> spanOf(const QString& period, const QString& from, const QString& to, WallTime now) {
  if (const auto length = minutesOf(period); length > 0)
    return Span{.from = now - minutes(length), .to = now};
  const auto begin = timeGiven("from", from);
  if (!begin) return std::unexpected(begin.error());
  const auto end = timeGiven("to", to);
  if (!end) return std::unexpected(end.error());
  if (*begin < *end) return Span{.from = *begin, .to = *end};
  return fail(Error{.code = ErrorCode::validationError,
                    .message = QObject::tr("The period ends before it begins.").toStdString()}
                  .with("field", std::string("to")));
}

minutes bucketFor(const Span& span) {
  const auto whole = std::chrono::ceil<minutes>(span.to - span.from).count();
  for (const auto bucket : kBucketMinutes) {
    if (whole <= bucket * kMostBuckets) return minutes(bucket);
  }
  return minutes((whole + kMostBuckets - 1) / kMostBuckets);
}

QString columnText(const Span& column) {
  const QDateTime start = localTime(column.from);
  const bool isLong = column.to - column.from >= std::chrono::hours(2);
  return QLocale().toString(start, isLong ? QStringLiteral("d MMM HH:mm") : QStringLiteral("HH:mm"));
}

}  // namespace cachify::ui
