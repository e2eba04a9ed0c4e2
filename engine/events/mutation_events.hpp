#pragma once
// snapshot.captured and mutation.*: what is durable before a byte is sent, and what came of it.
// A snapshot's id is the id of its event, a mutation's that of its mutation.requested.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/uuid.hpp"
#include "domain/act.hpp"
#include "domain/value.hpp"
#include "events/catalogue.hpp"

namespace cachify::events {

/// A key as it was or is, without its value.
struct KeyState {
  Bytes key{};
  domain::ValueType type = domain::ValueType::none;  ///< none: absent
  std::uint64_t sizeBytes = 0;
  std::optional<WallTime> deadline{};  ///< nothing: no expiry
  /// Hex of the content digest keyed with the vault's digest key; empty where the content was not read.
  std::string digest{};
  bool deadlineKnown = true;  ///< false: the server would not tell
  /// So many named elements of a large collection, and nothing else of it, are what size and digest tell of.
  /// 0: they tell of the whole value.
  std::uint64_t elements = 0;

  [[nodiscard]] bool existed() const { return type != domain::ValueType::none; }
  bool operator==(const KeyState&) const = default;
};

struct SnapshotCaptured {
  static constexpr EventType kType = EventType::snapshotCaptured;
  ConnectionId connectionId{};
  domain::Action reason = domain::Action::set;
  KeyState state{};
  std::optional<std::uint32_t> packIndex{};  ///< nothing: nothing to keep (absent), or not captured
  std::string notCaptured{};                 ///< why there is no way back; empty: there is
  Uuid ownPack{};                            ///< of version 1; nil: see `packOf`

  bool operator==(const SnapshotCaptured&) const = default;
};

/// Pack of the vault that holds the value: it bears the id of the mutation, or batch, that the snapshot was
/// taken for, which is what the event's frame says caused it. Version 1 gave each pack an id of its own.
[[nodiscard]] inline Uuid packOf(const SnapshotCaptured& event, Uuid causationId) {
  return event.ownPack.isNil() ? causationId : event.ownPack;
}

/// Encodes the snapshots of one batch; what they share is written once.
class SnapshotEncoder {
 public:
  SnapshotEncoder(ConnectionId connection, domain::Action reason);
  [[nodiscard]] std::string operator()(const KeyState& state, std::optional<std::uint32_t> packIndex,
                                       std::string_view notCaptured, Uuid ownPack = {}) const;

 private:
  std::string start_;
};

struct MutationRequested {
  static constexpr EventType kType = EventType::mutationRequested;
  ConnectionId connectionId{};
  domain::Action action = domain::Action::set;
  std::vector<Bytes> keys{};
  std::vector<SnapshotId> snapshots{};  ///< one per key, in order
  bool undoable = true;
  bool confirmed = false;  ///< a person named the connection
  bool acceptedNoUndo = false;
  std::string change{};  ///< redacted, for people
  /// What it is to make of the keys, in order: known even if no outcome ever is.
  std::vector<KeyState> intended{};

  bool operator==(const MutationRequested&) const = default;
};

struct MutationApplied {
  static constexpr EventType kType = EventType::mutationApplied;
  MutationId mutationId{};
  ConnectionId connectionId{};
  std::vector<KeyState> after{};  ///< one per key, in the order of the request
  std::uint32_t attempts = 1;
  std::chrono::microseconds duration{};
  /// What the server said of an edit (how many, the new length, the entry's id). Never a part of a value.
  std::string result{};

  bool operator==(const MutationApplied&) const = default;
};

struct MutationFailed {
  static constexpr EventType kType = EventType::mutationFailed;
  MutationId mutationId{};
  ConnectionId connectionId{};
  std::string errorCode{};
  std::string message{};
  std::uint32_t attempts = 1;
  std::chrono::microseconds duration{};
  /// Where it had an effect all the same: the keys as they are since, in the order of the request.
  std::vector<KeyState> after{};

  bool operator==(const MutationFailed&) const = default;
};

/// Sent, and nobody knows whether it took effect.
struct MutationUnknown {
  static constexpr EventType kType = EventType::mutationUnknown;
  MutationId mutationId{};
  ConnectionId connectionId{};
  std::string reason{};  ///< "noAnswer", or "processEnded" when found after a crash
  std::uint32_t attempts = 1;

  bool operator==(const MutationUnknown&) const = default;
};

/// The intent of one batch of a run: its keys are those of the `snapshots` snapshot.captured events that
/// stand right before it in the log, in the order of the run's steps.
struct MutationBatchRequested {
  static constexpr EventType kType = EventType::mutationBatchRequested;
  ConnectionId connectionId{};
  ExecutionId execution{};
  domain::Action action = domain::Action::set;
  std::uint64_t firstStep = 0;   ///< number of its first step in the plan
  std::uint64_t snapshots = 0;   ///< how many
  std::uint64_t runVersion = 0;  ///< version of the run's stream when it was decided: its steps come after
  bool confirmed = false;
  bool acceptedNoUndo = false;

  bool operator==(const MutationBatchRequested&) const = default;
};

/// What came of each key stands in the steps that are appended together with this.
struct MutationBatchSettled {
  static constexpr EventType kType = EventType::mutationBatchSettled;
  MutationId mutationId{};  ///< id of the mutation.batch_requested
  ConnectionId connectionId{};
  std::uint64_t applied = 0;
  std::uint64_t failed = 0;
  std::uint64_t unknown = 0;  ///< sent, and nobody knows
  std::chrono::microseconds duration{};

  bool operator==(const MutationBatchSettled&) const = default;
};

[[nodiscard]] std::string encode(const MutationBatchRequested& event);
[[nodiscard]] std::string encode(const MutationBatchSettled& event);
[[nodiscard]] Result<void> decode(std::string_view payload, MutationBatchRequested& event);
[[nodiscard]] Result<void> decode(std::string_view payload, MutationBatchSettled& event);

[[nodiscard]] std::string encode(const SnapshotCaptured& event);
[[nodiscard]] std::string encode(const MutationRequested& event);
[[nodiscard]] std::string encode(const MutationApplied& event);
[[nodiscard]] std::string encode(const MutationFailed& event);
[[nodiscard]] std::string encode(const MutationUnknown& event);
[[nodiscard]] Result<void> decode(std::string_view payload, SnapshotCaptured& event);
[[nodiscard]] Result<void> decode(std::string_view payload, MutationRequested& event);
[[nodiscard]] Result<void> decode(std::string_view payload, MutationApplied& event);
[[nodiscard]] Result<void> decode(std::string_view payload, MutationFailed& event);
[[nodiscard]] Result<void> decode(std::string_view payload, MutationUnknown& event);

}  // namespace cachify::events
