#include "file_content.hpp"

#include <QFile>

namespace cachify::ui {

Error fileError(const QFileDevice& file, const QString& path) {
  return {.code = ErrorCode::validationError,
          .message = QStringLiteral("%1: %2").arg(path, file.errorString()).toStdString()};
}

Result<Bytes> contentOf(const QString& path, qint64 maxBytes, const QString& tooLarge) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return std::unexpected(fileError(file, path));
  const QByteArray content = file.read(maxBytes + 1);
  if (file.error() != QFileDevice::NoError) return std::unexpected(fileError(file, path));
  if (content.size() > maxBytes) return fail(ErrorCode::validationError, tooLarge.toStdString());
  return content.toStdString();
}

}  // namespace cachify::ui
