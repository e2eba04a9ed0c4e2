#include "views/generation_builder.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "views/database.hpp"
#include "views/file_stamp.hpp"
#include "views/migrations.hpp"
#include "views/projector.hpp"
#include "views/row_digest.hpp"

namespace cachify::views {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRebuildBytes = 16 << 20;

/// The statements that make the secondary indexes; those of PRIMARY KEY and UNIQUE have none.
Result<std::vector<std::string>> dropIndexes(sqlite3& db) {
  std::vector<std::string> names;
  std::vector<std::string> statements;
  Statement select(
      db, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name");
  select.open();
  while (true) {
    const auto row = select.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
    names.push_back(select.text(0));
    statements.push_back(select.text(1));
  }
  for (const auto& name : names) {
    if (auto ok = executeSql(db, "DROP INDEX " + name); !ok) return std::unexpected(ok.error());
  }
  return statements;
}

/// One batch per transaction, until the log ends.
Result<void> applyAll(sqlite3& db, Projector& projector, const log::EventReader& reader,
                      Checkpoint& checkpoint, const ReplayLimit& limit) {
  while (checkpoint.position < limit.position) {
    const auto frames = reader.framesFrom(checkpoint.position + 1, kRebuildBytes);
    if (!frames) return std::unexpected(frames.error());
    if (frames->empty()) return {};
    auto transaction = Transaction::begin(db, Transaction::Kind::write);
    if (!transaction) return std::unexpected(transaction.error());
    if (auto ok = projector.apply(*frames, checkpoint, limit); !ok) return ok;
    if (auto ok = transaction->commit(); !ok) return ok;
  }
  return {};
}

Result<void> finishFile(sqlite3& db, Projector& projector, const std::vector<std::string>& indexes,
                        const Checkpoint& checkpoint) {
  auto transaction = Transaction::begin(db, Transaction::Kind::write);
  if (!transaction) return std::unexpected(transaction.error());
  for (const auto& sql : indexes) {
    if (auto ok = executeSql(db, sql); !ok) return ok;
  }
  if (auto ok = projector.index(0); !ok) return ok;
  if (auto ok = projector.save(checkpoint); !ok) return ok;
  return transaction->commit();
}

Result<Checkpoint> startOf(const log::EventReader& reader) {
  const auto head = reader.head();
  if (!head) return std::unexpected(head.error());
  const auto origin = reader.chainAt(0);
  if (!origin) return std::unexpected(origin.error());
  return freshCheckpoint(head->logId, *origin);
}

}  // namespace

Result<RebuildReport> buildFile(const fs::path& file, const log::EventReader& reader,
                                const ReplayLimit& limit) {
  const auto started = std::chrono::steady_clock::now();
  auto checkpoint = startOf(reader);
  if (!checkpoint) return std::unexpected(checkpoint.error());
  const auto database = Database::open(file, Database::Use::building);
  if (!database) return std::unexpected(database.error());
  sqlite3& db = database->handle();
  if (auto ok = migrate(db, migrations()); !ok) return std::unexpected(ok.error());
  const auto indexes = dropIndexes(db);
  if (!indexes) return std::unexpected(indexes.error());
  Projector projector(db);
  if (auto ok = applyAll(db, projector, reader, *checkpoint, limit); !ok) return std::unexpected(ok.error());
  if (auto ok = finishFile(db, projector, *indexes, *checkpoint); !ok) return std::unexpected(ok.error());
  auto digest = digestRows(db);
  if (!digest) return std::unexpected(digest.error());
  if (auto ok = database->makeShared(); !ok) return std::unexpected(ok.error());
  const auto took = std::chrono::steady_clock::now() - started;
  return RebuildReport{.events = std::min(checkpoint->position, limit.position),
                       .duration = std::chrono::duration_cast<std::chrono::milliseconds>(took),
                       .digest = std::move(*digest)};
}

Result<RebuildReport> buildGeneration(const ViewsDirectory& directory, const log::EventReader& reader) {
  const std::string name = ViewsDirectory::newName();
  const fs::path path = directory.pathOf(name);
  std::error_code error;
  fs::create_directory(path, error);
  if (error)
    return fail(ErrorCode::internalError, "cannot create a folder for the read models: " + error.message());
  auto report = buildFile(path / kDatabaseFile, reader);
  Result<void> ok = report ? writeStamp(path) : std::unexpected(report.error());
  if (ok) ok = flushToDisk(path);
  if (ok) ok = directory.setCurrent(name);
  directory.removeUnusedLocked();
  if (!ok) return std::unexpected(ok.error());
  return report;
}

}  // namespace cachify::views
