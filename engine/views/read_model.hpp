#pragma once
// What a read model is to the projector. A new one is a file pair, its tables in a new migration, and a line
// in projector.cpp.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "views/event_record.hpp"

struct sqlite3;

namespace cachify::views {

/// A table whose rows the log alone determines.
struct ViewTable {
  std::string_view name;
  std::string_view orderBy;  ///< its key: rows come in this order into the digest
};

/// Works inside the projector's write transaction. The rows depend on the events alone: no clock, no
/// randomness, no locale, no environment, and not on how the events were cut into batches. `apply` must take
/// any event that decodes, whatever came before it.
class ReadModel {
 public:
  virtual ~ReadModel() = default;

  virtual Result<void> apply(const EventRecord& record) = 0;
  /// Writes what was gathered since the last call. Called before every commit.
  virtual Result<void> flush() { return {}; }
  /// Brings search indexes over rows from `first` on up to date: after every batch, or once at the end of a
  /// rebuild.
  virtual Result<void> index(log::Position /*first*/) { return {}; }
};

struct ReadModelSpec {
  std::string_view name;
  /// Raised when the same events would give other rows: files fed by another version are built anew.
  std::uint32_t version;
  std::span<const ViewTable> tables;
  std::unique_ptr<ReadModel> (*make)(sqlite3& db);
};

template <class Model>
[[nodiscard]] std::unique_ptr<ReadModel> makeReadModel(sqlite3& db) {
  return std::make_unique<Model>(db);
}

}  // namespace cachify::views
