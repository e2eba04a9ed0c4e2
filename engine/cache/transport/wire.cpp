#include "cache/transport/wire.hpp"

#include <netinet/tcp.h>
#include <sys/un.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include "cache/transport/resolve.hpp"
#include "cache/transport/ssh_error.hpp"
#include "cache/transport/ssh_tunnel.hpp"
#include "cache/transport/transport_error.hpp"
#include "cache/transport/way_in.hpp"
#include "core/stages.hpp"

namespace cachify::cache {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// Between two looks whether ssh has come through: short beside a login.
constexpr std::chrono::milliseconds kTunnelLook{10};

template <int Name>
using TcpInteger = asio::detail::socket_option::integer<IPPROTO_TCP, Name>;

/// A peer that vanished without a word is noticed after about a minute, also on an idle connection.
void tuneTcp(Wire::Socket& socket) {
  error_code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  socket.set_option(TcpInteger<TCP_KEEPIDLE>(30), ignored);
  socket.set_option(TcpInteger<TCP_KEEPINTVL>(10), ignored);
  socket.set_option(TcpInteger<TCP_KEEPCNT>(3), ignored);
}

}  // namespace

Wire::Wire(asio::any_io_executor executor, Endpoint endpoint)
    : endpoint_(std::move(endpoint)),
      socket_(std::make_shared<Socket>(executor)),
      wakeUp_(std::make_shared<asio::steady_timer>(executor)),
      watch_(std::make_shared<Watch>(executor, [socket = socket_, wakeUp = wakeUp_] {
        error_code ignored;
        socket->close(ignored);
        wakeUp->cancel();
      })) {}

std::unexpected<Error> Wire::failed(Error error) {
  if (!fate_) fate_ = std::move(error);
  close();
  return fail(*fate_);
}

std::unexpected<Error> Wire::failed(const error_code& error, bool brought) {
  if (!brought && !interrupted() && endpoint_.way && endpoint_.way->tunnels()) {
    auto& tunnel = endpoint_.way->tunnelTo(socket_->get_executor(), endpoint_.host, endpoint_.port);
    if (auto known = farEndError(endpoint_, tunnel.said())) return failed(std::move(*known));
  }
  return failed(transportError(endpoint_, error, interruption()));
}

Task<std::vector<Wire::Address>> Wire::addresses(CallContext context) {
  if (endpoint_.unixSocket.empty()) {
    StageClock stage(context, Stage::resolve, endpoint_.name());
    auto found = co_await lookUp();
    stage.end(found);
    co_return found;
  }
  if (endpoint_.unixSocket.size() >= sizeof(sockaddr_un::sun_path))
    co_return fail(ErrorCode::validationError, "the socket's path is longer than the system allows");
  std::vector<Address> found;
  found.emplace_back(asio::local::stream_protocol::endpoint(endpoint_.unixSocket));
  co_return found;
}

Task<std::vector<Wire::Address>> Wire::lookUp() {
  std::vector<Address> found;
  wakeUp_->expires_at(SteadyTime::max());
  const Lookup lookup(socket_->get_executor(), endpoint_.host, endpoint_.port,
                      [wakeUp = std::weak_ptr(wakeUp_)] {
                        if (const auto timer = wakeUp.lock()) timer->cancel();
                      });
  if (lookup.result() == nullptr && !interrupted()) co_await wakeUp_->async_wait(kAnswer);
  if (interrupted()) co_return failed(asio::error::operation_aborted);
  const Resolved* resolved = lookup.result();
  if (resolved == nullptr || resolved->error != 0) {
    close();
    co_return fail(hostNotFoundError(endpoint_, resolved == nullptr ? EAI_AGAIN : resolved->error));
  }
  for (const SocketAddress& address : resolved->addresses) {
    found.emplace_back(&address.storage, address.length);
  }
  co_return found;
}

asio::awaitable<error_code> Wire::connectTo(Address address) {
  error_code ignored;
  socket_->close(ignored);
  auto outcome = co_await socket_->async_connect(address, kAnswer);
  co_return std::get<0>(outcome);
}

Task<void> Wire::connect(CallContext context) {
  if (interrupted()) co_return failed(asio::error::operation_aborted);
  if (endpoint_.way && endpoint_.way->tunnels()) {
    StageClock stage(context, Stage::tunnel, endpoint_.name());
    auto through = co_await connectThroughTunnel();
    stage.end(through);
    co_return through;
  }
  auto found = co_await addresses(context);
  if (!found) co_return fail(found.error());
  StageClock stage(context, Stage::connect, endpoint_.name());
  auto connected = co_await connectToAnyOf(*std::move(found));
  stage.end(connected);
  co_return connected;
}

Task<void> Wire::connectToAnyOf(std::vector<Address> addresses) {
  error_code error = asio::error::host_not_found;
  for (const Address& address : addresses) {
    error = co_await connectTo(address);
    if (!error || interrupted()) break;
  }
  if (error || interrupted()) co_return failed(error);
  if (endpoint_.unixSocket.empty()) tuneTcp(*socket_);
  co_return Result<void>();
}

Task<void> Wire::connectThroughTunnel() {
  SshTunnel& tunnel = endpoint_.way->tunnelTo(socket_->get_executor(), endpoint_.host, endpoint_.port);
  SshTunnel::Visitor visitor(tunnel, endpoint_);
  while (!interrupted()) {
    const auto there = visitor.look();
    if (!there) co_return failed(there.error());
    if (*there) {
      tunnel.forgetWords();
      const Address address = asio::local::stream_protocol::endpoint(tunnel.socketPath());
      const error_code error = co_await connectTo(address);
      if (!error && !interrupted()) co_return Result<void>();
      // A socket that is not listened to yet, or not any more: the next look tells which.
    }
    if (interrupted()) break;
    wakeUp_->expires_after(kTunnelLook);
    co_await wakeUp_->async_wait(kAnswer);
  }
  co_return failed(asio::error::operation_aborted);
}

bool Wire::isSilent() {
  if (interrupted() || !socket_->is_open()) return false;
  char byte = 0;
  const auto got = ::recv(socket_->native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace cachify::cache
