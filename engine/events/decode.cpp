#include "events/decode.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace cachify::events {
namespace {

using Upcaster = std::string (*)(std::string_view payload);

/// For a version that may say more, or less, and can be read as it is.
std::string unchanged(std::string_view payload) {
  return std::string(payload);
}

/// (type, version n) → function to version n+1.
const std::map<std::pair<EventType, std::uint16_t>, Upcaster>& upcasters() {
  static const std::map<std::pair<EventType, std::uint16_t>, Upcaster> kUpcasters{
      {{EventType::mutationApplied, 1}, &unchanged},    // 2 may say what the server said
      {{EventType::snapshotCaptured, 1}, &unchanged}};  // 2 says no pack where the cause's id is that
  return kUpcasters;
}

}  // namespace

Result<std::string> upcast(EventType type, std::uint16_t version, std::string_view payload) {
  const EventSpec& spec = specOf(type);
  if (version > spec.schemaVersion) {
    return fail(
        ErrorCode::internalError,
        fmt::format("{} version {} was written by a newer Cachify; update to read it", spec.name, version));
  }
  std::string current(payload);
  for (std::uint16_t at = version; at < spec.schemaVersion; ++at) {
    const auto found = upcasters().find({type, at});
    if (found == upcasters().end()) {
      return fail(ErrorCode::internalError, fmt::format("no upcaster for {} version {}", spec.name, at));
    }
    current = found->second(current);
  }
  return current;
}

}  // namespace cachify::events
