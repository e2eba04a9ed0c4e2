#pragma once
// What the log keeps: frames of 1…N events of one type and one stream. The exact bytes are in FORMAT.md.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/digest.hpp"
#include "core/uuid.hpp"

namespace cachify::log {

/// Random bytes that stand before each payload when its digest is computed.
inline constexpr std::size_t kSaltBytes = 16;

/// Positions number events from 1, without gaps.
using Position = std::uint64_t;

/// Who did it. Stands in the frame header.
struct Actor {
  std::string osUser{};
  std::string host{};
  std::string surface{};  ///< app, cli, workflow, plugin, engine

  bool operator==(const Actor&) const = default;
};

/// A frame as the caller hands it over. Payloads are JSON text; the log does not look inside.
struct FrameDraft {
  std::string stream{};  ///< never a key name: stream names are not erasable
  std::uint16_t type = 0;
  std::uint16_t schemaVersion = 1;
  Uuid firstEventId{};   ///< event i has id firstEventId.offsetBy(i)
  Uuid correlationId{};  ///< nil: none
  Uuid causationId{};    ///< nil: none
  WallTime recordedAt{};
  Actor actor{};
  std::vector<std::string> payloads{};  ///< at least one
};

/// A frame as it was read back; CRC-checked.
struct Frame {
  Position firstPosition = 0;
  std::string stream{};
  std::uint64_t firstStreamVersion = 0;  ///< version of the stream's first event in this frame, from 1
  std::uint16_t type = 0;
  std::uint16_t schemaVersion = 1;
  Uuid firstEventId{};
  Uuid correlationId{};
  Uuid causationId{};
  WallTime recordedAt{};
  Actor actor{};
  std::vector<std::string> payloads{};     ///< empty text where the payload was purged
  Bytes salts{};                           ///< kSaltBytes of each event; zeros where it was purged
  std::map<std::size_t, Digest> purged{};  ///< what is left of those
  Digest chain{};                          ///< chain value after this frame

  [[nodiscard]] Position lastPosition() const { return firstPosition + payloads.size() - 1; }
  /// SHA-256(salt ‖ payload). Computed when asked for: few readers are interested.
  [[nodiscard]] Digest digest(std::size_t i) const;
  [[nodiscard]] Uuid eventId(std::size_t i) const { return firstEventId.offsetBy(i); }
};

}  // namespace cachify::log
