#pragma once
// One connection to one Redis server, speaking RESP2. Who leases it has it alone.

#include <memory>
#include <string>
#include <vector>

#include "cache/redis/pipeline.hpp"
#include "cache/redis/reply_parser.hpp"
#include "cache/transport/transport.hpp"
#include "core/secret_text.hpp"

namespace cachify::cache::redis {

/// All it takes to be let in.
struct Login {
  Endpoint endpoint;
  std::string username;
  SecretText password;
  std::uint32_t dbIndex = 0;
  /// A node of a cluster: a redirect in a reply makes the whole exchange fail (see cluster/redirect.hpp).
  bool inCluster = false;
  /// For keys that are on their way to this node: an ASKING goes before each command.
  bool asking = false;
  /// Was a master when it was connected to. One that answers READONLY is a replica now: the connection
  /// closes.
  bool isMaster = false;
};

/// Threads and errors as of Transport. After a failed call the connection is closed.
class RedisConnection {
 public:
  /// `login` must outlive the connection; `endpoint` is where it is.
  RedisConnection(boost::asio::any_io_executor executor, const Login& login, Endpoint endpoint);

  /// Connects, authenticates, selects the database, and gives the connection a name if the server lets it.
  /// UNAUTHORIZED also where the server wants a password and the login has none.
  Task<void> open(CallContext context);

  /// Sends the commands and reads one reply each. Error replies are replies, but for a cluster's redirects.
  /// `commands` must outlive the call.
  Task<std::vector<Reply>> exchange(const Pipeline& commands, CallContext context);
  /// As above, but redirects are replies too; what was answered before a failure stays in `replies`.
  Task<void> exchange(const Pipeline& commands, std::vector<Reply>& replies, CallContext context);

  /// Sends without waiting for replies, and the next of them, whatever it belongs to: for a connection that
  /// is subscribed. Both may be under way at the same time. `commands` must outlive the call.
  Task<void> post(const Pipeline& commands, CallContext context);
  Task<Reply> receive(CallContext context);

  /// Of the server: "host:port" or the socket's path.
  [[nodiscard]] const std::string& address() const { return address_; }
  /// Keys of one command must lie in one slot.
  [[nodiscard]] bool inCluster() const { return login_.inCluster; }
  [[nodiscard]] std::uint64_t writtenBytes() const { return transport_->writtenBytes(); }
  [[nodiscard]] bool isUsable() { return parser_.idle() && transport_->isUsable(); }
  void close() { transport_->close(); }

  /// Whether keys are WATCHed on it.
  bool watching = false;

 private:
  Task<void> logIn(CallContext context);
  Task<void> send(const Pipeline& commands, std::vector<Reply>& replies, CallContext context);
  Task<void> readReplies(std::size_t count, std::vector<Reply>& replies, CallContext context);

  const Login& login_;
  std::string address_;
  std::unique_ptr<Transport> transport_;
  ReplyParser parser_;
};

}  // namespace cachify::cache::redis
