#include "plugin_host/channel.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>

#include "plugin_host/protocol/message_reader.hpp"

namespace cachify::plugin_host {

namespace asio = boost::asio;

/// Shared with what may still be posted when the channel is gone.
struct Channel::State {
  State(const asio::any_io_executor& executor, Descriptor opened)
      : socket(executor, asio::local::stream_protocol(), opened.release()), timer(executor) {}

  void interrupt(std::uint64_t which, Ended why) {
    if (which != call || interruption) return;
    interruption = why;
    boost::system::error_code ignored;
    socket.cancel(ignored);
  }

  asio::local::stream_protocol::socket socket;
  asio::steady_timer timer;
  MessageReader reader;
  std::uint64_t call = 0;  ///< so that a late interruption cannot hit the next call
  std::optional<Ended> interruption;
};

/// While it lives, the operation under way ends when its time is up or it is told to stop.
class Channel::Interruptible {
 public:
  Interruptible(const std::shared_ptr<State>& state, const CallContext& until) : state_(state) {
    const std::uint64_t call = ++state->call;
    state->interruption.reset();
    if (until.deadline != SteadyTime::max()) {
      state->timer.expires_at(until.deadline);
      state->timer.async_wait([weak = std::weak_ptr(state), call](const boost::system::error_code& error) {
        const auto alive = weak.lock();
        if (alive && !error) alive->interrupt(call, Ended::timedOut);
      });
    }
    onStop_.emplace(until.stop, PostStop{state, state->socket.get_executor(), call});
  }
  ~Interruptible() {
    ++state_->call;
    state_->timer.cancel();
  }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

  [[nodiscard]] Ended result(const boost::system::error_code& error) const {
    if (state_->interruption) return *state_->interruption;
    return error ? Ended::closed : Ended::done;
  }

 private:
  /// May run on any thread.
  struct PostStop {
    std::weak_ptr<State> state;
    asio::any_io_executor executor;
    std::uint64_t call;
    void operator()() const {
      asio::post(executor, [weak = state, number = call] {
        if (const auto alive = weak.lock()) alive->interrupt(number, Ended::stopped);
      });
    }
  };

  std::shared_ptr<State> state_;
  std::optional<std::stop_callback<PostStop>> onStop_;
};

Channel::Channel(const asio::any_io_executor& executor, Descriptor socket)
    : state_(std::make_shared<State>(executor, std::move(socket))) {}

Channel::~Channel() {
  boost::system::error_code ignored;
  state_->socket.close(ignored);
}

asio::awaitable<Channel::Ended> Channel::send(Bytes frame, CallContext until) {
  const auto state = state_;
  const Interruptible interruptible(state, until);
  boost::system::error_code error;
  co_await asio::async_write(state->socket, asio::buffer(frame),
                             asio::redirect_error(asio::use_awaitable, error));
  co_return interruptible.result(error);
}

asio::awaitable<Channel::Ended> Channel::receive(Message& message, CallContext until) {
  const auto state = state_;
  const Interruptible interruptible(state, until);
  for (;;) {
    const auto next = state->reader.next();
    if (!next) co_return Ended::garbage;
    if (*next) {
      message = **next;
      co_return Ended::done;
    }
    const auto room = state->reader.room();
    boost::system::error_code error;
    const std::size_t got = co_await state->socket.async_read_some(
        asio::buffer(room.data(), room.size()), asio::redirect_error(asio::use_awaitable, error));
    state->reader.came(got);
    if (error || state->interruption) co_return interruptible.result(error);
  }
}

}  // namespace cachify::plugin_host
