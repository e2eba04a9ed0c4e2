#pragma once
// What acts ask the read models.

#include "actions/context.hpp"
#include "log/event_log.hpp"
#include "views/query.hpp"

namespace cachify::actions {

/// Blocks; for the pool.
template <class T>
[[nodiscard]] Result<T> queryViews(const Context& context, const std::function<Result<T>(sqlite3&)>& ask) {
  return views::query<T>(context.views, context.log, ask);
}

}  // namespace cachify::actions
