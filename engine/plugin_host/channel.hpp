#pragma once
// The engine's end of the socket to one plugin process.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <stop_token>

#include "core/call_context.hpp"
#include "core/descriptor.hpp"
#include "plugin_host/protocol/message.hpp"

namespace cachify::plugin_host {

/// Lives on one executor; one call at a time. After anything but `done` nothing more works.
class Channel {
 public:
  enum class Ended : std::uint8_t { done, closed, timedOut, stopped, garbage };

  Channel(const boost::asio::any_io_executor& executor, Descriptor socket);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// A whole frame (frameOf). Broken off when `until` says so.
  boost::asio::awaitable<Ended> send(Bytes frame, CallContext until);
  /// The next message, valid until the next call.
  boost::asio::awaitable<Ended> receive(Message& message, CallContext until);

 private:
  struct State;
  class Interruptible;
  std::shared_ptr<State> state_;
};

}  // namespace cachify::plugin_host
