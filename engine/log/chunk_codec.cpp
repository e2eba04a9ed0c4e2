#include "log/chunk_codec.hpp"

#include "log/damage.hpp"
#include "log/wire.hpp"

namespace cachify::log {
namespace {

constexpr std::size_t kSmallest = kChunkHeadBytes + kTagBytes + 4;
constexpr std::size_t kLargest = kSmallest + kChunkPlainBytes;
constexpr std::uint32_t kLastFlag = 1;

}  // namespace

Bytes associatedData(const ChunkHead& head) {
  Bytes data(56, '\0');
  putUuid(data.data(), head.logId);
  putUuid(data.data() + 16, head.packId);
  putUuid(data.data() + 32, head.keyId);
  putLittle(data.data() + 48, head.number);
  putLittle(data.data() + 52, head.last ? kLastFlag : 0U);
  return data;
}

Bytes encodeChunk(const ChunkHead& head, BytesView nonce, BytesView sealed) {
  Bytes chunk(kChunkHeadBytes + sealed.size() + 4, '\0');
  char* const at = chunk.data();
  std::memcpy(at, kChunkMagic.data(), kChunkMagic.size());
  putLittle(at + 8, static_cast<std::uint32_t>(chunk.size()));
  putLittle(at + 12, head.number);
  putLittle(at + 16, head.last ? kLastFlag : 0U);
  putUuid(at + 24, head.logId);
  putUuid(at + 40, head.packId);
  putUuid(at + 56, head.keyId);
  std::memcpy(at + 72, nonce.data(), kNonceBytes);
  std::memcpy(at + kChunkHeadBytes, sealed.data(), sealed.size());
  putLittle(at + chunk.size() - 4, crc32c({at, chunk.size() - 4}));
  return chunk;
}

std::optional<std::size_t> chunkLengthAt(BytesView bytes) {
  if (bytes.size() < kSmallest || !bytes.starts_with(kChunkMagic)) return {};
  const std::size_t total = getLittle<std::uint32_t>(bytes.data() + 8);
  if (total < kSmallest || total > kLargest || total > bytes.size()) return {};
  return total;
}

Result<ChunkView> viewChunk(BytesView bytes) {
  if (chunkLengthAt(bytes) != bytes.size())
    return fail(damage("vault", 0, "a vault chunk's magic or length does not hold"));
  const char* const at = bytes.data();
  if (getLittle<std::uint32_t>(at + bytes.size() - 4) != crc32c(bytes.substr(0, bytes.size() - 4))) {
    return fail(damage("vault", 0, "a vault chunk's CRC does not hold"));
  }
  return ChunkView{.head = {.number = getLittle<std::uint32_t>(at + 12),
                            .last = getLittle<std::uint32_t>(at + 16) == kLastFlag,
                            .logId = getUuid(at + 24),
                            .packId = getUuid(at + 40),
                            .keyId = getUuid(at + 56)},
                   .nonce = bytes.substr(72, kNonceBytes),
                   .sealed = bytes.substr(kChunkHeadBytes, bytes.size() - kChunkHeadBytes - 4)};
}

}  // namespace cachify::log
