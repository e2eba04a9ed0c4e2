#pragma once
// Bridges between coroutines and the two things that wait elsewhere: the log's writer and the blocking pool.

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <stop_token>
#include <utility>

#include "cache/cache_session.hpp"
#include "core/result.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

using boost::asio::awaitable;
using cache::Task;

/// Appends and resumes the coroutine on its own executor once the writer has answered.
[[nodiscard]] Task<log::AppendReceipt> append(log::EventLog& log, log::AppendRequest request);

/// Waits, at most until `stop` is requested; CANCELLED then.
[[nodiscard]] Task<void> sleepFor(std::chrono::milliseconds time, std::stop_token stop);

/// Runs `work` (which answers a Result) on the pool; the coroutine goes on where it was. `work` is a named
/// object of the caller's: gcc 12 destroys a temporary twice that is an argument of a coroutine inside a
/// co_await expression.
template <class F>
[[nodiscard]] auto onPool(boost::asio::thread_pool& pool, F& work) -> awaitable<decltype(work())> {
  using Answer = decltype(work());
  const auto executor = co_await boost::asio::this_coro::executor;
  auto initiate = [&pool, &work, executor](auto handler) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    boost::asio::post(pool, [shared, executor, &work] {
      auto answer = std::make_shared<Answer>(work());
      boost::asio::post(executor, [shared, answer] { (*shared)(std::move(*answer)); });
    });
  };
  Answer answer = co_await boost::asio::async_initiate<decltype(boost::asio::use_awaitable), void(Answer)>(
      std::move(initiate), boost::asio::use_awaitable);
  co_return answer;
}

}  // namespace cachify::actions
