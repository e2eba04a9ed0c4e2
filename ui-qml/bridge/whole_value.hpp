#pragma once
// All of a string, however long, in parts. For a thread that may wait for the engine.

#include <functional>

#include "cache/cache_session.hpp"
#include "core/bytes.hpp"
#include "domain/profile.hpp"

namespace cachify::studio {
class Engine;
}

namespace cachify::ui {

/// Gives all of it to `take`, part by part. CONFLICT where it changes its type or length meanwhile.
[[nodiscard]] Result<void> readWhole(studio::Engine& engine, const domain::ConnectionProfile& profile,
                                     const Bytes& key, const std::function<Result<void>(BytesView)>& take);

/// What `SetOptions::ifDigest` takes of a value of which the beginning was shown alone. CONFLICT where it
/// begins otherwise by now, or has another length.
[[nodiscard]] Result<std::string> digestOfWhole(studio::Engine& engine,
                                                const domain::ConnectionProfile& profile, const Bytes& key,
                                                const cache::ReadValue& shown);

}  // namespace cachify::ui
