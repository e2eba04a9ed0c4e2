#pragma once
// Deadline and cancellation of the calls on one transport.

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/call_context.hpp"

namespace cachify::cache {

/// Why a call was broken off.
enum class Interruption : std::uint8_t { none, timeout, cancelled };

/// One timer serves every call: it is moved only when a call ends earlier than the timer would fire, so a run
/// of calls under one deadline costs no timer work. Lives on the transport's executor; a stop may come from
/// any thread and is posted there.
class Watch : public std::enable_shared_from_this<Watch> {
 public:
  enum class Direction : std::uint8_t { read, write };

  /// `interrupt` must end the operations under way; it is called at most once.
  Watch(const boost::asio::any_io_executor& executor, std::function<void()> interrupt);

  /// Ends all calls, now and from now on.
  void interrupt(Interruption why);
  /// No more calls will come; lets go of the timer.
  void retire();
  [[nodiscard]] Interruption interruption() const { return interruption_; }

  /// While it lives, the call of that direction stands under `context`.
  class Call {
   public:
    Call(const std::shared_ptr<Watch>& watch, Direction direction, const CallContext& context);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    struct PostStop {
      std::weak_ptr<Watch> watch;
      boost::asio::any_io_executor executor;
      Direction direction;
      std::uint64_t number;
      void operator()() const;
    };
    std::shared_ptr<Watch> watch_;
    Direction direction_;
    std::optional<std::stop_callback<PostStop>> onStop_;
  };

 private:
  struct Slot {
    SteadyTime deadline = SteadyTime::max();
    std::uint64_t number = 0;  ///< of the call, so that a late stop cannot hit the next one
  };

  [[nodiscard]] Slot& slot(Direction direction) { return slots_[static_cast<std::size_t>(direction)]; }
  [[nodiscard]] SteadyTime earliestDeadline() const;
  void arm();
  void onTimer();
  void stop(Direction direction, std::uint64_t number);

  boost::asio::steady_timer timer_;
  std::function<void()> interruptOperations_;
  std::array<Slot, 2> slots_;
  SteadyTime armedFor_ = SteadyTime::max();
  Interruption interruption_ = Interruption::none;
};

}  // namespace cachify::cache
