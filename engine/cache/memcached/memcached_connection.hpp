#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cache/memcached/reply_parser.hpp"
#include "cache/memcached/server_facts.hpp"
#include "cache/transport/transport.hpp"
#include "core/secret_text.hpp"

namespace cachify::cache::memcached {

struct Login {
  std::string username;  ///< empty: none
  SecretText password;
};

/// One connection, used by one call at a time. Threads, time and errors as Transport has them. A call that
/// fails leaves the connection closed.
class MemcachedConnection {
 public:
  /// How a pipeline is written; see request_pieces.hpp.
  enum class Writing : std::uint8_t { whole, inPieces };
  /// `address`: of the server, for who wants to know how far it came.
  explicit MemcachedConnection(std::unique_ptr<Transport> transport, Writing writing = Writing::whole,
                               std::string address = {})
      : transport_(std::move(transport)), writing_(writing), address_(std::move(address)) {}

  /// Connects, authenticates where the server asks for it, and finds out which language it speaks.
  /// UNAUTHORIZED when the login is refused or there is none.
  Task<void> open(Login login, CallContext context);
  /// Of an open connection.
  [[nodiscard]] const Dialect& dialect() const { return *dialect_; }

  /// Sends `request` and reads until `take` answers that it has had its last reply. Replies come in order.
  /// The connection is closed after a command that the server did not understand: a value that went with it
  /// would be read as commands.
  Task<void> exchange(std::string request, std::function<bool(Reply&&)> take, CallContext context);
  /// As above, for as many replies as that.
  Task<std::vector<Reply>> exchangeCounted(std::string request, std::size_t replies, CallContext context);

  /// What the server says of itself, asked for now.
  Task<ServerFacts> fetchFacts(CallContext context);
  /// The same, asked for once a connection: a server that restarts with other options drops its connections.
  Task<ServerFacts> facts(CallContext context);

  /// The bare stream, for an answer that is no reply (a crawl).
  [[nodiscard]] Transport& transport() { return *transport_; }
  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] bool isUsable() { return parser_.isIdle() && transport_->isUsable(); }
  void close() { transport_->close(); }

 private:
  Task<void> readReplies(std::function<bool(Reply&&)>& take, CallContext context);
  Task<void> write(BytesView request, CallContext context);
  Task<void> transfer(BytesView request, std::function<bool(Reply&&)>& take, CallContext context);
  Task<void> greet(CallContext context);
  Task<void> authenticate(Login login, CallContext context);
  Task<std::vector<Reply>> ask(std::string request, std::size_t replies, CallContext context);

  std::unique_ptr<Transport> transport_;
  Writing writing_;
  std::string address_;
  const Dialect* dialect_ = &metaDialect();
  ReplyParser parser_;
  std::vector<char> buffer_;
  std::optional<ServerFacts> facts_;
};

}  // namespace cachify::cache::memcached
