#include "log/vault.hpp"

#include <sodium.h>
#include <zstd.h>

#include "log/chunk_codec.hpp"
#include "log/damage.hpp"
#include "log/wire.hpp"

namespace cachify::log {
namespace {

constexpr int kCompressionLevel = 1;
constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr char kKdfContext[crypto_kdf_CONTEXTBYTES + 1] = "cachify\0";
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == kNonceBytes);
static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == kTagBytes);

const unsigned char* raw(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

/// Plain bytes of snapshots do not stay in freed memory.
struct Wiped {
  Bytes bytes;
  explicit Wiped(std::size_t size) : bytes(size, '\0') {}
  ~Wiped() { sodium_memzero(bytes.data(), bytes.size()); }
  Wiped(Wiped&&) noexcept = default;
  Wiped& operator=(Wiped&&) = delete;
};

SecretText deriveDigestKey(const SecretText& dataKey) {
  if (dataKey.reveal().size() != kKeyBytes) return {};
  Bytes key(kKeyedDigestBytes, '\0');
  crypto_kdf_derive_from_key(raw(key), key.size(), 2, kKdfContext, raw(dataKey.reveal()));
  return SecretText(std::move(key));
}

Wiped packContent(std::span<const Bytes> blobs) {
  std::size_t size = 4 + 8 * blobs.size();
  for (const Bytes& blob : blobs) size += blob.size();
  Wiped content(size);
  putLittle(content.bytes.data(), static_cast<std::uint32_t>(blobs.size()));
  char* length = content.bytes.data() + 4;
  char* at = length + 8 * blobs.size();
  for (const Bytes& blob : blobs) {
    putLittle(length, std::uint64_t{blob.size()});
    length += 8;
    std::memcpy(at, blob.data(), blob.size());
    at += blob.size();
  }
  return content;
}

Result<Wiped> compress(BytesView content) {
  Wiped compressed(ZSTD_compressBound(content.size()));
  const std::size_t size = ZSTD_compress(compressed.bytes.data(), compressed.bytes.size(), content.data(),
                                         content.size(), kCompressionLevel);
  if (ZSTD_isError(size) != 0U) return fail(ErrorCode::internalError, "a snapshot could not be compressed");
  compressed.bytes.resize(size);
  return compressed;
}

Error unsound(const char* what) {
  return damage("vault", 0, what);
}

Result<Wiped> decompress(BytesView compressed) {
  const auto size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return fail(unsound("a pack is not what was sealed"));
  Wiped content(static_cast<std::size_t>(size));
  if (ZSTD_decompress(content.bytes.data(), content.bytes.size(), compressed.data(), compressed.size()) !=
      size) {
    return fail(unsound("a pack cannot be decompressed"));
  }
  return content;
}

Result<std::vector<Bytes>> splitContent(BytesView content) {
  if (content.size() < 4) return fail(unsound("a pack is too short"));
  const std::size_t count = getLittle<std::uint32_t>(content.data());
  if ((content.size() - 4) / 8 < count) return fail(unsound("a pack's count of blobs is impossible"));
  std::vector<Bytes> blobs;
  blobs.reserve(count);
  BytesView rest = content.substr(4 + 8 * count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto length = getLittle<std::uint64_t>(content.data() + 4 + 8 * i);
    if (length > rest.size()) return fail(unsound("a blob of a pack is cut short"));
    blobs.emplace_back(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  if (!rest.empty()) return fail(unsound("a pack is longer than its blobs"));
  return blobs;
}

Bytes sealChunk(const ChunkHead& head, BytesView plain, const SecretText& key) {
  Bytes nonce(kNonceBytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  Bytes sealed(plain.size() + kTagBytes, '\0');
  const Bytes data = associatedData(head);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed), nullptr, raw(plain), plain.size(),
                                             raw(BytesView(data)), data.size(), nullptr,
                                             raw(BytesView(nonce)), raw(key.reveal()));
  return encodeChunk(head, nonce, sealed);
}

}  // namespace

DataKey DataKey::make(WallTime now) {
  Bytes key(kKeyBytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_keygen(raw(key));
  return {.id = Uuid::makeV7(now), .key = SecretText(std::move(key))};
}

Vault::Vault(Uuid logId, DataKey key)
    : logId_(logId), key_(std::move(key)), digestKey_(deriveDigestKey(key_.key)) {}

Result<std::vector<SealedChunk>> Vault::seal(Uuid packId, std::span<const Bytes> blobs) const {
  if (digestKey_.empty()) return fail(ErrorCode::internalError, "the vault's data key is not 32 bytes");
  const Wiped content = packContent(blobs);
  const auto compressed = compress(content.bytes);
  if (!compressed) return fail(compressed.error());
  ChunkHead head{.logId = logId_, .packId = packId, .keyId = key_.id};
  std::vector<SealedChunk> chunks;
  BytesView rest = compressed->bytes;
  for (; !head.last; ++head.number) {
    const BytesView plain = rest.substr(0, kChunkPlainBytes);
    rest.remove_prefix(plain.size());
    head.last = rest.empty();
    chunks.push_back({.packId = packId, .number = head.number, .frame = sealChunk(head, plain, key_.key)});
  }
  return chunks;
}

Result<std::vector<Bytes>> Vault::open(Uuid packId, std::span<const SealedChunk> chunks) const {
  std::size_t total = 0;
  for (const SealedChunk& chunk : chunks) total += chunk.frame.size();
  Wiped compressed(0);
  compressed.bytes.reserve(total);  // growing would leave copies behind
  bool ended = false;
  for (std::uint32_t number = 0; number < chunks.size(); ++number) {
    const auto chunk = viewChunk(chunks[number].frame);
    if (!chunk) return fail(chunk.error());
    const ChunkHead& head = chunk->head;
    if (head.keyId != key_.id || digestKey_.empty()) {
      return fail(ErrorCode::unauthorized, "the pack was sealed with another data key than the one at hand");
    }
    const ChunkHead expected{
        .number = number, .last = head.last, .logId = logId_, .packId = packId, .keyId = key_.id};
    if (ended || head.number != number) return fail(unsound("a pack's chunks are not in order"));
    const Bytes data = associatedData(expected);
    Wiped plain(chunk->sealed.size() - kTagBytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain.bytes), nullptr, nullptr, raw(chunk->sealed),
                                                   chunk->sealed.size(), raw(BytesView(data)), data.size(),
                                                   raw(chunk->nonce), raw(key_.key.reveal())) != 0) {
      return fail(unsound("a vault chunk does not authenticate"));
    }
    compressed.bytes += plain.bytes;
    ended = head.last;
  }
  if (!ended) return fail(unsound("a pack has lost its last chunk"));
  const auto content = decompress(compressed.bytes);
  if (!content) return fail(content.error());
  return splitContent(content->bytes);
}

}  // namespace cachify::log
