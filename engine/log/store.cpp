#include "log/store.hpp"

#include <fmt/format.h>

#include "log/damage.hpp"
#include "log/stop_signals.hpp"

namespace cachify::log {
namespace {

class AbortUnlessDone {
 public:
  explicit AbortUnlessDone(MDB_txn* txn) : txn_(txn) {}
  ~AbortUnlessDone() {
    if (txn_ != nullptr) mdb_txn_abort(txn_);
  }
  AbortUnlessDone(const AbortUnlessDone&) = delete;
  AbortUnlessDone& operator=(const AbortUnlessDone&) = delete;
  [[nodiscard]] int commit() { return mdb_txn_commit(std::exchange(txn_, nullptr)); }

 private:
  MDB_txn* txn_;
};

Result<void> putMeta(MDB_txn* txn, MDB_dbi table, BytesView key, const Bytes& row) {
  MDB_val k = toVal(key);
  MDB_val v = toVal(row);
  if (const int rc = mdb_put(txn, table, &k, &v, 0); rc != 0)
    return fail(lmdbError(rc, "writing the first rows"));
  return {};
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const OpenOptions& options) {
  auto env = LmdbEnv::open(
      {.directory = options.directory, .mapSizeBytes = options.mapSizeBytes, .readOnly = options.readOnly});
  if (!env) return fail(env.error());
  std::unique_ptr<Store> store(new Store());
  store->env_ = std::move(*env);
  store->clock_ = options.clock ? options.clock : std::make_shared<SystemClock>();
  // A log that is complete needs no write transaction: opening must not wait for a writer.
  auto opened = store->openTables(true);
  if (!opened && !options.readOnly && opened.error().code == ErrorCode::notFound)
    opened = store->openTables(false);
  if (!opened) return fail(opened.error());
  return store;
}

Result<void> Store::openTables(bool readOnly) {
  const StopGuard guard;
  MDB_txn* txn = nullptr;
  if (const int rc = mdb_txn_begin(env_->handle(), nullptr, readOnly ? MDB_RDONLY : 0U, &txn); rc != 0) {
    return fail(lmdbError(rc, "beginning to open the tables"));
  }
  AbortUnlessDone abort(txn);
  for (std::size_t i = 0; i < kTables.size(); ++i) {
    const unsigned flags = (kTables[i].integerKey ? MDB_INTEGERKEY : 0U) | (readOnly ? 0U : MDB_CREATE);
    const int rc = mdb_dbi_open(txn, kTables[i].name, flags, &tables_[i]);
    if (rc == MDB_NOTFOUND) return fail(ErrorCode::notFound, "the folder holds no complete log");
    if (rc != 0) return fail(lmdbError(rc, "opening the tables"));
  }
  if (auto loaded = loadIdentity(txn, !readOnly); !loaded) return loaded;
  if (const int rc = abort.commit(); rc != 0) return fail(lmdbError(rc, "opening the tables"));
  return {};
}

Result<void> Store::loadIdentity(MDB_txn* txn, bool create) {
  const TableReader tables = reader(txn);
  const auto row = tables.get(Table::meta, kIdentityRow);
  if (!row) return fail(row.error());
  if (!row->has_value() && create) {
    identity_ = {.formatVersion = kFormatVersion, .logId = Uuid::makeV7(now()), .created = now()};
    if (auto put = putMeta(txn, tables_[Table::meta], kIdentityRow, encode(identity_)); !put) return put;
    return putMeta(txn, tables_[Table::meta], kHeadRow, encode(Head{.chain = chainOrigin(identity_.logId)}));
  }
  if (!row->has_value()) return fail(ErrorCode::notFound, "the folder holds no complete log");
  const auto identity = decodeIdentity(**row);
  if (!identity) return fail(damage("structure", 0, "the log's identity row does not hold"));
  if (identity->formatVersion != kFormatVersion) {
    return fail(ErrorCode::notSupported,
                fmt::format("the log has format {}: it was written by a newer version of the program",
                            identity->formatVersion));
  }
  identity_ = *identity;
  const auto gaps = tables.get(Table::meta, kGapsRow);
  if (!gaps) return fail(gaps.error());
  if (!gaps->has_value()) return {};
  auto known = decodeGaps(**gaps);
  if (!known) return fail(damage("structure", 0, "the list of known gaps does not hold"));
  gaps_ = std::move(*known);
  return {};
}

Result<Head> Store::head() const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  return reader(txn->handle()).head();
}

Result<std::optional<AppendReceipt>> Store::findIdempotent(const Idempotency& idempotency) const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  return recordedReceipt(reader(txn->handle()), idempotency, now());
}

Result<Uuid> Store::dataKeyId() const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  const auto row = reader(txn->handle()).get(Table::meta, kDataKeyRow);
  if (!row) return fail(row.error());
  if (!row->has_value()) return Uuid();
  const auto id = decodeDataKey(**row);
  if (!id) return fail(damage("vault", 0, "the row that names the data key does not hold"));
  return *id;
}

Result<LogStatus> Store::status() const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  const auto head = reader(txn->handle()).head();
  if (!head) return fail(head.error());
  LogStatus status{.logId = identity_.logId,
                   .events = head->events,
                   .lastPosition = head->last,
                   .durablePosition = head->last,
                   .chain = head->chain,
                   .formatVersion = identity_.formatVersion};
  for (std::size_t i = 0; i < kTables.size(); ++i) {
    MDB_stat stat{};
    if (const int rc = mdb_stat(txn->handle(), tables_[i], &stat); rc != 0)
      return fail(lmdbError(rc, "reading sizes"));
    const std::uint64_t bytes =
        (stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages) * stat.ms_psize;
    status.sizeBytes += bytes;
    if (i == Table::vault) status.vaultBytes = bytes;
  }
  return status;
}

}  // namespace cachify::log
