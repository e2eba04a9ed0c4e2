#include "log/check/rebuilt_log.hpp"

#include <algorithm>

#include "log/event_log.hpp"
#include "log/wire.hpp"

namespace cachify::log {
namespace {

constexpr std::size_t kBytesPerTransaction = 32UL << 20;

}  // namespace

Result<std::unique_ptr<RebuiltLog>> RebuiltLog::create(const std::filesystem::path& directory) {
  auto env = LmdbEnv::open({.directory = directory, .mapSizeBytes = OpenOptions().mapSizeBytes});
  if (!env) return fail(env.error());
  std::unique_ptr<RebuiltLog> log(new RebuiltLog());
  log->env_ = std::move(*env);
  if (const int rc = mdb_txn_begin(log->env_->handle(), nullptr, 0, &log->txn_); rc != 0)
    return fail(lmdbError(rc, "beginning to write"));
  for (std::size_t i = 0; i < kTables.size(); ++i) {
    const unsigned flags = MDB_CREATE | (kTables[i].integerKey ? MDB_INTEGERKEY : 0U);
    if (const int rc = mdb_dbi_open(log->txn_, kTables[i].name, flags, &log->tables_[i]); rc != 0)
      return fail(lmdbError(rc, "making the tables"));
  }
  return log;
}

RebuiltLog::~RebuiltLog() {
  if (txn_ != nullptr) mdb_txn_abort(txn_);
}

Result<void> RebuiltLog::commit() {
  if (const int rc = mdb_txn_commit(std::exchange(txn_, nullptr)); rc != 0)
    return fail(lmdbError(rc, "writing"));
  return {};
}

Result<void> RebuiltLog::put(Table table, BytesView key, BytesView value, unsigned flags) {
  if (uncommittedBytes_ > kBytesPerTransaction) {
    if (auto done = commit(); !done) return done;
    uncommittedBytes_ = 0;
    if (const int rc = mdb_txn_begin(env_->handle(), nullptr, 0, &txn_); rc != 0)
      return fail(lmdbError(rc, "beginning to write"));
  }
  uncommittedBytes_ += value.size();
  MDB_val k = toVal(key);
  MDB_val v = toVal(value);
  if (const int rc = mdb_put(txn_, tables_[table], &k, &v, flags); rc != 0)
    return fail(lmdbError(rc, "writing"));
  return {};
}

Result<void> RebuiltLog::addFrame(const FrameView& frame) {
  const Position first = frame.firstPosition;
  if (auto done =
          put(Table::records, {reinterpret_cast<const char*>(&first), sizeof first}, frame.bytes, MDB_APPEND);
      !done)
    return done;
  head_.last = frame.lastPosition();
  head_.events += frame.count;
  head_.chain = frame.chain;
  head_.streams = std::max(head_.streams, frame.streamNumber);
  names_.try_emplace(frame.streamNumber, frame.stream);
  return put(Table::streams, view(streamKey(frame.streamNumber, frame.firstStreamVersion)),
             encode(StreamRow{.first = first, .count = frame.count}));
}

Result<void> RebuiltLog::addChunk(const ChunkKey& key, BytesView chunk) {
  return put(Table::vault, view(key), chunk, MDB_APPEND);
}

Result<void> RebuiltLog::finish(const Identity& identity, const Gaps& gaps,
                                const std::optional<Head>& formerHead, const std::optional<Uuid>& dataKey) {
  for (const auto& [number, name] : names_) {
    std::array<char, 4> row{};
    putLittle(row.data(), number);
    if (auto done = put(Table::names, name, view(row)); !done) return done;
  }
  if (head_.last == 0) head_.chain = chainOrigin(identity.logId);
  if (formerHead) {
    head_.streams = std::max(head_.streams, formerHead->streams);
    if (formerHead->last > head_.last) {
      head_.last = formerHead->last;
      head_.chain = formerHead->chain;
    }
  }
  if (auto done = put(Table::meta, kIdentityRow, encode(identity)); !done) return done;
  if (auto done = put(Table::meta, kHeadRow, encode(head_)); !done) return done;
  if (!gaps.empty()) {
    if (auto done = put(Table::meta, kGapsRow, encode(gaps)); !done) return done;
  }
  if (dataKey) {
    if (auto done = put(Table::meta, kDataKeyRow, encodeDataKey(*dataKey)); !done) return done;
  }
  return commit();
}

}  // namespace cachify::log
