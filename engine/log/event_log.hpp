#pragma once
// The event log: the only truth. Append-only, hash-chained, shared by any number of processes.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "log/event_reader.hpp"
#include "log/vault.hpp"

namespace cachify::log {

struct OpenOptions {
  std::filesystem::path directory{};  ///< made if it is not there, readable by the user only
  std::uint64_t mapSizeBytes = 256ULL << 30;
  bool readOnly = false;
  /// How long an append may wait for another process' write lock before it fails naming the holder.
  std::chrono::milliseconds lockPatience{10'000};
  /// By which idempotency keys expire; the system's if null.
  std::shared_ptr<const Clock> clock{};
};

/// What must hold for an append to happen, judged inside the write transaction.
struct StreamCondition {
  enum class Kind : std::uint8_t { noStream, exactVersion };
  std::string stream{};
  Kind kind = Kind::exactVersion;
  std::uint64_t version = 0;  ///< for exactVersion

  /// Nobody appended to the stream since it had this version; 0: nobody ever did.
  [[nodiscard]] static StreamCondition unchangedSince(std::string stream, std::uint64_t version) {
    return {.stream = std::move(stream),
            .kind = version == 0 ? Kind::noStream : Kind::exactVersion,
            .version = version};
  }
};

struct Idempotency {
  std::string key{};
  Digest content{};  ///< of the command: the same key with other content is CONFLICT
};

enum class Durability : std::uint8_t {
  durable,  ///< answered after the flush
  soon,     ///< answered when queued, with positions 0; joins the next commit, at latest after 200 ms
};

struct PreparedFrame;

struct AppendRequest {
  std::vector<FrameDraft> frames{};
  /// In place of `frames`: made of them by `prepareFrames`. Copies of the request share them.
  std::shared_ptr<const std::vector<PreparedFrame>> prepared{};
  std::vector<StreamCondition> conditions{};
  std::vector<SealedChunk> chunks{};  ///< of the vault, written in the same transaction
  /// Events whose payload and salt go for good, their digests staying (FORMAT.md, section 3). NOT_FOUND
  /// beyond the head.
  std::vector<Position> purge{};
  /// Packs removed before `chunks` are written: a pack can be replaced under its id.
  std::vector<Uuid> erasePacks{};
  std::optional<Idempotency> idempotency{};
  Durability durability = Durability::durable;
};

/// Salts and hashes the frames now, so that appending need not do it on its caller's thread, and a request
/// that is offered a second time is not hashed again. VALIDATION_ERROR as appending would answer.
[[nodiscard]] Result<void> prepareFrames(AppendRequest& request);

struct AppendReceipt {
  Position first = 0;
  Position last = 0;
  /// The idempotency key was seen before with the same content: nothing was written, positions are those of
  /// then.
  bool repeated = false;
};

struct LogStatus {
  Uuid logId{};
  std::uint64_t events = 0;
  Position lastPosition = 0;
  Position durablePosition = 0;  ///< flushed to disk; equal to lastPosition once the queue is empty
  std::uint64_t sizeBytes = 0;   ///< of pages in use
  std::uint64_t vaultBytes = 0;
  Digest chain{};
  std::uint16_t formatVersion = 0;
};

/// Thread-safe. One writer thread per process; requests that queued up while the last commit was flushing
/// become the next transaction.
///
/// Errors of an append: CONFLICT when a condition does not hold (details `stream`, `expectedVersion`,
/// `actualVersion`) or an idempotency key came with other content; INTERNAL_ERROR with detail `full` = true
/// when map or disk are full (nothing was written, reading goes on); TIMEOUT when the write lock was not to
/// be had, with details `holderPid`. All or nothing.
class EventLog : public EventReader {
 public:
  [[nodiscard]] static Result<std::unique_ptr<EventLog>> open(OpenOptions options);

  /// Waits. Never call it from the writer's own completion.
  [[nodiscard]] virtual Result<AppendReceipt> append(AppendRequest request) = 0;
  /// `done` runs on a thread of the log and must be short. For `soon` it runs when the commit is done, too.
  /// With a request that can be seen to be wrong it runs at once, on the caller's thread. Waits for room (at
  /// most `lockPatience`) while the queue holds 64 MiB or 16 384 requests.
  virtual void appendAsync(AppendRequest request, std::function<void(Result<AppendReceipt>)> done) = 0;
  /// Waits until everything queued so far is on disk.
  virtual Result<void> flush() = 0;

  /// The receipt of a durable append under this idempotency key within the last 24 h, if there is one.
  /// CONFLICT when the content differs.
  [[nodiscard]] virtual Result<std::optional<AppendReceipt>> findIdempotent(
      const Idempotency& idempotency) const = 0;

  /// Chunks of one pack, in order. NOT_FOUND when erased or never written; damage as in EventReader.
  [[nodiscard]] virtual Result<std::vector<SealedChunk>> readPack(Uuid packId) const = 0;

  /// Which data key the vault is sealed with; nil: no vault yet.
  [[nodiscard]] virtual Result<Uuid> dataKeyId() const = 0;
  /// Set once; CONFLICT if another process set another one meanwhile.
  virtual Result<void> setDataKeyId(Uuid keyId) = 0;

  /// Whole frames as they are stored (FORMAT.md, section 2), for export and for verifying elsewhere; chosen
  /// like `framesFrom`.
  [[nodiscard]] virtual Result<std::vector<Bytes>> storedFramesFrom(Position from,
                                                                    std::size_t maxBytes) const = 0;

  [[nodiscard]] virtual Result<LogStatus> status() const = 0;
};

}  // namespace cachify::log
