#include "log/store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "log/chunk_codec.hpp"
#include "log/damage.hpp"
#include "log/stop_signals.hpp"
#include "log/wire.hpp"

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
  if (const int rc = mdb_put(txn, table, &k, &v, 0); rc != 0) return fail(lmdbError(rc, "writing the first rows"));
  return {};
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const OpenOptions& options) {
  auto env = LmdbEnv::open({.directory = options.directory, .mapSizeBytes = options.mapSizeBytes, .readOnly = options.readOnly});
  if (!env) return fail(env.error());
  std::unique_ptr<Store> store(new Store());
  store->env_ = std::move(*env);
  store->clock_ = options.clock ? options.clock : std::make_shared<SystemClock>();
  // A log that is complete needs no write transaction: opening must not wait for a writer.
  auto opened = store->openTables(true);
  if (!opened && !options.readOnly && opened.error().code == ErrorCode::notFound) opened = store->openTables(false);
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
    return fail(ErrorCode::notSupported, fmt::format("the log has format {}: it was written by a newer version of the program",
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

Result<std::optional<BytesView>> TableReader::get(Table name, BytesView key) const {
  MDB_val k = toVal(key);
  MDB_val value{};
  const int rc = mdb_get(txn_, table(name), &k, &value);
  if (rc == MDB_NOTFOUND) return std::nullopt;
  if (rc != 0) return fail(lmdbError(rc, "reading"));
  return toView(value);
}

Result<Head> TableReader::head() const {
  const auto row = get(Table::meta, kHeadRow);
  if (!row) return fail(row.error());
  const auto head = row->has_value() ? decodeHead(**row) : std::nullopt;
  if (!head) return fail(damage("structure", 0, "the log's head row does not hold"));
  return *head;
}

Result<std::optional<std::uint32_t>> TableReader::streamNumber(BytesView name) const {
  if (name.empty() || name.size() > kMaxNameBytes) return std::nullopt;
  const auto row = get(Table::names, name);
  if (!row) return fail(row.error());
  if (!row->has_value()) return std::nullopt;
  if ((*row)->size() != 4) return fail(damage("stream", 0, "a row of the stream names does not hold"));
  return getLittle<std::uint32_t>((*row)->data());
}

Result<std::uint64_t> TableReader::streamVersion(std::uint32_t number) const {
  Cursor cursor(txn_, table(Table::streams));
  const StreamKey beyond = streamKey(number + 1, 0);
  MDB_val key = toVal(view(beyond));
  MDB_val value{};
  int rc = cursor.get(key, value, MDB_SET_RANGE);
  rc = cursor.get(key, value, rc == MDB_NOTFOUND ? MDB_LAST : MDB_PREV);
  if (rc == MDB_NOTFOUND) return 0;
  if (rc != 0) return fail(lmdbError(rc, "reading a stream's version"));
  const auto place = parseStreamKey(toView(key));
  const auto row = decodeStreamRow(toView(value));
  if (!place || !row) return fail(damage("stream", 0, "a row of the stream index does not hold"));
  if (place->number != number) return 0;
  return place->version + row->count - 1;
}

Result<std::optional<IdempotencyRow>> TableReader::idempotencyRow(BytesView key) const {
  const auto row = get(Table::idempotency, key);
  if (!row) return fail(row.error());
  if (!row->has_value()) return std::nullopt;
  auto decoded = decodeIdempotency(**row, key);
  if (!decoded) return fail(damage("structure", 0, "a row of the idempotency table does not hold"));
  return decoded;
}

Result<std::optional<AppendReceipt>> recordedReceipt(const TableReader& reader, const Idempotency& idempotency, WallTime now) {
  if (idempotency.key.empty() || idempotency.key.size() > kMaxNameBytes) {
    return fail(ErrorCode::validationError, fmt::format("an idempotency key has 1 to {} bytes", kMaxNameBytes));
  }
  const auto row = reader.idempotencyRow(idempotency.key);
  if (!row) return fail(row.error());
  if (!row->has_value() || now - (*row)->recordedAt >= kIdempotencyLifetime) return std::nullopt;
  if ((*row)->content != idempotency.content) {
    return fail(ErrorCode::conflict, "this idempotency key was used for another command within the last 24 hours");
  }
  return AppendReceipt{.first = (*row)->first, .last = (*row)->last, .repeated = true};
}

bool Store::follows(Position before, Position first) const {
  if (first == before + 1) return true;
  const auto gap = std::ranges::find(gaps_, before + 1, &std::pair<Position, Position>::first);
  return gap != gaps_.end() && gap->second + 1 == first;
}

Result<Head> Store::head() const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  return reader(txn->handle()).head();
}

int seekFrame(Cursor& cursor, Position from, MDB_val& key, MDB_val& value) {
  const BytesView wanted(reinterpret_cast<const char*>(&from), sizeof from);
  MDB_val found = toVal(wanted);
  const int rc = cursor.get(found, value, MDB_SET_RANGE);
  if (rc != 0 && rc != MDB_NOTFOUND) return rc;
  if (rc == 0 && toView(found) == wanted) {
    key = found;
    return 0;
  }
  const int back = cursor.get(key, value, rc == 0 ? MDB_PREV : MDB_LAST);
  return back == MDB_NOTFOUND && rc == 0 ? cursor.get(key, value, MDB_FIRST) : back;
}

namespace {

Result<FrameView> frameAt(const MDB_val& key, const MDB_val& value) {
  Position position = 0;
  std::memcpy(&position, key.mv_data, std::min(sizeof position, key.mv_size));
  auto frame = viewFrame(toView(value), position);
  if (frame && frame->firstPosition != position) {
    return fail(damage("order", position, fmt::format("the frame that stands there says it begins at {}", frame->firstPosition)));
  }
  return frame;
}

}  // namespace

template <class T>
Result<std::vector<T>> Store::walkFrames(Position from, std::size_t maxBytes, T (*read)(const FrameView&)) const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  Cursor cursor(txn->handle(), tables_[Table::records]);
  MDB_val key{};
  MDB_val value{};
  int rc = seekFrame(cursor, std::max<Position>(from, 1), key, value);
  std::vector<T> frames;
  std::size_t bytes = 0;
  Position before = 0;
  for (; rc == 0 && (frames.empty() || bytes + value.mv_size <= maxBytes); rc = cursor.get(key, value, MDB_NEXT)) {
    const auto frame = frameAt(key, value);
    if (!frame) return fail(frame.error());
    if (before != 0 && !follows(before, frame->firstPosition)) {
      return fail(damage("gap", before + 1, "no frame stands there"));
    }
    before = frame->lastPosition();
    if (before < from) continue;
    bytes += value.mv_size;
    frames.push_back(read(*frame));
  }
  if (rc != 0 && rc != MDB_NOTFOUND) return fail(lmdbError(rc, "reading frames"));
  return frames;
}

Result<std::vector<Frame>> Store::framesFrom(Position from, std::size_t maxBytes) const {
  return walkFrames<Frame>(from, maxBytes, &toFrame);
}

Result<std::vector<Bytes>> Store::storedFramesFrom(Position from, std::size_t maxBytes) const {
  return walkFrames<Bytes>(from, maxBytes, [](const FrameView& frame) { return Bytes(frame.bytes); });
}

Result<std::vector<Frame>> Store::streamFrom(std::string_view stream, std::uint64_t from, std::size_t maxFrames) const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  const TableReader tables = reader(txn->handle());
  const auto number = tables.streamNumber(stream);
  if (!number) return fail(number.error());
  if (!number->has_value()) return std::vector<Frame>();
  Cursor cursor(txn->handle(), tables_[Table::streams]);
  const StreamKey start = streamKey(**number, from);
  MDB_val key = toVal(view(start));
  MDB_val value{};
  const auto inStream = [&] { return parseStreamKey(toView(key)).value_or(StreamPlace{}).number == **number; };
  int rc = cursor.get(key, value, MDB_SET_RANGE);
  const bool exact = rc == 0 && toView(key) == view(start);
  if (!exact) {
    // The frame that holds version `from` may have begun before it.
    const int back = cursor.get(key, value, rc == 0 ? MDB_PREV : MDB_LAST);
    if (back == 0 && inStream()) {
      rc = 0;
    } else if (rc == 0) {
      key = toVal(view(start));
      rc = cursor.get(key, value, MDB_SET_RANGE);
    }
  }
  std::vector<Frame> frames;
  for (; rc == 0 && frames.size() < maxFrames && inStream(); rc = cursor.get(key, value, MDB_NEXT)) {
    const auto row = decodeStreamRow(toView(value));
    const auto place = parseStreamKey(toView(key));
    if (!row || !place) return fail(damage("stream", 0, "a row of the stream index does not hold"));
    if (place->version + row->count <= from) continue;
    const auto bytes = tables.get(Table::records, {reinterpret_cast<const char*>(&row->first), sizeof row->first});
    if (!bytes) return fail(bytes.error());
    if (!bytes->has_value()) return fail(damage("stream", row->first, "the stream index names it, and no frame stands there"));
    const auto frame = viewFrame(**bytes, row->first);
    if (!frame) return fail(frame.error());
    if (frame->firstPosition != row->first || frame->streamNumber != **number || frame->firstStreamVersion != place->version) {
      return fail(damage("stream", row->first, "the frame is not the one that the stream index names"));
    }
    frames.push_back(toFrame(*frame));
  }
  if (rc != 0 && rc != MDB_NOTFOUND) return fail(lmdbError(rc, "reading a stream"));
  return frames;
}

