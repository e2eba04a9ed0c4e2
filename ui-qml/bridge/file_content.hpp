#pragma once
// Files that a person chose: errors say in words what is wrong with one. For a thread that may wait for a
// disk.

#include <QString>
#include <QUrl>
#include <functional>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::ui {

/// Qt's own dialog, where the desktop has none, tells a file that is not there yet without the scheme.
[[nodiscard]] QString pathOf(const QUrl& file);

/// VALIDATION_ERROR, with `tooLarge`, beyond `maxBytes`.
[[nodiscard]] Result<Bytes> contentOf(const QString& path, qint64 maxBytes, const QString& tooLarge);

using WritePart = std::function<Result<void>(BytesView)>;
/// Readable by its user alone, and there once `fill` has written all of it; nothing is where it fails.
[[nodiscard]] Result<void> writePrivately(const QString& path,
                                          const std::function<Result<void>(const WritePart&)>& fill);

}  // namespace cachify::ui
