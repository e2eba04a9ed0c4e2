#include "cache/notice_queue.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stop_token>

namespace cachify::cache {
namespace {

Error noticesEnded() {
  return {.code = ErrorCode::cancelled, .message = "the subscription was closed"};
}

std::size_t noticeBytes(const Notice& notice) {
  if (const auto* event = std::get_if<KeyEvent>(&notice)) return event->event.size() + event->key.size();
  if (const auto* message = std::get_if<ChannelMessage>(&notice))
    return message->channel.size() + message->payload.size();
  return 0;
}

}  // namespace

NoticeQueue::NoticeQueue(const boost::asio::any_io_executor& executor, const SubscribeRequest& limits)
    : maxQueued_(std::max<std::size_t>(limits.maxQueued, 1)),
      maxQueuedBytes_(limits.maxQueuedBytes),
      arrival_(std::make_shared<boost::asio::steady_timer>(executor)) {}

void NoticeQueue::push(Notice notice) {
  if (closed_) return;
  const std::size_t bytes = noticeBytes(notice);
  makeRoomFor(bytes);
  bytes_ += bytes;
  notices_.push_back(std::move(notice));
  arrival_->cancel();
}

/// One notice always has room, however large it is.
void NoticeQueue::makeRoomFor(std::size_t bytes) {
  while (!notices_.empty() && (notices_.size() >= maxQueued_ || bytes_ + bytes > maxQueuedBytes_)) {
    const Notice& oldest = notices_.front();
    bytes_ -= noticeBytes(oldest);
    if (const auto* gap = std::get_if<Gap>(&oldest)) {
      untold_.away += gap->away;
    } else {
      ++untold_.dropped;
      ++status_.dropped;
    }
    notices_.pop_front();
  }
}

Notice NoticeQueue::take() {
  if (untold_.dropped > 0 || untold_.away.count() > 0) return std::exchange(untold_, {});
  Notice notice = std::move(notices_.front());
  notices_.pop_front();
  bytes_ -= noticeBytes(notice);
  if (!std::holds_alternative<Gap>(notice)) ++status_.taken;
  return notice;
}

void NoticeQueue::away(const std::string& server, Error why) {
  if (away_.insert_or_assign(server, std::move(why)).second) ++status_.losses;
}

SubscriptionStatus NoticeQueue::status() const {
  SubscriptionStatus status = status_;
  if (!away_.empty()) status.trouble = away_.begin()->second;
  return status;
}

void NoticeQueue::close() {
  if (closed_) return;
  closed_ = true;
  notices_.clear();
  bytes_ = 0;
  arrival_->cancel();
  if (const auto ended = std::exchange(ended_, nullptr)) ended();
}

Task<Notice> NoticeQueue::next(CallContext context) {
  const auto self = shared_from_this();
  // Posted, for it may run on any thread; the timer is shared, for it may run late.
  std::stop_callback onStop(context.stop, [executor = arrival_->get_executor(), arrival = arrival_] {
    boost::asio::post(executor, [arrival] { arrival->cancel(); });
  });
  while (!closed_ && notices_.empty()) {
    if (context.stop.stop_requested()) co_return fail(ErrorCode::cancelled, "stopped");
    if (std::chrono::steady_clock::now() >= context.deadline)
      co_return fail(
          Error{.code = ErrorCode::timeout, .message = "nothing was told in time", .retryable = true});
    arrival_->expires_at(context.deadline);
    boost::system::error_code woken;
    co_await arrival_->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  }
  if (closed_) co_return fail(noticesEnded());
  co_return take();
}

void OpenQueues::add(const std::shared_ptr<NoticeQueue>& queue) {
  std::erase_if(queues_, [](const auto& known) { return known.expired(); });
  if (closed_) return queue->close();
  queues_.push_back(queue);
}

void OpenQueues::closeAll() {
  closed_ = true;
  for (const auto& known : std::exchange(queues_, {})) {
    if (const auto queue = known.lock()) queue->close();
  }
}

Task<Notice> Subscription::next(CallContext context) {
  if (!queue_) co_return fail(noticesEnded());
  co_return co_await queue_->next(std::move(context));
}
SubscriptionStatus Subscription::status() const {
  return queue_ ? queue_->status() : SubscriptionStatus();
}
void Subscription::close() {
  if (queue_) queue_->close();
}

}  // namespace cachify::cache
