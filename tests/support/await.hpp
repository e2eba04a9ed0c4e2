#pragma once
// Runs one coroutine to its end on a context that has no thread of its own.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace cachify::test {

/// Returns as soon as `task` is done, whatever else still waits on `context` (the timer of an open
/// connection).
template <class T>
T await(boost::asio::io_context& context, boost::asio::awaitable<T> task) {
  std::optional<T> result;
  std::exception_ptr thrown;
  boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr error, T value) {
    thrown = error;
    result.emplace(std::move(value));
  });
  context.restart();
  while (!result) {
    if (context.run_one() == 0) throw std::logic_error("the coroutine waits for nothing");
  }
  if (thrown) std::rethrow_exception(thrown);
  return *std::move(result);
}

}  // namespace cachify::test
