#pragma once
// A question to the read models once everything is in them up to the head of the log.

#include <functional>

#include "log/event_reader.hpp"
#include "views/read_models.hpp"

namespace cachify::views {

/// Thread-safe. Blocks; for the pool.
template <class T>
[[nodiscard]] Result<T> query(ReadModels& models, const log::EventReader& log,
                              const std::function<Result<T>(sqlite3&)>& ask) {
  const auto head = log.head();
  if (!head) return std::unexpected(head.error());
  if (auto ok = models.catchUp(head->lastPosition); !ok) return std::unexpected(ok.error());
  Result<T> answer = fail(ErrorCode::internalError, "not asked");
  auto read = models.read([&](sqlite3& db) -> Result<void> {
    answer = ask(db);
    return answer ? Result<void>() : std::unexpected(answer.error());
  });
  if (!read) return std::unexpected(read.error());
  return answer;
}

}  // namespace cachify::views
