#pragma once
// Several tasks at the same time.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <vector>

namespace cachify::cache {

/// Runs all on the caller's executor, which must run one handler at a time, and gives their answers in order
/// once the last is there. To end it early, end the tasks: each obeys a context of its own.
template <class T>
boost::asio::awaitable<std::vector<T>> gather(std::vector<boost::asio::awaitable<T>> tasks) {
  struct Shared {
    explicit Shared(const boost::asio::any_io_executor& executor) : allDone(executor) {}
    boost::asio::steady_timer allDone;
    std::vector<std::optional<T>> answers;
    std::size_t open = 0;
    std::exception_ptr thrown;
  };
  const auto executor = co_await boost::asio::this_coro::executor;
  auto shared = std::make_shared<Shared>(executor);
  shared->allDone.expires_at(boost::asio::steady_timer::time_point::max());
  shared->answers.resize(tasks.size());
  shared->open = tasks.size();
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    boost::asio::co_spawn(executor, std::move(tasks[i]), [shared, i](std::exception_ptr error, T answer) {
      if (error) shared->thrown = error;
      shared->answers[i].emplace(std::move(answer));
      if (--shared->open == 0) shared->allDone.cancel();
    });
  }
  boost::system::error_code cancelled;
  while (shared->open > 0) {
    co_await shared->allDone.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
  }
  if (shared->thrown) std::rethrow_exception(shared->thrown);
  std::vector<T> answers;
  answers.reserve(shared->answers.size());
  for (auto& answer : shared->answers) answers.push_back(*std::move(answer));
  co_return answers;
}

}  // namespace cachify::cache
