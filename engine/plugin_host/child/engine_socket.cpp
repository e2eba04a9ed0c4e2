#include "plugin_host/child/engine_socket.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace cachify::plugin_host {

void EngineSocket::send(MessageType type, BytesView body) {
  const Bytes frame = frameOf(type, body);
  BytesView left = frame;
  const std::scoped_lock lock(sending_);
  while (!left.empty()) {
    const ssize_t sent = ::send(fd_, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) _exit(0);
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::optional<Received> EngineSocket::receive() {
  for (;;) {
    const auto message = reader_.next();
    if (!message) return std::nullopt;
    if (*message) return Received{.type = (*message)->type, .body = Bytes((*message)->body)};
    const auto room = reader_.room();
    const ssize_t got = read(fd_, room.data(), room.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    reader_.came(static_cast<std::size_t>(got));
  }
}

void EngineSocket::endWith(Fault fault, std::string_view message) {
  constexpr std::size_t kMostWords = 1000;
  send(MessageType::faulted, FaultedReply{.fault = static_cast<std::uint8_t>(fault),
                                          .message = Bytes(message.substr(0, kMostWords))});
  _exit(1);
}

}  // namespace cachify::plugin_host
