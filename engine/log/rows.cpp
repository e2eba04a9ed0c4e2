#include "log/rows.hpp"

#include "log/wire.hpp"

namespace cachify::log {
namespace {

void seal(Bytes& row) {
  std::array<char, 4> crc{};
  putLittle(crc.data(), crc32c(row));
  row.append(crc.data(), crc.size());
}

/// The row without its CRC, if that holds.
std::optional<BytesView> unseal(BytesView row) {
  if (row.size() < 4) return {};
  const BytesView content = row.substr(0, row.size() - 4);
  if (getLittle<std::uint32_t>(row.data() + content.size()) != crc32c(content)) return {};
  return content;
}

std::optional<BytesView> unseal(BytesView row, std::size_t bytes) {
  if (row.size() != bytes + 4) return {};
  return unseal(row);
}

}  // namespace

Bytes encode(const Identity& identity) {
  Bytes row(kIdentityBytes - 4, '\0');
  std::memcpy(row.data(), kIdentityMagic.data(), kIdentityMagic.size());
  putLittle(row.data() + 8, identity.formatVersion);
  putUuid(row.data() + 16, identity.logId);
  putLittle(row.data() + 32, std::int64_t{identity.created.time_since_epoch().count()});
  seal(row);
  return row;
}

std::optional<Identity> decodeIdentity(BytesView row) {
  const auto content = unseal(row, kIdentityBytes - 4);
  if (!content || !content->starts_with(kIdentityMagic)) return {};
  return Identity{.formatVersion = getLittle<std::uint16_t>(row.data() + 8),
                  .logId = getUuid(row.data() + 16),
                  .created = WallTime(std::chrono::microseconds(getLittle<std::int64_t>(row.data() + 32)))};
}

Bytes encode(const Head& head) {
  Bytes row(56, '\0');
  putLittle(row.data(), head.last);
  putLittle(row.data() + 8, head.events);
  putLittle(row.data() + 16, head.streams);
  putDigest(row.data() + 24, head.chain);
  seal(row);
  return row;
}

std::optional<Head> decodeHead(BytesView row) {
  if (!unseal(row, 56)) return {};
  return Head{.last = getLittle<std::uint64_t>(row.data()),
              .events = getLittle<std::uint64_t>(row.data() + 8),
              .streams = getLittle<std::uint32_t>(row.data() + 16),
              .chain = getDigest(row.data() + 24)};
}

Bytes encode(const StreamRow& stream) {
  Bytes row(12, '\0');
  putLittle(row.data(), stream.first);
  putLittle(row.data() + 8, stream.count);
  return row;
}

std::optional<StreamRow> decodeStreamRow(BytesView row) {
  if (row.size() != 12) return {};
  return StreamRow{.first = getLittle<std::uint64_t>(row.data()),
                   .count = getLittle<std::uint32_t>(row.data() + 8)};
}

Bytes encode(const IdempotencyRow& idempotent, BytesView key) {
  Bytes row(56, '\0');
  putDigest(row.data(), idempotent.content);
  putLittle(row.data() + 32, idempotent.first);
  putLittle(row.data() + 40, idempotent.last);
  putLittle(row.data() + 48, std::int64_t{idempotent.recordedAt.time_since_epoch().count()});
  Bytes covered = Bytes(key) + row;
  seal(covered);
  return covered.substr(key.size());
}

std::optional<IdempotencyRow> decodeIdempotency(BytesView row, BytesView key) {
  if (row.size() != 60 || !unseal(Bytes(key) + Bytes(row))) return {};
  return IdempotencyRow{
      .content = getDigest(row.data()),
      .first = getLittle<std::uint64_t>(row.data() + 32),
      .last = getLittle<std::uint64_t>(row.data() + 40),
      .recordedAt = WallTime(std::chrono::microseconds(getLittle<std::int64_t>(row.data() + 48)))};
}

Bytes encodeDataKey(Uuid keyId) {
  Bytes row(16, '\0');
  putUuid(row.data(), keyId);
  seal(row);
  return row;
}

std::optional<Uuid> decodeDataKey(BytesView row) {
  if (!unseal(row, 16)) return {};
  return getUuid(row.data());
}

Bytes encode(const Gaps& gaps) {
  Bytes row(gaps.size() * 16, '\0');
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    putLittle(row.data() + 16 * i, gaps[i].first);
    putLittle(row.data() + 16 * i + 8, gaps[i].second);
  }
  seal(row);
  return row;
}

std::optional<Gaps> decodeGaps(BytesView row) {
  const auto content = unseal(row);
  if (!content || content->size() % 16 != 0) return {};
  Gaps gaps;
  for (std::size_t at = 0; at < content->size(); at += 16) {
    gaps.emplace_back(getLittle<std::uint64_t>(row.data() + at),
                      getLittle<std::uint64_t>(row.data() + at + 8));
  }
  return gaps;
}

StreamKey streamKey(std::uint32_t stream, std::uint64_t version) {
  StreamKey key{};
  putBig(key.data(), stream);
  putBig(key.data() + 4, version);
  return key;
}

std::optional<StreamPlace> parseStreamKey(BytesView key) {
  if (key.size() != 12) return {};
  return StreamPlace{.number = getBig<std::uint32_t>(key.data()),
                     .version = getBig<std::uint64_t>(key.data() + 4)};
}

ChunkKey chunkKey(Uuid packId, std::uint32_t number) {
  ChunkKey key{};
  putUuid(key.data(), packId);
  putBig(key.data() + 16, number);
  return key;
}

}  // namespace cachify::log
