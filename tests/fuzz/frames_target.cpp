// Frames of the log: what was written is read, a changed byte is found, and bytes with all checksums right
// but written by no one of us do no harm.

#include <algorithm>
#include <numeric>

#include "fuzz/targets.hpp"
#include "log/frame_codec.hpp"
#include "log/wire.hpp"

namespace cachify::fuzz {
namespace {

using namespace log;

constexpr std::size_t kFixedHeaderBytes = 96;  // FORMAT.md, section 2

/// Cuts a part off whose length its first byte says.
BytesView takePart(BytesView& rest) {
  if (rest.empty()) return {};
  const auto length = std::min<std::size_t>(static_cast<unsigned char>(rest.front()), rest.size() - 1);
  const BytesView part = rest.substr(1, length);
  rest.remove_prefix(1 + length);
  return part;
}

FrameDraft draftFrom(BytesView rest) {
  FrameDraft draft;
  draft.stream = takePart(rest);
  draft.actor = {Bytes(takePart(rest)), Bytes(takePart(rest)), Bytes(takePart(rest))};
  draft.type = static_cast<std::uint16_t>(draft.stream.size() * 257);
  while (!rest.empty()) draft.payloads.emplace_back(takePart(rest));
  return draft;
}

void requireSame(const FrameDraft& draft, const Frame& frame) {
  require(frame.stream == draft.stream && frame.actor == draft.actor && frame.type == draft.type,
          "the header is what was written");
  require(frame.payloads == draft.payloads, "and so are the payloads");
}

void requirePurgeable(const FrameView& view) {
  std::vector<std::uint32_t> every(std::min<std::size_t>(view.count, kMaxFrameEvents));
  std::iota(every.begin(), every.end(), 0U);
  const Bytes purged = purgeEvents(view, every);
  const auto again = viewFrame(purged, view.firstPosition);
  require(again.has_value(), "a purged frame is a frame");
  require(again->root() == view.root() && again->chain == view.chain, "and proves what it proved before");
  require(std::ranges::all_of(toFrame(*again).payloads, &Bytes::empty), "without a payload");
}

void roundTrip(BytesView input, std::size_t where) {
  const FrameDraft draft = draftFrom(input);
  auto prepared = prepareFrame(draft);
  if (!prepared) {
    require(prepared.error().code == ErrorCode::validationError, "a draft that breaks a rule is refused");
    return;
  }
  Bytes bytes(prepared->encodedBytes(), '\0');
  const Digest chain = encodeFrame(*prepared, {7, 3, 1}, chainOrigin(Uuid()), bytes.data());
  const auto view = viewFrame(bytes, 7);
  require(view.has_value() && view->chain == chain && view->lastPosition() == 6 + draft.payloads.size(),
          "what was written is a frame");
  require(frameLengthAt(bytes + "after it") == bytes.size(), "and is found among other bytes");
  requireSame(draft, toFrame(*view));
  requirePurgeable(*view);
  bytes[where % bytes.size()] ^= static_cast<char>(1U << (where % 8));
  require(!viewFrame(bytes, 7), "a flipped bit is found");
}

/// Header and body as they come, inside an envelope whose lengths and checksums all hold.
void hostile(BytesView input, std::size_t headerUnits) {
  const std::size_t headerBytes = kFixedHeaderBytes + headerUnits % 16 * 8;
  Bytes header(input.substr(0, headerBytes));
  header.resize(headerBytes, '\0');
  const BytesView body = input.substr(std::min(headerBytes, input.size()));
  Bytes prologue(kPrologueBytes, '\0');
  Bytes trailer(kTrailerBytes, '\0');
  std::ranges::copy(kFrameMagic, prologue.begin());
  putLittle(prologue.data() + 8,
            static_cast<std::uint32_t>(kPrologueBytes + headerBytes + body.size() + kTrailerBytes));
  putLittle(prologue.data() + 12, static_cast<std::uint32_t>(headerBytes));
  putLittle(prologue.data() + 16, crc32c(body));
  putLittle(prologue.data() + 28, crc32c(prologue.substr(0, 28) + header));
  putLittle(trailer.data() + 32, crc32c(BytesView(trailer).substr(0, 32)));
  const Bytes bytes = prologue + header + Bytes(body) + trailer;
  require(frameLengthAt(bytes) == bytes.size(), "salvage takes it for a frame");
  const auto view = viewFrame(bytes, 1);
  if (!view) return;
  const Frame frame = toFrame(*view);
  require(frame.payloads.size() == view->count, "all events are read");
  for (std::size_t i = 0; i < frame.payloads.size(); ++i) static_cast<void>(frame.digest(i));
  requirePurgeable(*view);
}

void fuzzFrames(BytesView input) {
  if (input.size() < 3) return;
  const auto choice = static_cast<unsigned char>(input[0]);
  const std::size_t detail = getLittle<std::uint16_t>(input.data() + 1);
  if (choice % 2 == 0) {
    roundTrip(input.substr(3), detail);
  } else {
    hostile(input.substr(3), detail);
  }
}

std::vector<Bytes> seedsOfFrames() {
  using namespace std::string_literals;
  Bytes draft = "\0\x10\0\x0a"s + "connection\x03" + "ada\x04" + "host\x03" + "cli\x02{}\x05{\"a\"}";
  Bytes header(kFixedHeaderBytes, '\0');
  putLittle(header.data(), kFormatVersion);
  putLittle(header.data() + 8, std::uint32_t{2});
  Bytes plain(4, '\0');
  putLittle(plain.data(), std::uint32_t{2});
  plain += Bytes(16, 's') + "{}";
  Bytes purged(4, '\0');
  putLittle(purged.data(), std::uint32_t{0x8000'0000});
  purged += Bytes(32, 'd');
  return {draft, "\1\0\0"s + header + plain + purged, "\1\0\0"s + header + plain + plain};
}

}  // namespace

const Target kFrames{.name = "frames", .run = fuzzFrames, .seeds = seedsOfFrames};

}  // namespace cachify::fuzz
