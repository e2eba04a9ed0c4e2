#pragma once
// What every transport stands on: a socket that can be interrupted at any moment. Implementation detail of
// the transports: include it from .cpp files.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "cache/transport/transport.hpp"
#include "cache/transport/watch.hpp"

namespace cachify::cache {

inline constexpr auto kAnswer = boost::asio::as_tuple(boost::asio::use_awaitable);

/// Threads and times as Transport has them.
class Wire {
 public:
  using Socket = boost::asio::generic::stream_protocol::socket;

  Wire(boost::asio::any_io_executor executor, Endpoint endpoint);
  ~Wire() { close(); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// While it lives, the call stands under `context`.
  [[nodiscard]] Watch::Call call(Watch::Direction direction, const CallContext& context) {
    return Watch::Call(watch_, direction, context);
  }
  /// To an address of the host, or through the tunnel. Within a call under this context.
  Task<void> connect(CallContext context);
  void close() { watch_->interrupt(Interruption::cancelled); }

  [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }
  [[nodiscard]] Socket& socket() { return *socket_; }
  [[nodiscard]] Interruption interruption() const { return watch_->interruption(); }
  [[nodiscard]] bool interrupted() const { return interruption() != Interruption::none; }
  /// Open, and the system has nothing for us, not even the end.
  [[nodiscard]] bool isSilent();

  /// Closes. What went wrong first is what everybody is told: the call on the other direction ends with it
  /// too.
  std::unexpected<Error> failed(Error error);
  /// As above, from the system's words. A stream through a tunnel that `brought` nothing before it ended may
  /// have ended at the far end: then ssh knows why.
  std::unexpected<Error> failed(const boost::system::error_code& error, bool brought = true);

 private:
  using Address = boost::asio::generic::stream_protocol::endpoint;

  Task<std::vector<Address>> addresses(CallContext context);
  Task<std::vector<Address>> lookUp();
  boost::asio::awaitable<boost::system::error_code> connectTo(Address address);
  Task<void> connectToAnyOf(std::vector<Address> addresses);
  Task<void> connectThroughTunnel();

  Endpoint endpoint_;
  std::shared_ptr<Socket> socket_;
  std::shared_ptr<boost::asio::steady_timer> wakeUp_;  ///< ends a wait for a name lookup or for ssh
  std::shared_ptr<Watch> watch_;
  std::optional<Error> fate_;
};

}  // namespace cachify::cache
