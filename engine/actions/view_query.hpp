#pragma once
// What acts ask the read models: with everything in them up to the head of the log.

#include <functional>

#include "actions/context.hpp"
#include "log/event_log.hpp"
#include "views/read_models.hpp"

namespace cachify::actions {

/// Blocks; for the pool.
template <class T>
[[nodiscard]] Result<T> queryViews(const Context& context, const std::function<Result<T>(sqlite3&)>& ask) {
  const auto head = context.log.head();
  if (!head) return std::unexpected(head.error());
  if (auto ok = context.views.catchUp(head->lastPosition); !ok) return std::unexpected(ok.error());
  Result<T> answer = fail(ErrorCode::internalError, "not asked");
  auto read = context.views.read([&](sqlite3& db) -> Result<void> {
    answer = ask(db);
    return answer ? Result<void>() : std::unexpected(answer.error());
  });
  if (!read) return std::unexpected(read.error());
  return answer;
}

}  // namespace cachify::actions
