#include "views/generation.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "views/migrations.hpp"
#include "views/sqlite_error.hpp"

namespace cachify::views {
namespace {

namespace fs = std::filesystem;

/// About 10 000 events: long enough to be quick, short enough that another process is not kept waiting.
constexpr std::size_t kCatchUpBytes = 4 << 20;
constexpr std::chrono::seconds kPatience{30};
/// A process that is the first to open the file reads its whole WAL, so that is kept short.
constexpr std::uintmax_t kLargeWalBytes = 1 << 20;
constexpr std::size_t kIdleReaders = 4;

Result<FileLock> lockInUse(const fs::path& directory) {
  std::error_code ignored;
  if (!fs::is_directory(directory, ignored)) return fail(damagedError("the generation is gone"));
  auto lock = FileLock::tryTake(directory / "in-use.lock", FileLock::Kind::shared);
  if (!lock) return std::unexpected(lock.error());
  if (!*lock || !(**lock).isLinked()) return fail(damagedError("the generation is being removed"));
  return std::move(**lock);
}

Result<void> checkIdentity(sqlite3& db) {
  const auto application = numberOf(db, "PRAGMA application_id");
  if (!application) return std::unexpected(application.error());
  if (*application != kApplicationId) return fail(damagedError("the file is not ours"));
  const auto version = schemaVersionOf(db);
  if (!version) return std::unexpected(version.error());
  if (*version > schemaVersion()) return fail(damagedError("the file was written by a newer Cachify"));
  return {};
}

/// Another process may be at it, too: whoever comes second finds nothing left to do.
Result<void> bringUpToDate(sqlite3& db, const fs::path& directory) {
  const auto version = schemaVersionOf(db);
  if (!version) return std::unexpected(version.error());
  if (*version == schemaVersion()) return {};
  const auto lock = FileLock::take(directory / "migrate.lock", FileLock::Kind::exclusive, kPatience);
  if (!lock) return std::unexpected(lock.error());
  return migrateWithBackup(db, directory, migrations());
}

Result<void> checkFits(const Checkpoint& checkpoint, const log::EventReader& reader) {
  if (!isOurs(checkpoint)) return fail(damagedError("the rows were made by another version"));
  const auto head = reader.head();
  if (!head) return std::unexpected(head.error());
  if (checkpoint.logId != head->logId) return fail(damagedError("the rows belong to another log"));
  if (checkpoint.position > head->lastPosition) return fail(damagedError("the rows are ahead of the log"));
  const auto chain = reader.chainAt(checkpoint.position);
  if (!chain && chain.error().code != ErrorCode::notFound) return std::unexpected(chain.error());
  if (!chain || *chain != checkpoint.chain)
    return fail(damagedError("the rows are of a log with another history"));
  return {};
}

}  // namespace

Generation::Generation(fs::path directory, FileLock inUse, Database writer)
    : directory_(std::move(directory)),
      inUse_(std::move(inUse)),
      watch_(directory_),
      writer_(std::move(writer)) {}

Result<std::shared_ptr<Generation>> Generation::open(const fs::path& directory) {
  auto inUse = lockInUse(directory);
  if (!inUse) return std::unexpected(inUse.error());
  if (!FileWatch(directory).isIntact()) return fail(damagedError("the file was changed by somebody else"));
  auto writer = Database::open(directory / kDatabaseFile, Database::Use::shared);
  if (!writer) return std::unexpected(writer.error());
  if (auto ok = checkIdentity(writer->handle()); !ok) return std::unexpected(ok.error());
  if (auto ok = bringUpToDate(writer->handle(), directory); !ok) return std::unexpected(ok.error());
  std::shared_ptr<Generation> generation(new Generation(directory, std::move(*inUse), std::move(*writer)));
  if (!generation->isIntact()) return fail(damagedError("the file was changed by somebody else"));
  return generation;
}

Result<Checkpoint> Generation::fittingCheckpoint(const log::EventReader& reader) {
  auto checkpoint = readCheckpoint(writer_.handle());
  if (!checkpoint) return checkpoint;
  if (auto ok = checkFits(*checkpoint, reader); !ok) return std::unexpected(ok.error());
  return checkpoint;
}

Result<log::Position> Generation::catchUp(const log::EventReader& reader, log::Position position) {
  const std::scoped_lock guard(writerMutex_);
  auto deadline = std::chrono::steady_clock::now() + kPatience;
  log::Position reached = 0;
  while (true) {
    const auto checkpoint = fittingCheckpoint(reader);
    if (!checkpoint) return std::unexpected(checkpoint.error());
    if (checkpoint->position > reached) deadline = std::chrono::steady_clock::now() + kPatience;
    reached = checkpoint->position;
    if (reached >= position) break;
    const auto fed = feed(reader);
    const bool wait =
        !fed && fed.error().code == ErrorCode::timeout && std::chrono::steady_clock::now() < deadline;
    if (!fed && !wait) return std::unexpected(fed.error());
    if (fed && !*fed) break;
  }
  if (auto ok = checkpointIfLarge(); !ok) return std::unexpected(ok.error());
  return reached;
}

// Who feeds holds the checkpoint lock shared: no checkpoint runs beside a commit (see Database::prepareFor).
Result<bool> Generation::feed(const log::EventReader& reader) {
  const auto lock = FileLock::take(directory_ / kCheckpointLock, FileLock::Kind::shared, kPatience);
  if (!lock) return std::unexpected(lock.error());
  auto fed = feedInTransaction(reader);
  if (!fed) projector_.reset();
  return fed;
}

Result<bool> Generation::feedInTransaction(const log::EventReader& reader) {
  auto transaction = Transaction::begin(writer_.handle(), Transaction::Kind::write);
  if (!transaction) return std::unexpected(transaction.error());
  auto checkpoint = fittingCheckpoint(reader);
  if (!checkpoint) return std::unexpected(checkpoint.error());
  const auto frames = reader.framesFrom(checkpoint->position + 1, kCatchUpBytes);
  if (!frames) return std::unexpected(frames.error());
  if (frames->empty()) return false;
  if (auto ok = applyBatch(*frames, *checkpoint); !ok) return std::unexpected(ok.error());
  if (auto ok = transaction->commit(); !ok) return std::unexpected(ok.error());
  return true;
}

Result<void> Generation::applyBatch(std::span<const log::Frame> frames, Checkpoint& checkpoint) {
  if (projector_ == nullptr) projector_ = std::make_unique<Projector>(writer_.handle());
  const log::Position first = checkpoint.position + 1;
  if (auto ok = projector_->apply(frames, checkpoint); !ok) return ok;
  if (auto ok = projector_->index(first); !ok) return ok;
  return projector_->save(checkpoint);
}

Result<void> Generation::read(const std::function<Result<void>(sqlite3&)>& query) {
  auto reader = takeReader();
  if (!reader) return std::unexpected(reader.error());
  sqlite3& db = reader->handle();
  auto transaction = Transaction::begin(db, Transaction::Kind::read);
  if (!transaction) return std::unexpected(transaction.error());
  auto answer = query(db);
  const int code = sqlite3_errcode(&db);
  if (!answer && meansDamage(code)) return fail(sqliteError(&db, code, "reading"));
  if (answer) answer = transaction->commit();
  if (answer) giveBack(std::move(*reader));
  return answer;
}

Result<Database> Generation::takeReader() {
  {
    const std::scoped_lock guard(readersMutex_);
    if (!idleReaders_.empty()) {
      Database reader = std::move(idleReaders_.back());
      idleReaders_.pop_back();
      return reader;
    }
  }
  return Database::open(directory_ / kDatabaseFile, Database::Use::shared);
}

void Generation::giveBack(Database reader) {
  const std::scoped_lock guard(readersMutex_);
  if (idleReaders_.size() < kIdleReaders) idleReaders_.push_back(std::move(reader));
}

Result<void> Generation::checkpoint() {
  const std::scoped_lock guard(writerMutex_);
  return checkpointLocked();
}

Result<void> Generation::checkpointIfLarge() {
  std::error_code missing;
  const auto walBytes = fs::file_size(directory_ / (std::string(kDatabaseFile) + "-wal"), missing);
  const bool isLarge = !missing && walBytes > kLargeWalBytes;
  return isLarge || isCheckpointingStamp(directory_) ? checkpointLocked() : Result<void>();
}

Result<void> Generation::checkpointLocked() {
  const auto lock = FileLock::tryTake(directory_ / kCheckpointLock, FileLock::Kind::exclusive);
  if (!lock) return std::unexpected(lock.error());
  if (!*lock) return {};
  if (auto ok = writeCheckpointingStamp(directory_); !ok) return ok;
  sqlite3& db = writer_.handle();
  writer_.patience(std::chrono::milliseconds(0));  // a reader that is in the way is not worth waiting for
  const int code = sqlite3_wal_checkpoint_v2(&db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  writer_.patience(Database::kPatience);
  if (code != SQLITE_OK && code != SQLITE_BUSY) return fail(sqliteError(&db, code, "checkpointing"));
  return writeStamp(directory_);
}

}  // namespace cachify::views
