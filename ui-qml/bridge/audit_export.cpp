#include "audit_export.hpp"

#include <QSaveFile>
#include <boost/json/serialize.hpp>
#include <limits>

#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

Result<std::uint64_t> exportLogTo(studio::Engine& engine, const QString& path, const std::stop_token& stop,
                                  const std::function<void(std::uint64_t)>& onProgress) {
  constexpr std::uint64_t kLinesBetween = 10'000;
  constexpr log::Position kAll = std::numeric_limits<log::Position>::max();
  QSaveFile file(path);
  const auto fileError = [&] {
    return Error{.code = ErrorCode::validationError,
                 .message = QStringLiteral("%1: %2").arg(path, file.errorString()).toStdString()};
  };
  if (!file.open(QIODevice::WriteOnly)) return std::unexpected(fileError());
  file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
  std::uint64_t lines = 0;
  const auto written =
      actions::exportLog(engine.log(), 1, kAll, [&](const boost::json::object& line) -> Result<void> {
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "the export was stopped");
        const std::string text = boost::json::serialize(line) + '\n';
        const auto size = static_cast<qint64>(text.size());
        if (file.write(text.data(), size) != size) return std::unexpected(fileError());
        if (++lines % kLinesBetween == 0) onProgress(lines);
        return {};
      });
  if (!written) return std::unexpected(written.error());
  if (!file.commit()) return std::unexpected(fileError());
  return lines;
}

}  // namespace cachify::ui
