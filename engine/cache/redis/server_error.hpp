#pragma once
// Error replies of Redis, and what they mean for us.

#include <optional>
#include <span>
#include <string_view>

#include "cache/redis/reply.hpp"
#include "core/result.hpp"

namespace cachify::cache::redis {

/// `text` as it stands in the reply ("WRONGTYPE Operation against …"). Details: `serverError` (its first
/// word) and `serverMessage` (escaped; arguments that old servers quote are cut off, for they may hold
/// values). The message of NOPERM names the command.
[[nodiscard]] Error classify(std::string_view text);

/// The first error among the replies that passes by itself: a server that is still loading says nothing of
/// what it can do.
[[nodiscard]] std::optional<Error> passingError(std::span<const Reply> replies);

/// The user may not run the command at all (rather than: not on this key).
[[nodiscard]] bool refusesCommand(std::string_view text);
[[nodiscard]] bool isUnknownCommand(std::string_view text);
/// Either of the two.
[[nodiscard]] bool withholdsCommand(std::string_view text);

}  // namespace cachify::cache::redis
