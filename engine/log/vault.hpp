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

struct DataKey {
  Uuid id{};
  SecretText key{};  ///< 32 bytes
  [[nodiscard]] static DataKey make(WallTime now);
};

/// Seals and opens packs. Pure computation on bytes (no storage); thread-safe.
class Vault {
 public:
  Vault(Uuid logId, DataKey key);

  /// The blobs as the chunks of one pack, to be found by their order. A pack from which blobs are erased is
  /// sealed again under its id, with an empty blob in place of each.
  [[nodiscard]] Result<std::vector<SealedChunk>> seal(Uuid packId, std::span<const Bytes> blobs) const;
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
