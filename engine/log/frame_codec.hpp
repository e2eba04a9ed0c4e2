#pragma once
// Frames to bytes and back (FORMAT.md, sections 2 and 3). Pure.

#include <optional>
#include <span>

#include "core/result.hpp"
#include "log/frame.hpp"

namespace cachify::log {

inline constexpr std::uint16_t kFormatVersion = 1;
inline constexpr std::string_view kFrameMagic{
    "\xFF"
    "CFYFRM\n",
    8};
inline constexpr std::size_t kMaxFrameEvents = 65'536;
inline constexpr std::size_t kMaxFrameBytes = 64UL << 20;
inline constexpr std::size_t kMaxNameBytes = 255;  ///< of a stream, and of each part of an actor
inline constexpr std::size_t kPrologueBytes = 32;
inline constexpr std::size_t kTrailerBytes = 36;

/// All of a frame that does not depend on its place in the log. Made on the caller's thread, so that salting
/// and hashing stay out of the write transaction.
struct PreparedFrame {
  std::string stream{};
  Bytes header{};  ///< place and stream number still zero
  Bytes body{};
  std::uint32_t bodyCrc = 0;
  std::uint32_t count = 0;
  Digest root{};

  [[nodiscard]] std::size_t encodedBytes() const {
    return kPrologueBytes + header.size() + body.size() + kTrailerBytes;
  }
};

/// VALIDATION_ERROR for a draft that breaks a limit above or has no payload.
[[nodiscard]] Result<PreparedFrame> prepareFrame(const FrameDraft& draft);

struct Place {
  Position first = 0;
  std::uint64_t firstStreamVersion = 0;
  std::uint32_t streamNumber = 0;
};

/// Writes `frame.encodedBytes()` bytes at `out`; answers the chain value after the frame.
[[nodiscard]] Digest encodeFrame(const PreparedFrame& frame, const Place& place, const Digest& previousChain,
                                 char* out);

/// One entry of a body; points into the frame's bytes.
struct EventEntry {
  bool purged = false;
  BytesView salted{};  ///< salt ‖ payload, or the digest of a purged event

  [[nodiscard]] BytesView payload() const { return purged ? BytesView() : salted.substr(16); }
  [[nodiscard]] Digest digest() const;
};

/// A frame in place: lengths and CRCs have been checked, digests and chain have not.
struct FrameView {
  BytesView bytes{};   ///< the whole frame
  BytesView header{};  ///< what the chain covers
  BytesView body{};
  Position firstPosition = 0;
  std::uint64_t firstStreamVersion = 0;
  std::uint32_t streamNumber = 0;
  std::uint32_t count = 0;
  BytesView stream{};
  Digest chain{};

  [[nodiscard]] Position lastPosition() const { return firstPosition + count - 1; }
  [[nodiscard]] bool anyPurged() const;
  /// Root over the events' digests. `digests` takes them if not null.
  [[nodiscard]] Digest root(std::vector<Digest>* digests = nullptr) const;
};

/// `bytes` must be exactly one frame. INTERNAL_ERROR `damaged` otherwise; `expected` names the position in
/// the message.
[[nodiscard]] Result<FrameView> viewFrame(BytesView bytes, Position expected);
/// Length of the frame that seems to begin here: magic and the CRC of prologue and header hold. For salvage.
[[nodiscard]] std::optional<std::size_t> frameLengthAt(BytesView bytes);

[[nodiscard]] Frame toFrame(const FrameView& view);

[[nodiscard]] Digest chainOrigin(Uuid logId);
[[nodiscard]] Digest chainAfter(const Digest& previous, BytesView header, const Digest& root);

/// The same frame with these events (indexes from 0, ascending) purged: their digests take the place of salt
/// and payload.
[[nodiscard]] Bytes purgeEvents(const FrameView& view, std::span<const std::uint32_t> indexes);

/// Walks the entries of a body whose shape `viewFrame` has checked.
class EntryCursor {
 public:
  explicit EntryCursor(BytesView body) : rest_(body) {}
  /// False at the end, or where the body is cut short.
  bool next(EventEntry& entry);
  [[nodiscard]] bool atEnd() const { return rest_.empty(); }

 private:
  BytesView rest_;
};

}  // namespace cachify::log
