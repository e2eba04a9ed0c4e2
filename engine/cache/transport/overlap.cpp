#include "cache/transport/overlap.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace cachify::cache {

Task<void> overlap(Task<void> first, Task<void> second) {
  using boost::asio::experimental::awaitable_operators::operator&&;
  auto results = co_await (std::move(first) && std::move(second));
  if (!std::get<0>(results)) co_return std::get<0>(results);
  co_return std::get<1>(results);
}

}  // namespace cachify::cache
