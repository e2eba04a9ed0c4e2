#pragma once

#include <memory>

#include "cache/transport/transport.hpp"

namespace cachify::cache {

/// In the clear, over TCP, a unix socket or a tunnel.
[[nodiscard]] std::unique_ptr<Transport> makeSocketTransport(boost::asio::any_io_executor executor,
                                                             Endpoint endpoint);

}  // namespace cachify::cache
