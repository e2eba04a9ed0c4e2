#include "options/ttl_options.hpp"

#include "options/number.hpp"

namespace cachify::cli {
namespace {

/// Far beyond any use, and far from the overflow of the servers' own arithmetic.
constexpr std::int64_t kMostSeconds = 100LL * 365 * 86'400;

}  // namespace

void TtlOptions::addTo(Arguments& app, const std::string& secondsName, const std::string& msName,
                       const std::string& noneName) {
  auto inSeconds = addText(app, secondsName, seconds, "Expire after so many seconds").typeName("N");
  auto inMs = addText(app, msName, milliseconds, "Expire after so many milliseconds").typeName("N");
  auto never = app.addFlag(noneName, none, "Never expire");
  inSeconds.excludes(inMs).excludes(never);
  inMs.excludes(never);
}

Result<domain::TtlChange> TtlOptions::change() const {
  if (none) return domain::NoTtl{};
  if (seconds) {
    const auto count = parseInteger("ttlSeconds", *seconds, 1, kMostSeconds);
    if (!count) return std::unexpected(count.error());
    return std::chrono::milliseconds(std::chrono::seconds(*count));
  }
  if (milliseconds) {
    const auto count = parseInteger("ttlMs", *milliseconds, 1, kMostSeconds * 1000);
    if (!count) return std::unexpected(count.error());
    return std::chrono::milliseconds(*count);
  }
  return domain::KeepTtl{};
}

}  // namespace cachify::cli
