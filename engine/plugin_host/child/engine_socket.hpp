#pragma once
// The child's end of the socket to the engine. Waits.

#include <cstdint>
#include <mutex>

#include "plugin_host/fault.hpp"
#include "plugin_host/protocol/message_reader.hpp"

namespace cachify::plugin_host {

struct Received {
  MessageType type{};
  Bytes body{};
};

/// Sends from any thread; receives on one. Without an engine there is nothing to live for: when the socket is
/// closed the process ends.
class EngineSocket {
 public:
  explicit EngineSocket(int fd) : fd_(fd) {}

  void send(MessageType type, BytesView body);
  template <class Reply>
  void send(MessageType type, const Reply& reply) {
    send(type, BytesView(encodeBody(reply)));
  }
  /// Nothing when the engine has closed its end.
  [[nodiscard]] std::optional<Received> receive();

  /// Reports a fault of the plugin and ends the process, from wherever it was noticed.
  [[noreturn]] void endWith(Fault fault, std::string_view message);

 private:
  int fd_;
  std::mutex sending_;
  MessageReader reader_;
};

/// Calls into the plugin. An exception that comes out is its fault.
template <class Call>
auto guarded(EngineSocket& engine, Call&& call) {
  try {
    return call();
  } catch (const std::exception& error) {
    engine.endWith(Fault::threw, error.what());
  } catch (...) {
    engine.endWith(Fault::threw, "not a std::exception");
  }
}

}  // namespace cachify::plugin_host
