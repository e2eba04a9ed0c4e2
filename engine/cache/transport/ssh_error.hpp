#pragma once
// What ssh's last words mean, in words that say what to do. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "cache/transport/transport.hpp"
#include "core/result.hpp"

namespace cachify::cache {

/// Why ssh ended: CONNECTION_FAILED with reason `tunnel` and details `endpoint`, `tunnel` (the destination)
/// and `ssh` (its own words, escaped). Retryable where a network was at fault.
[[nodiscard]] Error tunnelError(const Endpoint& endpoint, std::string_view sshSaid);
[[nodiscard]] Error sshMissingError(const Endpoint& endpoint);
/// What the far end of the tunnel said when it could not connect to the server, if ssh's words tell of that.
[[nodiscard]] std::optional<Error> farEndError(const Endpoint& endpoint, std::string_view sshSaid);

}  // namespace cachify::cache
