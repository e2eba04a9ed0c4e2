#include "file_content.hpp"

#include <QFile>
#include <QSaveFile>

namespace cachify::ui {

namespace {

std::unexpected<Error> fileError(const QFileDevice& file, const QString& path) {
  return fail(ErrorCode::validationError,
              QStringLiteral("%1: %2").arg(path, file.errorString()).toStdString());
}

}  // namespace

QString pathOf(const QUrl& file) {
  return file.scheme().isEmpty() ? file.path() : file.toLocalFile();
}

Result<Bytes> contentOf(const QString& path, qint64 maxBytes, const QString& tooLarge) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return fileError(file, path);
  const QByteArray content = file.read(maxBytes + 1);
  if (file.error() != QFileDevice::NoError) return fileError(file, path);
  if (content.size() > maxBytes) return fail(ErrorCode::validationError, tooLarge.toStdString());
  return content.toStdString();
}

Result<void> writePrivately(const QString& path, const std::function<Result<void>(const WritePart&)>& fill) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return fileError(file, path);
  file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
  auto filled = fill([&](BytesView part) -> Result<void> {
    const auto size = static_cast<qint64>(part.size());
    if (file.write(part.data(), size) != size) return fileError(file, path);
    return {};
  });
  if (!filled) return filled;
  if (!file.commit()) return fileError(file, path);
  return {};
}

}  // namespace cachify::ui
