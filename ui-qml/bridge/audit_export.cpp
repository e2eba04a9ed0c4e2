#include "audit_export.hpp"

#include <boost/json/serialize.hpp>
#include <limits>

#include "file_content.hpp"
#include "studio/engine.hpp"

namespace cachify::ui {

Result<std::uint64_t> exportLogTo(studio::Engine& engine, const QString& path, const std::stop_token& stop,
                                  const std::function<void(std::uint64_t)>& onProgress) {
  constexpr std::uint64_t kLinesBetween = 10'000;
  constexpr log::Position kAll = std::numeric_limits<log::Position>::max();
  std::uint64_t lines = 0;
  const auto written = writePrivately(path, [&](const WritePart& write) {
    return actions::exportLog(engine.log(), 1, kAll, [&](const boost::json::object& line) -> Result<void> {
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "the export was stopped");
      if (auto ok = write(boost::json::serialize(line) + '\n'); !ok) return ok;
      if (++lines % kLinesBetween == 0) onProgress(lines);
      return {};
    });
  });
  if (!written) return std::unexpected(written.error());
  return lines;
}

}  // namespace cachify::ui
