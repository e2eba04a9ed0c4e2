#pragma once
// The span of time a page looks at: a length that ends now, or two times that a person gave.

#include <QObject>
#include <QQmlEngine>
#include <QString>

#include "core/result.hpp"
#include "views/time_columns.hpp"

namespace cachify::ui {

using views::Span;

/// "15m", "1h", "6h", "24h", "7d" or "30d", up to now; else of "custom" the two local times, as
/// "2026-01-31 12:00". VALIDATION_ERROR with the field `from` or `to`.
[[nodiscard]] Result<Span> spanOf(const QString& period, const QString& from, const QString& to,
                                  WallTime now);

/// Of a bucket of a chart, in whole minutes that divide days or hours well: at most 75 for the span.
[[nodiscard]] std::chrono::minutes bucketFor(const Span& span);

/// "14:05", or with the day where the columns are long.
[[nodiscard]] QString columnText(const Span& column);

}  // namespace cachify::ui
