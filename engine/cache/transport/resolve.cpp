#include "cache/transport/resolve.hpp"

#include <boost/asio/post.hpp>
#include <cstring>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace cachify::cache {
namespace {

Resolved lookUp(const std::string& host, const std::string& port, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* list = nullptr;
  Resolved resolved{.error = getaddrinfo(host.c_str(), port.c_str(), &hints, &list), .addresses = {}};
  for (const addrinfo* item = list; resolved.error == 0 && item != nullptr; item = item->ai_next) {
    SocketAddress& address = resolved.addresses.emplace_back();
    std::memcpy(&address.storage, item->ai_addr, item->ai_addrlen);
    address.length = item->ai_addrlen;
  }
  if (list != nullptr) freeaddrinfo(list);
  return resolved;
}

}  // namespace

struct Lookup::Shared {
  boost::asio::any_io_executor executor;
  std::function<void()> onDone;
  mutable std::mutex mutex;  ///< while it is held and `abandoned` is false, the executor's context is alive
  bool abandoned = false;
  std::optional<Resolved> resolved;
};

Lookup::Lookup(boost::asio::any_io_executor executor, const std::string& host, std::uint16_t port,
               std::function<void()> onDone)
    : shared_(std::make_shared<Shared>()) {
  const std::string service = std::to_string(port);
  Resolved numeric = lookUp(host, service, AI_NUMERICHOST);
  if (numeric.error == 0) {
    shared_->resolved = std::move(numeric);
    return;
  }
  shared_->executor = std::move(executor);
  shared_->onDone = std::move(onDone);
  auto work = [shared = shared_, host, service] {
    Resolved resolved = lookUp(host, service, AI_ADDRCONFIG);
    // Loopback-only machines have no "configured" family and would find nothing.
    if (resolved.error != 0) resolved = lookUp(host, service, 0);
    const std::lock_guard lock(shared->mutex);
    if (shared->abandoned) return;
    shared->resolved = std::move(resolved);
    boost::asio::post(shared->executor, shared->onDone);
  };
  try {
    std::thread(std::move(work)).detach();
  } catch (const std::system_error&) {
    shared_->resolved = Resolved{.error = EAI_AGAIN, .addresses = {}};
  }
}

Lookup::~Lookup() {
  const std::lock_guard lock(shared_->mutex);
  shared_->abandoned = true;
  shared_->executor = {};
  shared_->onDone = {};
}

const Resolved* Lookup::result() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->resolved ? &*shared_->resolved : nullptr;
}

}  // namespace cachify::cache
