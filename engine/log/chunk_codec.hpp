#pragma once
// A vault chunk's frame (FORMAT.md, section 4). Pure.

#include <optional>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"

namespace cachify::log {

inline constexpr std::string_view kChunkMagic{
    "\xFF"
    "CFYCHK\n",
    8};
inline constexpr std::size_t kChunkPlainBytes = 1UL << 20;
inline constexpr std::size_t kNonceBytes = 24;
inline constexpr std::size_t kTagBytes = 16;
inline constexpr std::size_t kChunkHeadBytes = 96;

struct ChunkHead {
  std::uint32_t number = 0;
  bool last = false;
  Uuid logId{};
  Uuid packId{};
  Uuid keyId{};
};

struct ChunkView {
  ChunkHead head{};
  BytesView nonce{};
  BytesView sealed{};
};

[[nodiscard]] Bytes associatedData(const ChunkHead& head);
[[nodiscard]] Bytes encodeChunk(const ChunkHead& head, BytesView nonce, BytesView sealed);
/// `bytes` must be exactly one chunk. INTERNAL_ERROR `damaged`, kind `vault`, otherwise.
[[nodiscard]] Result<ChunkView> viewChunk(BytesView bytes);
/// Length of the chunk that seems to begin here: magic and a possible length. For salvage.
[[nodiscard]] std::optional<std::size_t> chunkLengthAt(BytesView bytes);

}  // namespace cachify::log
