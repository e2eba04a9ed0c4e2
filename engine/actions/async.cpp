#include "actions/async.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <optional>

namespace cachify::actions {

namespace asio = boost::asio;

Task<log::AppendReceipt> append(log::EventLog& log, log::AppendRequest request) {
  using Answer = Result<log::AppendReceipt>;
  const auto executor = co_await asio::this_coro::executor;
  auto initiate = [&log, executor](auto handler, log::AppendRequest job) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    log.appendAsync(std::move(job), [shared, executor](Answer answer) {
      auto kept = std::make_shared<Answer>(std::move(answer));
      asio::post(executor, [shared, kept] { (*shared)(std::move(*kept)); });
    });
  };
  Answer answer = co_await asio::async_initiate<decltype(asio::use_awaitable), void(Answer)>(
      std::move(initiate), asio::use_awaitable, std::move(request));
  co_return answer;
}

Task<void> sleepFor(std::chrono::milliseconds time, std::stop_token stop) {
  const auto executor = co_await asio::this_coro::executor;
  auto timer = std::make_shared<asio::steady_timer>(executor, time);
  // The callback may run on any thread and after this coroutine's end: it only posts, and the timer is
  // shared.
  std::stop_callback onStop(stop, [executor, timer] { asio::post(executor, [timer] { timer->cancel(); }); });
  boost::system::error_code error;
  if (!stop.stop_requested()) co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, error));
  if (stop.stop_requested()) co_return fail(ErrorCode::cancelled, "cancelled");
  co_return Result<void>();
}

}  // namespace cachify::actions
