#include "cache/pause.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace cachify::cache {

Task<void> pauseWithin(std::chrono::milliseconds pause, CallContext context) {
  if (context.stop.stop_requested()) co_return fail(ErrorCode::cancelled, "stopped");
  const auto now = std::chrono::steady_clock::now();
  if (now >= context.deadline) {
    co_return fail(
        Error{.code = ErrorCode::timeout, .message = "it did not settle in time", .retryable = true});
  }
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  timer.expires_at(std::min<SteadyTime>(now + pause, context.deadline));
  boost::system::error_code ignored;
  co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  co_return Result<void>();
}

CallContext shareOf(const CallContext& context, bool othersFollow) {
  const auto now = std::chrono::steady_clock::now();
  if (!othersFollow || context.deadline <= now) return context;
  CallContext share = context;
  share.deadline =
      now + std::min<SteadyTime::duration>((context.deadline - now) / 2, std::chrono::seconds(1));
  return share;
}

}  // namespace cachify::cache
