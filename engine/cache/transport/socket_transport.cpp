// TCP and unix sockets.

#include <netinet/tcp.h>
#include <sys/un.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "cache/transport/resolve.hpp"
#include "cache/transport/transport.hpp"
#include "cache/transport/transport_error.hpp"
#include "cache/transport/watch.hpp"

namespace cachify::cache {
namespace {

namespace asio = boost::asio;
using Socket = asio::generic::stream_protocol::socket;
using SocketEndpoint = asio::generic::stream_protocol::endpoint;
using boost::system::error_code;

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

template <int Name>
using TcpInteger = asio::detail::socket_option::integer<IPPROTO_TCP, Name>;

/// A peer that vanished without a word is noticed after about a minute, also on an idle connection.
void tuneTcp(Socket& socket) {
  error_code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  socket.set_option(TcpInteger<TCP_KEEPIDLE>(30), ignored);
  socket.set_option(TcpInteger<TCP_KEEPINTVL>(10), ignored);
  socket.set_option(TcpInteger<TCP_KEEPCNT>(3), ignored);
}

class SocketTransport final : public Transport {
 public:
  SocketTransport(asio::any_io_executor executor, Endpoint endpoint)
      : endpoint_(std::move(endpoint)),
        socket_(std::make_shared<Socket>(executor)),
        wakeUp_(std::make_shared<asio::steady_timer>(executor)),
        watch_(std::make_shared<Watch>(executor, [socket = socket_, wakeUp = wakeUp_] {
          error_code ignored;
          socket->close(ignored);
          wakeUp->cancel();
        })) {}

  ~SocketTransport() override { close(); }

  Task<void> connect(CallContext context) override;
  Task<void> writeAll(BytesView bytes, CallContext context) override;
  Task<std::size_t> readSome(std::span<char> into, CallContext context) override;

  std::uint64_t writtenBytes() const override { return writtenBytes_; }
  bool isUsable() override;
  void close() override { watch_->interrupt(Interruption::cancelled); }

 private:
  Task<std::vector<SocketEndpoint>> addresses();
  [[nodiscard]] bool interrupted() const { return watch_->interruption() != Interruption::none; }
  std::unexpected<Error> failed(const error_code& error);

  Endpoint endpoint_;
  std::shared_ptr<Socket> socket_;
  std::shared_ptr<asio::steady_timer> wakeUp_;  ///< ends the wait for a name lookup
  std::shared_ptr<Watch> watch_;
  std::uint64_t writtenBytes_ = 0;
  std::optional<Error> fate_;  ///< what went wrong first; the call on the other direction ends with it too
};

std::unexpected<Error> SocketTransport::failed(const error_code& error) {
  if (!fate_) fate_ = transportError(endpoint_, error, watch_->interruption());
  close();
  return fail(*fate_);
}

Task<std::vector<SocketEndpoint>> SocketTransport::addresses() {
  std::vector<SocketEndpoint> found;
  if (!endpoint_.unixSocket.empty()) {
    if (endpoint_.unixSocket.size() >= sizeof(sockaddr_un::sun_path)) {
      co_return fail(ErrorCode::validationError, "the socket's path is longer than the system allows");
    }
    found.emplace_back(asio::local::stream_protocol::endpoint(endpoint_.unixSocket));
    co_return found;
  }
  wakeUp_->expires_at(SteadyTime::max());
  const Lookup lookup(socket_->get_executor(), endpoint_.host, endpoint_.port,
                      [wakeUp = std::weak_ptr(wakeUp_)] {
                        if (const auto timer = wakeUp.lock()) timer->cancel();
                      });
  if (lookup.result() == nullptr && !interrupted()) co_await wakeUp_->async_wait(kToken);
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

Task<void> SocketTransport::connect(CallContext context) {
  const Watch::Call call(watch_, Watch::Direction::write, context);
  if (interrupted()) co_return failed(asio::error::operation_aborted);
  auto endpoints = co_await addresses();
  if (!endpoints) co_return fail(endpoints.error());
  error_code error = asio::error::host_not_found;
  for (const SocketEndpoint& endpoint : *endpoints) {
    error_code ignored;
    socket_->close(ignored);
    auto outcome = co_await socket_->async_connect(endpoint, kToken);
    error = std::get<0>(outcome);
    if (!error || interrupted()) break;
  }
  if (error || interrupted()) co_return failed(error);
  if (endpoint_.unixSocket.empty()) tuneTcp(*socket_);
  co_return Result<void>();
}

Task<void> SocketTransport::writeAll(BytesView bytes, CallContext context) {
  const Watch::Call call(watch_, Watch::Direction::write, context);
  if (interrupted()) co_return failed(asio::error::operation_aborted);
  auto outcome = co_await asio::async_write(*socket_, asio::buffer(bytes.data(), bytes.size()), kToken);
  writtenBytes_ += std::get<1>(outcome);
  if (std::get<0>(outcome)) co_return failed(std::get<0>(outcome));
  co_return Result<void>();
}

Task<std::size_t> SocketTransport::readSome(std::span<char> into, CallContext context) {
  const Watch::Call call(watch_, Watch::Direction::read, context);
  if (interrupted()) co_return failed(asio::error::operation_aborted);
  auto outcome = co_await socket_->async_read_some(asio::buffer(into.data(), into.size()), kToken);
  if (std::get<0>(outcome)) co_return failed(std::get<0>(outcome));
  co_return std::get<1>(outcome);
}

bool SocketTransport::isUsable() {
  if (interrupted() || !socket_->is_open()) return false;
  char byte = 0;
  const auto got = ::recv(socket_->native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace

std::unique_ptr<Transport> makeTransport(asio::any_io_executor executor, Endpoint endpoint) {
  return std::make_unique<SocketTransport>(std::move(executor), std::move(endpoint));
}

}  // namespace cachify::cache
