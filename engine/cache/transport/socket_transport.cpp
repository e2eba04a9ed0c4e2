#include "cache/transport/socket_transport.hpp"

#include <boost/asio/write.hpp>

#include "cache/transport/tls_transport.hpp"
#include "cache/transport/way_in.hpp"
#include "cache/transport/wire.hpp"

namespace cachify::cache {
namespace {

namespace asio = boost::asio;

class SocketTransport final : public Transport {
 public:
  SocketTransport(asio::any_io_executor executor, Endpoint endpoint)
      : wire_(std::move(executor), std::move(endpoint)) {}

  Task<void> connect(CallContext context) override {
    const auto call = wire_.call(Watch::Direction::write, context);
    co_return co_await wire_.connect(context);
  }
  Task<void> writeAll(BytesView bytes, CallContext context) override;
  Task<std::size_t> readSome(std::span<char> into, CallContext context) override;

  std::uint64_t writtenBytes() const override { return writtenBytes_; }
  bool isUsable() override { return wire_.isSilent(); }
  void close() override { wire_.close(); }

 private:
  Wire wire_;
  std::uint64_t writtenBytes_ = 0;
  bool brought_ = false;  ///< whether the peer has said anything
};

Task<void> SocketTransport::writeAll(BytesView bytes, CallContext context) {
  const auto call = wire_.call(Watch::Direction::write, context);
  if (wire_.interrupted()) co_return wire_.failed(asio::error::operation_aborted);
  auto outcome =
      co_await asio::async_write(wire_.socket(), asio::buffer(bytes.data(), bytes.size()), kAnswer);
  writtenBytes_ += std::get<1>(outcome);
  if (std::get<0>(outcome)) co_return wire_.failed(std::get<0>(outcome), brought_);
  co_return Result<void>();
}

Task<std::size_t> SocketTransport::readSome(std::span<char> into, CallContext context) {
  const auto call = wire_.call(Watch::Direction::read, context);
  if (wire_.interrupted()) co_return wire_.failed(asio::error::operation_aborted);
  auto outcome = co_await wire_.socket().async_read_some(asio::buffer(into.data(), into.size()), kAnswer);
  if (std::get<0>(outcome)) co_return wire_.failed(std::get<0>(outcome), brought_);
  brought_ = true;
  co_return std::get<1>(outcome);
}

}  // namespace

std::unique_ptr<Transport> makeSocketTransport(asio::any_io_executor executor, Endpoint endpoint) {
  return std::make_unique<SocketTransport>(std::move(executor), std::move(endpoint));
}

std::unique_ptr<Transport> makeTransport(asio::any_io_executor executor, Endpoint endpoint) {
  if (endpoint.way && endpoint.way->encrypts())
    return makeTlsTransport(std::move(executor), std::move(endpoint));
  return makeSocketTransport(std::move(executor), std::move(endpoint));
}

}  // namespace cachify::cache
