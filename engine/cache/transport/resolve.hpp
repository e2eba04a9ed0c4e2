#pragma once
// Host names to addresses, without ever blocking the caller.

#include <netdb.h>
#include <sys/socket.h>

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cachify::cache {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;
};

struct Resolved {
  int error = 0;  ///< of getaddrinfo; 0: found
  std::vector<SocketAddress> addresses;
};

/// A lookup under way. Asio's own resolver cannot be used: the system's lookup cannot be cancelled, and Asio
/// completes (and lets its context end) only after it, on one thread for all. This one runs on a thread of
/// its own and is abandoned when the Lookup goes.
class Lookup {
 public:
  /// Numbers are answered at once, in `result`; for names `onDone` is posted to `executor` once, unless the
  /// lookup has gone before.
  Lookup(boost::asio::any_io_executor executor, const std::string& host, std::uint16_t port,
         std::function<void()> onDone);
  ~Lookup();
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;

  /// Nothing while it is under way.
  [[nodiscard]] const Resolved* result() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace cachify::cache
