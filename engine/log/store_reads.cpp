// Reading frames and packs: each call is one short transaction, and what it answers is a copy.

#include <fmt/format.h>

#include <algorithm>

#include "log/chunk_codec.hpp"
#include "log/damage.hpp"
#include "log/store.hpp"
#include "log/wire.hpp"

namespace cachify::log {

bool Store::follows(Position before, Position first) const {
  if (first == before + 1) return true;
  const auto gap = std::ranges::find(gaps_, before + 1, &std::pair<Position, Position>::first);
  return gap != gaps_.end() && gap->second + 1 == first;
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
    return fail(
        damage("order", position,
               fmt::format("the frame that stands there says it begins at {}", frame->firstPosition)));
  }
  return frame;
}

}  // namespace

template <class T>
Result<std::vector<T>> Store::walkFrames(Position from, std::size_t maxBytes,
                                         T (*read)(const FrameView&)) const {
  const auto txn = env_->read();
  if (!txn) return fail(txn.error());
  Cursor cursor(txn->handle(), tables_[Table::records]);
  MDB_val key{};
  MDB_val value{};
  int rc = seekFrame(cursor, std::max<Position>(from, 1), key, value);
  std::vector<T> frames;
  std::size_t bytes = 0;
  Position before = 0;
  for (; rc == 0 && (frames.empty() || bytes + value.mv_size <= maxBytes);
       rc = cursor.get(key, value, MDB_NEXT)) {
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

Result<std::vector<Frame>> Store::streamFrom(std::string_view stream, std::uint64_t from,
                                             std::size_t maxFrames) const {
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
  const auto inStream = [&] {
    return parseStreamKey(toView(key)).value_or(StreamPlace{}).number == **number;
  };
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
    const auto bytes =
        tables.get(Table::records, {reinterpret_cast<const char*>(&row->first), sizeof row->first});
    if (!bytes) return fail(bytes.error());
    if (!bytes->has_value())
      return fail(damage("stream", row->first, "the stream index names it, and no frame stands there"));
    const auto frame = viewFrame(**bytes, row->first);
    if (!frame) return fail(frame.error());
    if (frame->firstPosition != row->first || frame->streamNumber != **number ||
        frame->firstStreamVersion != place->version) {
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
    const bool fits =
        chunk->head.packId == packId && chunk->head.number == number && chunk->head.logId == identity_.logId;
    if (ended || !fits || toView(key) != view(chunkKey(packId, number))) {
      return fail(
          damage("vault", 0, fmt::format("the chunks of pack {} are not in order", packId.toString())));
    }
    ended = chunk->head.last;
    chunks.push_back({.packId = packId, .number = number, .frame = Bytes(toView(value))});
  }
  if (rc != 0 && rc != MDB_NOTFOUND) return fail(lmdbError(rc, "reading a pack"));
  if (chunks.empty())
    return fail(
        ErrorCode::notFound,
        fmt::format("pack {} is not in the vault: it was erased or never written", packId.toString()));
  if (!ended)
    return fail(damage("vault", 0, fmt::format("pack {} has lost its last chunk", packId.toString())));
  return chunks;
}

}  // namespace cachify::log