Result<std::uint64_t> Store::streamVersion(std::string_view stream) const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  const TableReader tables = reader(txn->handle());
  const auto number = tables.streamNumber(stream);
  if (!number) return fail(number.error());
  return number->has_value() ? tables.streamVersion(**number) : Result<std::uint64_t>(0);
}

Result<Digest> Store::chainAt(Position position) const {
  if (position == 0) return chainOrigin(identity_.logId);
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  Cursor cursor(txn->handle(), tables_[Table::records]);
  MDB_val key{};
  MDB_val value{};
  const int rc = seekFrame(cursor, position, key, value);
  if (rc != 0 && rc != MDB_NOTFOUND) return fail(lmdbError(rc, "reading a chain value"));
  if (rc == 0) {
    const auto frame = frameAt(key, value);
    if (!frame) return fail(frame.error());
    if (frame->lastPosition() == position) return frame->chain;
  }
  return fail(ErrorCode::notFound, fmt::format("no frame of the log ends at position {}", position));
}

Result<std::optional<AppendReceipt>> Store::findIdempotent(const Idempotency& idempotency) const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  return recordedReceipt(reader(txn->handle()), idempotency, now());
}

Result<std::vector<SealedChunk>> Store::readPack(Uuid packId) const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  Cursor cursor(txn->handle(), tables_[Table::vault]);
  const ChunkKey start = chunkKey(packId, 0);
  const BytesView prefix = view(start).substr(0, 16);
  MDB_val key = toVal(view(start));
  MDB_val value{};
  std::vector<SealedChunk> chunks;
  bool ended = false;
  int rc = cursor.get(key, value, MDB_SET_RANGE);
  for (; rc == 0 && toView(key).starts_with(prefix); rc = cursor.get(key, value, MDB_NEXT)) {
    const auto number = static_cast<std::uint32_t>(chunks.size());
    const auto chunk = viewChunk(toView(value));
    if (!chunk) return fail(chunk.error());
    const bool fits = chunk->head.packId == packId && chunk->head.number == number && chunk->head.logId == identity_.logId;
    if (ended || !fits || toView(key) != view(chunkKey(packId, number))) {
      return fail(damage("vault", 0, fmt::format("the chunks of pack {} are not in order", packId.toString())));
    }
    ended = chunk->head.last;
    chunks.push_back({.packId = packId, .number = number, .frame = Bytes(toView(value))});
  }
  if (rc != 0 && rc != MDB_NOTFOUND) return fail(lmdbError(rc, "reading a pack"));
  if (chunks.empty()) return fail(ErrorCode::notFound, fmt::format("pack {} is not in the vault: it was erased or never written", packId.toString()));
  if (!ended) return fail(damage("vault", 0, fmt::format("pack {} has lost its last chunk", packId.toString())));
  return chunks;
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
    if (const int rc = mdb_stat(txn->handle(), tables_[i], &stat); rc != 0) return fail(lmdbError(rc, "reading sizes"));
    const std::uint64_t bytes = (stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages) * stat.ms_psize;
    status.sizeBytes += bytes;
    if (i == Table::vault) status.vaultBytes = bytes;
  }
  return status;
}

}  // namespace cachify::log
