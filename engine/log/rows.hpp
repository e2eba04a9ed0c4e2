#pragma once
// Keys and values of every table but `records` and `vault` (FORMAT.md, sections 1 and 5). Pure.

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "log/frame.hpp"

namespace cachify::log {

using Gaps = std::vector<std::pair<Position, Position>>;

struct TableSpec {
  const char* name{};
  bool integerKey{};
};
enum Table : std::size_t { records, streams, names, vault, idempotency, meta };
inline constexpr std::array<TableSpec, 6> kTables{{{"records", true},
                                                   {"streams", false},
                                                   {"names", false},
                                                   {"vault", false},
                                                   {"idempotency", false},
                                                   {"meta", false}}};

inline constexpr std::string_view kIdentityRow = "identity";
inline constexpr std::string_view kHeadRow = "head";
inline constexpr std::string_view kDataKeyRow = "dataKey";
inline constexpr std::string_view kGapsRow = "gaps";
inline constexpr std::string_view kIdentityMagic{
    "\xFF"
    "CFYLOG\n",
    8};
inline constexpr std::size_t kIdentityBytes = 44;

struct Identity {
  std::uint16_t formatVersion = 0;
  Uuid logId{};
  WallTime created{};
};

struct Head {
  Position last = 0;
  std::uint64_t events = 0;
  std::uint32_t streams = 0;  ///< highest stream number given
  Digest chain{};
};

struct StreamRow {
  Position first = 0;
  std::uint32_t count = 0;
};

struct IdempotencyRow {
  Digest content{};
  Position first = 0;
  Position last = 0;
  WallTime recordedAt{};
};

[[nodiscard]] Bytes encode(const Identity& identity);
[[nodiscard]] Bytes encode(const Head& head);
[[nodiscard]] Bytes encode(const StreamRow& row);
[[nodiscard]] Bytes encode(const IdempotencyRow& row, BytesView key);
[[nodiscard]] Bytes encodeDataKey(Uuid keyId);
[[nodiscard]] Bytes encode(const Gaps& gaps);

/// Empty where length, magic or CRC is wrong.
[[nodiscard]] std::optional<Identity> decodeIdentity(BytesView row);
[[nodiscard]] std::optional<Head> decodeHead(BytesView row);
[[nodiscard]] std::optional<StreamRow> decodeStreamRow(BytesView row);
[[nodiscard]] std::optional<IdempotencyRow> decodeIdempotency(BytesView row, BytesView key);
[[nodiscard]] std::optional<Uuid> decodeDataKey(BytesView row);
[[nodiscard]] std::optional<Gaps> decodeGaps(BytesView row);

using StreamKey = std::array<char, 12>;
[[nodiscard]] StreamKey streamKey(std::uint32_t stream, std::uint64_t version);
struct StreamPlace {
  std::uint32_t number = 0;  ///< 0: no stream
  std::uint64_t version = 0;
};
[[nodiscard]] std::optional<StreamPlace> parseStreamKey(BytesView key);
using ChunkKey = std::array<char, 20>;
[[nodiscard]] ChunkKey chunkKey(Uuid packId, std::uint32_t number);

template <std::size_t N>
[[nodiscard]] BytesView view(const std::array<char, N>& key) {
  return {key.data(), key.size()};
}

}  // namespace cachify::log
