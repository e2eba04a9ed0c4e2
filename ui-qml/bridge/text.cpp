#include "text.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <limits>

namespace cachify::ui {

QString toText(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString toShown(BytesView bytes) {
  return toText(escapeForDisplay(bytes));
}

QString blockText(const QString& text) {
  QString shown;
  shown.reserve(text.size());
  for (const QChar c : text) {
    const auto code = c.unicode();
    const bool isControl = (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0);
    const bool isDirection = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
                             code == 0x200e || code == 0x200f || code == 0x2028 || code == 0x2029;
    if (isControl || isDirection) {
      shown += QStringLiteral("\\u%1").arg(code, 4, 16, QLatin1Char('0'));
    } else {
      shown += c;
    }
  }
  return shown;
}

Bytes toBytes(const QString& text) {
  return text.toStdString();
}

QString sizeText(std::uint64_t bytes) {
  return QLocale::c().formattedDataSize(static_cast<qint64>(bytes), bytes < 1024 ? 0 : 1);
}

QString durationText(std::chrono::milliseconds time) {
  const auto ms = time.count();
  if (ms < 1000) return QCoreApplication::translate("text", "%1 ms").arg(ms);
  const auto seconds = ms / 1000;
  if (seconds < 60) return QCoreApplication::translate("text", "%1 s").arg(seconds);
  if (seconds < 3600)
    return QCoreApplication::translate("text", "%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
  if (seconds < 86'400)
    return QCoreApplication::translate("text", "%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
  return QCoreApplication::translate("text", "%1 d %2 h").arg(seconds / 86'400).arg(seconds % 86'400 / 3600);
}

QString timeText(WallTime time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString countText(std::uint64_t count) {
  QString digits = QString::number(count);
  for (qsizetype at = digits.size() - 3; at > 0; at -= 3) digits.insert(at, QChar(0x202F));
  return digits;
}

int smallCount(std::uint64_t count) {
  return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
}

QString latencyText(std::chrono::microseconds time) {
  const auto us = time.count();
  if (us < 1000) return QCoreApplication::translate("text", "%1 µs").arg(us);
  if (us < 1'000'000)
    return QCoreApplication::translate("text", "%1 ms")
        .arg(static_cast<double>(us) / 1000, 0, 'f', us < 100'000 ? 1 : 0);
  return QCoreApplication::translate("text", "%1 s").arg(static_cast<double>(us) / 1e6, 0, 'f', 1);
}

}  // namespace cachify::ui
