#pragma once
// Errors that captures and holds end with, the same for all kinds of server.

#include "cache/cache_session.hpp"

namespace cachify::cache {

/// For Capture::notCaptured.
[[nodiscard]] Error tooLargeToCapture(std::uint64_t sizeBytes, const CaptureLimits& limits);

/// CONFLICT, for ApplyStatus::changed.
[[nodiscard]] Error changedSinceCapture();

}  // namespace cachify::cache
