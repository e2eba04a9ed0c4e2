#include <fmt/format.h>

#include "log/damage.hpp"
#include "log/store.hpp"
#include "log/wire.hpp"

namespace cachify::log {

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

Result<std::optional<AppendReceipt>> recordedReceipt(const TableReader& reader,
                                                     const Idempotency& idempotency, WallTime now) {
  if (idempotency.key.empty() || idempotency.key.size() > kMaxNameBytes) {
    return fail(ErrorCode::validationError,
                fmt::format("an idempotency key has 1 to {} bytes", kMaxNameBytes));
  }
  const auto row = reader.idempotencyRow(idempotency.key);
  if (!row) return fail(row.error());
  if (!row->has_value() || now - (*row)->recordedAt >= kIdempotencyLifetime) return std::nullopt;
  if ((*row)->content != idempotency.content) {
    return fail(ErrorCode::conflict,
                "this idempotency key was used for another command within the last 24 hours");
  }
  return AppendReceipt{.first = (*row)->first, .last = (*row)->last, .repeated = true};
}

}  // namespace cachify::log
