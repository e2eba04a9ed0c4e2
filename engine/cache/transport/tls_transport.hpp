#pragma once

#include <memory>

#include "cache/transport/transport.hpp"

namespace cachify::cache {

/// TLS 1.2 or 1.3 over whatever leads to the server. `endpoint.way` says how. Errors of TLS itself are
/// CONNECTION_FAILED with reason `tls`.
[[nodiscard]] std::unique_ptr<Transport> makeTlsTransport(boost::asio::any_io_executor executor,
                                                          Endpoint endpoint);

}  // namespace cachify::cache
