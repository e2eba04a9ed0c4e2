#pragma once
// Files that a person chose, and what is wrong with one in words. For a thread that may wait for a disk.

#include <QFileDevice>
#include <QString>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::ui {

[[nodiscard]] Error fileError(const QFileDevice& file, const QString& path);
/// VALIDATION_ERROR, with `tooLarge`, beyond `maxBytes`.
[[nodiscard]] Result<Bytes> contentOf(const QString& path, qint64 maxBytes, const QString& tooLarge);

}  // namespace cachify::ui
