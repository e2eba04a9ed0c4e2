#pragma once

#include <boost/system/error_code.hpp>
#include <string>

#include "cache/transport/transport.hpp"
#include "cache/transport/watch.hpp"
#include "core/result.hpp"

namespace cachify::cache {

/// Retryable, with details `endpoint` and `reason`; the message is the endpoint and `what`.
[[nodiscard]] Error connectionFailed(const Endpoint& endpoint, std::string_view reason,
                                     const std::string& what);
[[nodiscard]] Error timeoutError(const Endpoint& endpoint);
[[nodiscard]] Error cancelledError(const Endpoint& endpoint);
[[nodiscard]] Error hostNotFoundError(const Endpoint& endpoint, int resolverError);
/// What a failed socket operation means; `why` goes before what the system says, for an operation that was
/// broken off by us ends as if the socket were bad.
[[nodiscard]] Error transportError(const Endpoint& endpoint, const boost::system::error_code& error,
                                   Interruption why);

}  // namespace cachify::cache
