#include "cache/transport/watch.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace cachify::cache {

Watch::Watch(const boost::asio::any_io_executor& executor, std::function<void()> interrupt)
    : timer_(executor), interruptOperations_(std::move(interrupt)) {}

void Watch::interrupt(Interruption why) {
  if (interruption_ != Interruption::none) return;
  interruption_ = why;
  interruptOperations_();
  retire();
}

void Watch::retire() {
  armedFor_ = SteadyTime::max();
  timer_.cancel();
}

SteadyTime Watch::earliestDeadline() const {
  return std::ranges::min(slots_, {}, &Slot::deadline).deadline;
}

void Watch::arm() {
  const SteadyTime deadline = earliestDeadline();
  if (deadline >= armedFor_) return;
  armedFor_ = deadline;
  timer_.expires_at(deadline);
  timer_.async_wait([self = weak_from_this()](const boost::system::error_code& error) {
    if (error) return;
    if (const auto watch = self.lock()) watch->onTimer();
  });
}

void Watch::onTimer() {
  armedFor_ = SteadyTime::max();
  if (earliestDeadline() <= std::chrono::steady_clock::now()) {
    interrupt(Interruption::timeout);
  } else {
    arm();
  }
}

void Watch::stop(Direction direction, std::uint64_t number) {
  if (slot(direction).number == number) interrupt(Interruption::cancelled);
}

void Watch::Call::PostStop::operator()() const {
  boost::asio::post(executor, [watch = watch, direction = direction, number = number] {
    if (const auto alive = watch.lock()) alive->stop(direction, number);
  });
}

Watch::Call::Call(const std::shared_ptr<Watch>& watch, Direction direction, const CallContext& context)
    : watch_(watch), direction_(direction) {
  Slot& slot = watch_->slot(direction);
  ++slot.number;
  slot.deadline = context.deadline;
  if (context.stop.stop_requested()) {
    watch_->interrupt(Interruption::cancelled);
  } else if (context.deadline <= std::chrono::steady_clock::now()) {
    watch_->interrupt(Interruption::timeout);
  }
  if (watch_->interruption() != Interruption::none) return;
  watch_->arm();
  if (context.stop.stop_possible()) {
    onStop_.emplace(context.stop, PostStop{watch_, watch_->timer_.get_executor(), direction, slot.number});
  }
}

Watch::Call::~Call() {
  Slot& slot = watch_->slot(direction_);
  ++slot.number;
  slot.deadline = SteadyTime::max();
}

}  // namespace cachify::cache
