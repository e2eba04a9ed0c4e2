#pragma once
// A byte stream to a server: unix socket or TCP, through a tunnel or not, with TLS or without. Protocols
// stand on this port and need not know.
//
// Threads: all calls on the executor the transport was made with, which must run one handler at a time (one
// thread, or a strand). One read and one write may be under way at the same time, not two of a kind.
// Time: each call obeys its CallContext, name lookup included. A call that fails for whatever reason leaves
// the transport closed: what the peer has seen or said is uncertain from then on. Errors: TIMEOUT and
// CONNECTION_FAILED with details `endpoint` and `reason` (refused, reset, closed, hostNotFound, unreachable,
// noSuchSocket, denied, io; tls, tunnel), retryable unless a person must do something about it first;
// CANCELLED; VALIDATION_ERROR for TLS files that cannot be used.

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "cache/task.hpp"
#include "core/bytes.hpp"
#include "core/call_context.hpp"

namespace cachify::cache {

class WayIn;

struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  std::string unixSocket;        ///< a path; when set, host and port are not used
  std::shared_ptr<WayIn> way{};  ///< TLS and tunnel, shared by all endpoints of a session; null: neither

  /// For messages: "host:port", "[v6]:port" or the path.
  [[nodiscard]] std::string name() const;
};

class Transport {
 public:
  virtual ~Transport() = default;

  /// Tries each address of the host in turn. To be called once.
  virtual Task<void> connect(CallContext context) = 0;
  /// `bytes` must outlive the call.
  virtual Task<void> writeAll(BytesView bytes, CallContext context) = 0;
  /// At least one byte; the end of the stream is CONNECTION_FAILED with reason `closed`.
  virtual Task<std::size_t> readSome(std::span<char> into, CallContext context) = 0;

  /// Bytes the system took for sending so far: tells "not sent" from "perhaps received".
  [[nodiscard]] virtual std::uint64_t writtenBytes() const = 0;
  /// Open, and neither the end of the stream nor a stray byte is waiting: cheap enough to ask before each
  /// reuse.
  [[nodiscard]] virtual bool isUsable() = 0;
  /// Calls under way end with CANCELLED.
  virtual void close() = 0;
};

[[nodiscard]] std::unique_ptr<Transport> makeTransport(boost::asio::any_io_executor executor,
                                                       Endpoint endpoint);

}  // namespace cachify::cache
