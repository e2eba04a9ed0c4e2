#pragma once
// The vault: snapshots' bytes, compressed (zstd) and sealed (XChaCha20-Poly1305), in packs beside the
// records. The associated data of a chunk are log id, pack id, data-key id and chunk number (FORMAT.md).

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/secret_text.hpp"
#include "core/uuid.hpp"

namespace cachify::log {

/// One row of the vault table, sealed and framed (magic, length, ids, CRC): at most 1 MiB of plain bytes.
struct SealedChunk {
  Uuid packId{};
  std::uint32_t number = 0;
  Bytes frame{};
};

/// Where one blob lies. Goes into the payload of its `snapshot.captured` event.
struct VaultRef {
  Uuid packId{};
  std::uint32_t index = 0;  ///< of the blob in its pack
};

struct DataKey {
  Uuid id{};
  SecretText key{};  ///< 32 bytes
  [[nodiscard]] static DataKey make(WallTime now);
};

/// Seals and opens packs. Pure computation on bytes (no storage); thread-safe.
class Vault {
 public:
  Vault(Uuid logId, DataKey key);

  struct Sealed {
    std::vector<SealedChunk> chunks;
    std::vector<VaultRef> refs;  ///< one per blob, in order
  };
  [[nodiscard]] Result<Sealed> seal(WallTime now, std::span<const Bytes> blobs) const;
  /// The same under an id that is given: to replace a pack from which blobs are erased (an empty blob stands
  /// for one).
  [[nodiscard]] Result<Sealed> sealAs(Uuid packId, std::span<const Bytes> blobs) const;
  /// All blobs of the pack. INTERNAL_ERROR with `damaged` when a chunk does not authenticate or one is
  /// missing; UNAUTHORIZED when it was sealed with another key.
  [[nodiscard]] Result<std::vector<Bytes>> open(Uuid packId, std::span<const SealedChunk> chunks) const;

  /// A key derived from the data key (libsodium crypto_kdf) for digests of values in events, so that nobody
  /// without the key can guess a value from its digest.
  [[nodiscard]] const SecretText& digestKey() const { return digestKey_; }
  [[nodiscard]] Uuid keyId() const { return key_.id; }

 private:
  Uuid logId_;
  DataKey key_;
  SecretText digestKey_;
};

}  // namespace cachify::log
