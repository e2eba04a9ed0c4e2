#include "log/append_transaction.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>

#include "log/chunk_codec.hpp"
#include "log/damage.hpp"
#include "log/wire.hpp"

namespace cachify::log {
namespace {

/// Expired idempotency rows looked for per row written: more than one, so that they cannot pile up.
constexpr int kSweptPerWrite = 8;

bool diskIsFull(MDB_env* env) {
  constexpr std::uint64_t kAlmostNothing = 1U << 20;
  const char* path = nullptr;
  struct statvfs disk {};
  struct rlimit length {};
  if (::getrlimit(RLIMIT_FSIZE, &length) == 0 && length.rlim_cur != RLIM_INFINITY) return true;
  return mdb_env_get_path(env, &path) == 0 && ::statvfs(path, &disk) == 0 &&
         std::uint64_t{disk.f_bavail} * disk.f_frsize < kAlmostNothing;
}

Error writeError(int rc, MDB_env* env) {
  // LMDB calls a write that was cut short EIO; where there is no room, that is why.
  return lmdbError(rc == EIO && diskIsFull(env) ? ENOSPC : rc, "writing");
}

}  // namespace

Result<void> prepareFrames(AppendRequest& request) {
  if (request.frames.empty()) return {};
  std::vector<PreparedFrame> frames;
  frames.reserve(request.frames.size());
  for (const FrameDraft& draft : request.frames) {
    auto frame = prepareFrame(draft);
    if (!frame) return fail(frame.error());
    frames.push_back(std::move(*frame));
  }
  request.frames.clear();
  request.prepared = std::make_shared<const std::vector<PreparedFrame>>(std::move(frames));
  return {};
}

Result<PreparedRequest> prepareRequest(AppendRequest request) {
  if (auto ok = prepareFrames(request); !ok) return fail(ok.error());
  PreparedRequest prepared{.frames = std::move(request.prepared),
                           .conditions = std::move(request.conditions),
                           .chunks = std::move(request.chunks),
                           .idempotency = std::move(request.idempotency),
                           .purge = std::move(request.purge),
                           .erasePacks = std::move(request.erasePacks)};
  std::ranges::sort(prepared.purge);
  if (prepared.frames) {
    for (const PreparedFrame& frame : *prepared.frames) prepared.bytes += frame.encodedBytes();
  }
  for (const SealedChunk& chunk : prepared.chunks) {
    const auto view = viewChunk(chunk.frame);
    if (!view || view->head.packId != chunk.packId || view->head.number != chunk.number) {
      return fail(ErrorCode::validationError, "a vault chunk is not what it says it is");
    }
    prepared.bytes += chunk.frame.size();
  }
  return prepared;
}

Result<std::unique_ptr<AppendTransaction>> AppendTransaction::begin(const Store& store, WriteLockHint& hint) {
  std::unique_ptr<AppendTransaction> transaction(new AppendTransaction(store, hint));
  if (const int rc = mdb_txn_begin(store.env().handle(), nullptr, 0, &transaction->txn_); rc != 0) {
    transaction->txn_ = nullptr;
    return fail(lmdbError(rc, "beginning to write"));
  }
  hint.taken();
  const auto head = transaction->reader().head();
  if (!head) return fail(head.error());
  transaction->head_ = *head;
  return transaction;
}

AppendTransaction::~AppendTransaction() {
  if (txn_ == nullptr) return;
  mdb_txn_abort(txn_);
  hint_.given();
}

std::expected<AppendReceipt, Rejection> AppendTransaction::apply(const PreparedRequest& request) {
  if (request.idempotency) {
    const auto recorded = recordedReceipt(reader(), *request.idempotency, store_.now());
    if (!recorded) return std::unexpected(Rejection{.error = recorded.error()});
    if (recorded->has_value()) return **recorded;
  }
  if (const auto holds = judge(request); !holds) return std::unexpected(Rejection{.error = holds.error()});
  AppendReceipt receipt;
  if (const int rc = write(request, receipt); rc != 0) {
    return std::unexpected(
        Rejection{.error = writeError(rc, store_.env().handle()), .transactionBroken = true});
  }
  dirty_ = dirty_ || !request.writesNothing();
  return receipt;
}

Result<void> AppendTransaction::judge(const PreparedRequest& request) const {
  for (const StreamCondition& condition : request.conditions) {
    if (auto holds = judgeCondition(condition); !holds) return holds;
  }
  if (request.dataKeyId) {
    if (auto holds = judgeDataKey(*request.dataKeyId); !holds) return holds;
  }
  for (const Position position : request.purge) {
    if (position == 0 || position > head_.last) {
      return fail(ErrorCode::notFound, fmt::format("the log has no event at position {}", position));
    }
  }
  return judgeChunks(request);
}

Result<std::uint64_t> AppendTransaction::versionOf(BytesView stream) const {
  const auto number = reader().streamNumber(stream);
  if (!number) return fail(number.error());
  return number->has_value() ? reader().streamVersion(**number) : Result<std::uint64_t>(0);
}

Result<void> AppendTransaction::judgeCondition(const StreamCondition& condition) const {
  const auto actual = versionOf(condition.stream);
  if (!actual) return fail(actual.error());
  const std::uint64_t expected = condition.kind == StreamCondition::Kind::noStream ? 0 : condition.version;
  if (*actual == expected) return {};
  Error error{.code = ErrorCode::conflict,
              .message = fmt::format(
                  "It was changed meanwhile: {} is at version {}, not {}. Look at it again and repeat.",
                  escapeForDisplay(condition.stream), *actual, expected),
              .retryable = true};
  error.set("stream", condition.stream)
      .set("expectedVersion", static_cast<std::int64_t>(expected))
      .set("actualVersion", static_cast<std::int64_t>(*actual));
  return fail(std::move(error));
}

Result<void> AppendTransaction::judgeChunks(const PreparedRequest& request) const {
  for (const SealedChunk& chunk : request.chunks) {
    if (std::ranges::find(request.erasePacks, chunk.packId) != request.erasePacks.end()) continue;
    const auto there = reader().get(Table::vault, view(chunkKey(chunk.packId, chunk.number)));
    if (!there) return fail(there.error());
    if (there->has_value()) {
      return fail(ErrorCode::conflict,
                  fmt::format("pack {} is in the vault already", chunk.packId.toString()));
    }
  }
  return {};
}

Result<void> AppendTransaction::judgeDataKey(Uuid keyId) const {
  const auto row = reader().get(Table::meta, kDataKeyRow);
  if (!row) return fail(row.error());
  if (!row->has_value() || decodeDataKey(**row) == keyId) return {};
  return fail(ErrorCode::conflict, "the vault has another data key already");
}

int AppendTransaction::put(Table table, BytesView key, BytesView value, unsigned flags) {
  MDB_val k = toVal(key);
  MDB_val v = toVal(value);
  return mdb_put(txn_, store_.tables()[table], &k, &v, flags);
}

int AppendTransaction::write(const PreparedRequest& request, AppendReceipt& receipt) {
  int rc = 0;
  for (const Uuid& packId : request.erasePacks) {
    if ((rc = erasePack(packId)) != 0) return rc;
  }
  for (const SealedChunk& chunk : request.chunks) {
    if ((rc = writeChunk(chunk)) != 0) return rc;
  }
  for (std::span<const Position> rest = request.purge; !rest.empty();) {
    if ((rc = purgeFirst(rest)) != 0) return rc;
  }
  if (request.dataKeyId && (rc = put(Table::meta, kDataKeyRow, encodeDataKey(*request.dataKeyId))) != 0)
    return rc;
  if (request.frames) {
    receipt.first = head_.last + 1;
    for (const PreparedFrame& frame : *request.frames) {
      if ((rc = writeFrame(frame)) != 0) return rc;
    }
    receipt.last = head_.last;
  }
  return request.idempotency ? writeIdempotency(*request.idempotency, receipt) : 0;
}

int AppendTransaction::numberOf(BytesView stream, std::uint32_t& number) {
  const auto known = reader().streamNumber(stream);
  if (!known) return MDB_CORRUPTED;
  number = known->value_or(0);
  if (number != 0) return 0;
  number = ++head_.streams;
  std::array<char, 4> row{};
  putLittle(row.data(), number);
  return put(Table::names, stream, view(row), MDB_NOOVERWRITE);
}

int AppendTransaction::writeFrame(const PreparedFrame& frame) {
  Place place{.first = head_.last + 1};
  if (const int rc = numberOf(frame.stream, place.streamNumber); rc != 0) return rc;
  const auto version = reader().streamVersion(place.streamNumber);
  if (!version) return MDB_CORRUPTED;
  place.firstStreamVersion = *version + 1;
  MDB_val key{.mv_size = sizeof place.first, .mv_data = &place.first};
  MDB_val value{.mv_size = frame.encodedBytes(), .mv_data = nullptr};
  if (const int rc = mdb_put(txn_, store_.tables()[Table::records], &key, &value, MDB_APPEND | MDB_RESERVE);
      rc != 0)
    return rc;
  head_.chain = encodeFrame(frame, place, head_.chain, static_cast<char*>(value.mv_data));
  head_.last += frame.count;
  head_.events += frame.count;
  return put(Table::streams, view(streamKey(place.streamNumber, place.firstStreamVersion)),
             encode(StreamRow{.first = place.first, .count = frame.count}), MDB_NOOVERWRITE);
}

int AppendTransaction::writeChunk(const SealedChunk& chunk) {
  const ChunkKey key = chunkKey(chunk.packId, chunk.number);
  // Packs are mostly sealed in the order of their ids; where two overtook each other, LMDB refuses to append.
  const int rc = put(Table::vault, view(key), chunk.frame, MDB_APPEND);
  return rc == MDB_KEYEXIST ? put(Table::vault, view(key), chunk.frame, MDB_NOOVERWRITE) : rc;
}

int AppendTransaction::erasePack(Uuid packId) {
  const ChunkKey start = chunkKey(packId, 0);
  const BytesView prefix = view(start).substr(0, 16);
  Cursor cursor(txn_, store_.tables()[Table::vault]);
  for (;;) {
    MDB_val key = toVal(view(start));
    MDB_val value{};
    const int rc = cursor.get(key, value, MDB_SET_RANGE);
    if (rc == MDB_NOTFOUND || (rc == 0 && !toView(key).starts_with(prefix))) return 0;
    if (rc != 0) return rc;
    if (const int erased = cursor.erase(); erased != 0) return erased;
  }
}

int AppendTransaction::purgeFirst(std::span<const Position>& positions) {
  const Position position = positions.front();
  Cursor cursor(txn_, store_.tables()[Table::records]);
  MDB_val key{};
  MDB_val value{};
  if (const int rc = seekFrame(cursor, position, key, value); rc != 0) return rc;
  const auto frame = viewFrame(toView(value), position);
  if (!frame) return MDB_CORRUPTED;
  const Position first = frame->firstPosition;
  if (position < first || position > frame->lastPosition()) {  // it lies in a gap of a salvaged log
    positions = positions.subspan(1);
    return 0;
  }
  std::vector<std::uint32_t> indexes;
  for (; !positions.empty() && positions.front() <= frame->lastPosition(); positions = positions.subspan(1)) {
    indexes.push_back(static_cast<std::uint32_t>(positions.front() - first));
  }
  const Bytes purged = purgeEvents(*frame, indexes);
  return put(Table::records, {reinterpret_cast<const char*>(&first), sizeof first}, purged);
}

int AppendTransaction::writeIdempotency(const Idempotency& idempotency, const AppendReceipt& receipt) {
  const IdempotencyRow row{.content = idempotency.content,
                           .first = receipt.first,
                           .last = receipt.last,
                           .recordedAt = store_.now()};
  if (const int rc = put(Table::idempotency, idempotency.key, encode(row, idempotency.key)); rc != 0)
    return rc;
  return sweepExpired(idempotency.key);
}

/// Looks at the rows behind the new key, round the end to the first. Keys made in order of time meet the
/// oldest ones there; keys in any other order meet every row sooner or later.
int AppendTransaction::sweepExpired(BytesView from) {
  const WallTime now = store_.now();
  Cursor cursor(txn_, store_.tables()[Table::idempotency]);
  MDB_val key = toVal(from);
  MDB_val value{};
  int rc = cursor.get(key, value, MDB_SET_RANGE);
  for (int i = 0; i < kSweptPerWrite && rc == 0; ++i) {
    rc = cursor.get(key, value, MDB_NEXT);
    if (rc == MDB_NOTFOUND) rc = cursor.get(key, value, MDB_FIRST);
    if (rc != 0 || toView(key) == from) break;
    const auto row = decodeIdempotency(toView(value), toView(key));
    if (row && now - row->recordedAt >= kIdempotencyLifetime) rc = cursor.erase();
  }
  return rc == MDB_NOTFOUND ? 0 : rc;
}

Result<void> AppendTransaction::commit() {
  if (!dirty_) return {};  // the destructor gives the lock back
  int rc = put(Table::meta, kHeadRow, encode(head_));
  if (rc == 0) {
    rc = mdb_txn_commit(std::exchange(txn_, nullptr));
    hint_.given();
  }
  if (rc != 0) return fail(writeError(rc, store_.env().handle()));
  return {};
}

}  // namespace cachify::log
