#pragma once
// Read model `mutations`: every change that was asked for, and what came of it.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "log/frame.hpp"

struct sqlite3;

namespace cachify::views {

struct ReadModelSpec;
[[nodiscard]] ReadModelSpec mutationsModel();

struct MutationRow {
  MutationId id{};
  log::Position position = 0;
  ConnectionId connectionId{};
  std::string action{};
  std::string status{};  ///< requested, applied, failed, unknown
  WallTime requestedAt{};
  std::optional<WallTime> finishedAt{};
  std::uint64_t keyCount = 0;
  bool undoable = false;
  bool confirmed = false;
  bool acceptedNoUndo = false;
  std::string change{};
  std::uint32_t attempts = 0;            ///< 0: not finished
  std::chrono::microseconds duration{};  ///< 0 where it is not known
  std::string errorCode{};
  std::string message{};
  Uuid correlationId{};
};

struct MutationFilter {
  std::optional<ConnectionId> connectionId{};
  std::string status{};                   ///< empty: any
  std::optional<log::Position> before{};  ///< cursor of the page before
  std::size_t limit = 100;
};

struct MutationPage {
  std::vector<MutationRow> rows{};  ///< newest first
  std::optional<log::Position> next{};
};

/// At most 1 000 rows a page.
[[nodiscard]] Result<MutationPage> listMutations(sqlite3& db, const MutationFilter& filter);
/// NOT_FOUND if there is no such mutation.
[[nodiscard]] Result<MutationRow> mutationById(sqlite3& db, MutationId id);

}  // namespace cachify::views
