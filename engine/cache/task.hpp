#pragma once
// What every waiting function of this folder returns.

#include <boost/asio/awaitable.hpp>

#include "core/result.hpp"

namespace cachify::cache {

template <class T>
using Task = boost::asio::awaitable<Result<T>>;

}  // namespace cachify::cache
