#pragma once
// What the user interface asks the read models: with everything in them up to the head of the log.

#include <functional>

#include "studio/engine.hpp"

namespace cachify::ui {

/// Blocks; for the pool.
template <class T>
[[nodiscard]] Result<T> askViews(studio::Engine& engine, const std::function<Result<T>(sqlite3&)>& ask) {
  const auto head = engine.log().head();
  if (!head) return std::unexpected(head.error());
  if (auto ok = engine.views().catchUp(head->lastPosition); !ok) return std::unexpected(ok.error());
  Result<T> answer = fail(ErrorCode::internalError, "not asked");
  auto read = engine.views().read([&](sqlite3& db) -> Result<void> {
    answer = ask(db);
    return answer ? Result<void>() : std::unexpected(answer.error());
  });
  if (!read) return std::unexpected(read.error());
  return answer;
}

}  // namespace cachify::ui
