#pragma once
// Errors that reads, captures and holds end with, the same for all kinds of server.

#include "cache/cache_session.hpp"

namespace cachify::cache {

/// For Capture::notCaptured.
[[nodiscard]] Error tooLargeToCapture(std::uint64_t sizeBytes, const CaptureLimits& limits);

/// CONFLICT, for ApplyStatus::changed.
[[nodiscard]] Error changedSinceCapture();

/// CONFLICT, for a look at one element of a value that has none of this kind.
[[nodiscard]] Error noSuchElements(domain::ValueType type);

}  // namespace cachify::cache
