#pragma once

#include "cache/memcached/reply_parser.hpp"
#include "core/result.hpp"

namespace cachify::cache::memcached {

/// What an error line, or a reply that does not belong there, means. Error texts of the server are escaped.
[[nodiscard]] Error errorFrom(const Reply& reply);
/// True for `unauthenticated`.
[[nodiscard]] bool asksForAuthentication(const Reply& reply);

}  // namespace cachify::cache::memcached
