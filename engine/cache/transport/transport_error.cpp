#include "cache/transport/transport_error.hpp"

#include <netdb.h>

#include <boost/asio/error.hpp>

#include "cache/transport/way_in.hpp"
#include "core/bytes.hpp"

namespace cachify::cache {
namespace {

/// For messages: where it is, and through what.
std::string placeOf(const Endpoint& endpoint) {
  const std::string place = escapeForDisplay(endpoint.name());
  if (!endpoint.way || !endpoint.way->tunnels()) return place;
  return place + " through ssh " + escapeForDisplay(endpoint.way->ssh().destination);
}

}  // namespace

Error connectionFailed(const Endpoint& endpoint, std::string_view reason, const std::string& what) {
  return Error{
      .code = ErrorCode::connectionFailed, .message = placeOf(endpoint) + ": " + what, .retryable = true}
      .with("endpoint", endpoint.name())
      .with("reason", std::string(reason));
}

std::string Endpoint::name() const {
  if (!unixSocket.empty()) return unixSocket;
  const bool bareV6 = host.find(':') != std::string::npos;
  return (bareV6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Error timeoutError(const Endpoint& endpoint) {
  return Error{.code = ErrorCode::timeout,
               .message = "no answer from " + placeOf(endpoint) + " in time",
               .retryable = true}
      .with("endpoint", endpoint.name());
}

Error cancelledError(const Endpoint& endpoint) {
  return Error{.code = ErrorCode::cancelled, .message = "cancelled"}.with("endpoint", endpoint.name());
}

Error hostNotFoundError(const Endpoint& endpoint, int resolverError) {
  return connectionFailed(
      endpoint, "hostNotFound",
      std::string("the host name could not be looked up (") + gai_strerror(resolverError) + ")");
}

Error transportError(const Endpoint& endpoint, const boost::system::error_code& error, Interruption why) {
  namespace sys = boost::system::errc;
  namespace net = boost::asio::error;
  if (why == Interruption::timeout) return timeoutError(endpoint);
  if (why == Interruption::cancelled || error == net::operation_aborted) return cancelledError(endpoint);
  if (error == net::connection_refused) {
    return connectionFailed(endpoint, "refused", "the connection was refused; is the server running there?");
  }
  if (error == net::connection_reset || error == net::broken_pipe) {
    return connectionFailed(endpoint, "reset", "the server reset the connection");
  }
  if (error == net::eof) return connectionFailed(endpoint, "closed", "the server closed the connection");
  if (error == sys::host_unreachable || error == sys::network_unreachable || error == sys::timed_out) {
    return connectionFailed(endpoint, "unreachable", "the host cannot be reached (" + error.message() + ")");
  }
  if (error == sys::no_such_file_or_directory) {
    return connectionFailed(endpoint, "noSuchSocket", "there is no such socket; is the server running?");
  }
  if (error == sys::permission_denied) {
    return connectionFailed(endpoint, "denied", "this user may not open the socket");
  }
  return connectionFailed(endpoint, "io", error.message());
}

}  // namespace cachify::cache
