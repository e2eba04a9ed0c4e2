#include "cache/memcached/signal.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace cachify::cache::memcached {

namespace asio = boost::asio;

Task<void> Signal::wait(CallContext context) {
  auto timer = std::make_shared<asio::steady_timer>(executor_, context.deadline);
  timers_.push_back(timer);
  const auto wake = [timer, executor = executor_] { asio::post(executor, [timer] { timer->cancel(); }); };
  const std::stop_callback onStop(context.stop, wake);
  co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
  std::erase(timers_, timer);
  if (context.stop.stop_requested()) co_return fail(ErrorCode::cancelled, "the call was cancelled");
  if (std::chrono::steady_clock::now() < context.deadline) co_return Result<void>();
  co_return fail(Error{
      .code = ErrorCode::timeout, .message = "no answer within the time for this call", .retryable = true});
}

void Signal::notify() {
  for (const auto& timer : timers_) timer->cancel();
}

}  // namespace cachify::cache::memcached
