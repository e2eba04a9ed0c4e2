// The one file that sees Asio's TLS, and compiles it (BOOST_ASIO_SEPARATE_COMPILATION): it is heavy.

#include "cache/transport/tls_transport.hpp"

#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "cache/transport/tls_context.hpp"
#include "cache/transport/tls_error.hpp"
#include "cache/transport/transport_error.hpp"
#include "cache/transport/way_in.hpp"
#include "cache/transport/wire.hpp"
#include "core/stages.hpp"

namespace cachify::cache {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Stream = asio::ssl::stream<Wire::Socket&>;

class TlsTransport final : public Transport {
 public:
  TlsTransport(asio::any_io_executor executor, Endpoint endpoint)
      : wire_(std::move(executor), std::move(endpoint)) {}

  Task<void> connect(CallContext context) override;
  Task<void> writeAll(BytesView bytes, CallContext context) override;
  Task<std::size_t> readSome(std::span<char> into, CallContext context) override;

  std::uint64_t writtenBytes() const override { return writtenBytes_; }
  bool isUsable() override;
  void close() override { wire_.close(); }

 private:
  [[nodiscard]] const std::string& serverName() const {
    const auto& named = wire_.endpoint().way->tls().serverName;
    return named.empty() ? wire_.endpoint().host : named;
  }
  Task<void> handshake();
  std::unexpected<Error> failed(const error_code& error);
  [[nodiscard]] error_code lastWord(const error_code& error);
  [[nodiscard]] TlsFailure whatFailed(const error_code& error);

  Wire wire_;
  std::shared_ptr<const TlsContext> context_;
  std::optional<Stream> stream_;
  std::uint64_t writtenBytes_ = 0;
  bool brought_ = false;  ///< whether a byte of what was asked for came
  bool reading_ = false;
};

Task<void> TlsTransport::connect(CallContext context) {
  const auto call = wire_.call(Watch::Direction::write, context);
  if (wire_.interrupted()) co_return wire_.failed(asio::error::operation_aborted);
  // Before the network is bothered: files that cannot be used are wrong whether the server is there or not.
  auto loaded = wire_.endpoint().way->tlsContext();
  if (!loaded) {
    StageClock stage(context, Stage::tls, wire_.endpoint().name());
    stage.end(loaded);
    co_return wire_.failed(loaded.error());
  }
  context_ = std::move(*loaded);
  auto connected = co_await wire_.connect(context);
  if (!connected) co_return connected;
  StageClock stage(context, Stage::tls, wire_.endpoint().name());
  auto encrypted = co_await handshake();
  stage.end(encrypted);
  co_return encrypted;
}

Task<void> TlsTransport::handshake() {
  SSL* connection = context_->newConnection(serverName());
  if (connection == nullptr)
    co_return wire_.failed(Error{.code = ErrorCode::internalError, .message = "OpenSSL gave no connection"});
  stream_.emplace(wire_.socket(), connection);
  auto outcome = co_await stream_->async_handshake(Stream::client, kAnswer);
  if (wire_.interruption() == Interruption::timeout) {
    Error error = timeoutError(wire_.endpoint());
    error.message += "; a TLS handshake was under way: does the server speak TLS on this port?";
    co_return wire_.failed(std::move(error));
  }
  if (std::get<0>(outcome) || wire_.interrupted()) co_return failed(std::get<0>(outcome));
  error_code ignored;
  wire_.socket().non_blocking(true, ignored);  // for isUsable and lastWord; makes no difference to the rest
  co_return Result<void>();
}

Task<void> TlsTransport::writeAll(BytesView bytes, CallContext context) {
  const auto call = wire_.call(Watch::Direction::write, context);
  if (wire_.interrupted()) co_return wire_.failed(asio::error::operation_aborted);
  auto outcome = co_await asio::async_write(*stream_, asio::buffer(bytes.data(), bytes.size()), kAnswer);
  writtenBytes_ += std::get<1>(outcome);
  if (std::get<0>(outcome)) co_return failed(lastWord(std::get<0>(outcome)));
  co_return Result<void>();
}

Task<std::size_t> TlsTransport::readSome(std::span<char> into, CallContext context) {
  const auto call = wire_.call(Watch::Direction::read, context);
  if (wire_.interrupted()) co_return wire_.failed(asio::error::operation_aborted);
  reading_ = true;
  auto outcome = co_await stream_->async_read_some(asio::buffer(into.data(), into.size()), kAnswer);
  reading_ = false;
  if (std::get<0>(outcome)) co_return failed(std::get<0>(outcome));
  brought_ = true;
  co_return std::get<1>(outcome);
}

/// A server that refuses us says so and closes; who is still writing then sees only that the stream broke.
error_code TlsTransport::lastWord(const error_code& error) {
  if (reading_ || wire_.interrupted() || error.category() == asio::error::get_ssl_category()) return error;
  char byte = 0;
  error_code said;
  stream_->read_some(asio::buffer(&byte, 1), said);
  return said.category() == asio::error::get_ssl_category() ? said : error;
}

TlsFailure TlsTransport::whatFailed(const error_code& error) {
  const bool told = error.category() == asio::error::get_ssl_category();
  const SSL* connection = stream_->native_handle();
  const bool verified = SSL_get_verify_mode(connection) != SSL_VERIFY_NONE;
  return {.code = told ? static_cast<unsigned long>(static_cast<unsigned int>(error.value())) : 0,
          .verifyResult = verified ? SSL_get_verify_result(connection) : X509_V_OK,
          .serverName = serverName(),
          .certificateSent = context_->hasClientCertificate(),
          .certificateUnsent = TlsContext::leftCertificateUnsent(connection)};
}

std::unexpected<Error> TlsTransport::failed(const error_code& error) {
  if (wire_.interrupted() || !stream_) return wire_.failed(error);
  const bool told = error.category() == asio::error::get_ssl_category();
  const bool ended = error == asio::error::eof || error == asio::ssl::error::stream_truncated ||
                     error == asio::error::connection_reset || error == asio::error::broken_pipe;
  const bool early = ended && !brought_;
  // Later on, an end is an end, with or without TLS.
  if (!told && (!early || wire_.endpoint().way->tunnels())) {
    const bool cut = error == asio::ssl::error::stream_truncated;
    return wire_.failed(cut ? error_code(asio::error::eof) : error, brought_);
  }
  return wire_.failed(tlsError(wire_.endpoint(), whatFailed(error)));
}

/// What waits to be read may be no more than a session ticket or a new key, which TLS 1.3 sends when it
/// likes: so it is read. A byte of data, or the end, is what makes a connection useless.
bool TlsTransport::isUsable() {
  if (wire_.interrupted() || !stream_) return false;
  if (wire_.isSilent() && BIO_pending(SSL_get_rbio(stream_->native_handle())) == 0 &&
      SSL_pending(stream_->native_handle()) == 0) {
    return true;
  }
  char byte = 0;
  error_code error;
  stream_->read_some(asio::buffer(&byte, 1), error);
  return error == asio::error::would_block || error == asio::error::try_again;
}

}  // namespace

std::unique_ptr<Transport> makeTlsTransport(asio::any_io_executor executor, Endpoint endpoint) {
  return std::make_unique<TlsTransport>(std::move(executor), std::move(endpoint));
}

}  // namespace cachify::cache
