#include "log/frame_codec.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "log/damage.hpp"
#include "log/wire.hpp"

namespace cachify::log {
namespace {

constexpr char kNoSalt[kSaltBytes] = {};
constexpr std::size_t kHeaderFixedBytes = 96;
constexpr std::uint32_t kPurgedBit = 0x8000'0000;
constexpr std::uint32_t kStatePurged = 1;

std::uint32_t headCrc(const char* frame, std::size_t headerBytes) {
  // The CRC itself lies between the two parts it covers: join them where they are short enough to copy.
  thread_local Bytes joined;
  joined.assign(frame, kPrologueBytes - 4);
  joined.append(frame + kPrologueBytes, headerBytes);
  return crc32c(joined);
}

void writeEnvelope(char* out, std::size_t headerBytes, std::size_t bodyBytes, std::uint32_t bodyCrc,
                   std::uint32_t state, const Digest& chain) {
  const std::size_t total = kPrologueBytes + headerBytes + bodyBytes + kTrailerBytes;
  std::memcpy(out, kFrameMagic.data(), kFrameMagic.size());
  putLittle(out + 8, static_cast<std::uint32_t>(total));
  putLittle(out + 12, static_cast<std::uint32_t>(headerBytes));
  putLittle(out + 16, bodyCrc);
  putLittle(out + 20, state);
  putLittle(out + 24, std::uint32_t{0});
  putLittle(out + 28, headCrc(out, headerBytes));
  char* const trailer = out + total - kTrailerBytes;
  putDigest(trailer, chain);
  putLittle(trailer + 32, crc32c({trailer, 32}));
}

std::size_t paddedHeaderBytes(std::size_t texts) {
  return (kHeaderFixedBytes + texts + 7) / 8 * 8;
}

Bytes draftHeader(const FrameDraft& draft) {
  const std::array<std::string_view, 4> texts{draft.stream, draft.actor.osUser, draft.actor.host,
                                              draft.actor.surface};
  std::size_t textBytes = 0;
  for (const auto text : texts) textBytes += text.size();
  Bytes header(paddedHeaderBytes(textBytes), '\0');
  char* const at = header.data();
  putLittle(at, kFormatVersion);
  putLittle(at + 2, draft.type);
  putLittle(at + 4, draft.schemaVersion);
  putLittle(at + 8, static_cast<std::uint32_t>(draft.payloads.size()));
  putLittle(at + 32, std::int64_t{draft.recordedAt.time_since_epoch().count()});
  putUuid(at + 40, draft.firstEventId);
  putUuid(at + 56, draft.correlationId);
  putUuid(at + 72, draft.causationId);
  char* text = at + kHeaderFixedBytes;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    putLittle(at + 88 + 2 * i, static_cast<std::uint16_t>(texts[i].size()));
    text = std::ranges::copy(texts[i], text).out;
  }
  return header;
}

Result<std::size_t> bodyBytesOf(const FrameDraft& draft) {
  const auto refuse = [](std::string message) {
    return fail(ErrorCode::validationError, std::move(message));
  };
  if (draft.stream.empty()) return refuse("a frame needs a stream name");
  for (const std::string* text :
       {&draft.stream, &draft.actor.osUser, &draft.actor.host, &draft.actor.surface}) {
    if (text->size() > kMaxNameBytes)
      return refuse(fmt::format("stream and actor names hold at most {} bytes", kMaxNameBytes));
  }
  if (draft.payloads.empty() || draft.payloads.size() > kMaxFrameEvents) {
    return refuse(
        fmt::format("a frame holds 1 to {} events, not {}", kMaxFrameEvents, draft.payloads.size()));
  }
  std::size_t bytes = 0;
  for (const auto& payload : draft.payloads) bytes += 4 + kSaltBytes + payload.size();
  if (bytes > kMaxFrameBytes)
    return refuse(fmt::format("a frame holds at most {} bytes, not {}", kMaxFrameBytes, bytes));
  return bytes;
}

/// What `viewFrame` found wrong first; empty if nothing.
std::string_view envelopeFault(BytesView bytes) {
  if (bytes.size() < kPrologueBytes + kHeaderFixedBytes + kTrailerBytes) return "the frame is cut short";
  if (!bytes.starts_with(kFrameMagic)) return "the frame's magic is not there";
  if (getLittle<std::uint32_t>(bytes.data() + 8) != bytes.size())
    return "the frame's length is not what it says";
  const std::size_t headerBytes = getLittle<std::uint32_t>(bytes.data() + 12);
  if (headerBytes % 8 != 0 || headerBytes < kHeaderFixedBytes ||
      headerBytes > bytes.size() - kPrologueBytes - kTrailerBytes) {
    return "the header's length is impossible";
  }
  if (getLittle<std::uint32_t>(bytes.data() + 28) != headCrc(bytes.data(), headerBytes))
    return "the header's CRC does not hold";
  const char* const trailer = bytes.data() + bytes.size() - kTrailerBytes;
  if (getLittle<std::uint32_t>(trailer + 32) != crc32c({trailer, 32}))
    return "the CRC of the chain value does not hold";
  const BytesView body =
      bytes.substr(kPrologueBytes + headerBytes, bytes.size() - kPrologueBytes - headerBytes - kTrailerBytes);
  if (getLittle<std::uint32_t>(bytes.data() + 16) != crc32c(body)) return "the payloads' CRC does not hold";
  return {};
}

bool bodyHolds(BytesView body, std::uint32_t count) {
  EntryCursor cursor(body);
  EventEntry entry;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!cursor.next(entry)) return false;
  }
  return cursor.atEnd();
}

/// A stream cipher under a key that nobody knows: the system takes several times as long for as many bytes.
Bytes makeSalts(std::size_t count) {
  std::array<unsigned char, randombytes_SEEDBYTES> seed{};
  randombytes_buf(seed.data(), seed.size());
  Bytes salts(count * kSaltBytes, '\0');
  randombytes_buf_deterministic(salts.data(), salts.size(), seed.data());
  sodium_memzero(seed.data(), seed.size());
  return salts;
}

}  // namespace

Result<PreparedFrame> prepareFrame(const FrameDraft& draft) {
  const auto bodyBytes = bodyBytesOf(draft);
  if (!bodyBytes) return fail(bodyBytes.error());
  PreparedFrame frame{.stream = draft.stream, .header = draftHeader(draft), .body = Bytes(*bodyBytes, '\0')};
  frame.count = static_cast<std::uint32_t>(draft.payloads.size());
  const Bytes salts = makeSalts(frame.count);
  Bytes digests(frame.count * kDigestBytes, '\0');
  char* at = frame.body.data();
  for (std::size_t i = 0; i < frame.count; ++i) {
    const Bytes& payload = draft.payloads[i];
    putLittle(at, static_cast<std::uint32_t>(payload.size()));
    char* const salted = at + 4;
    std::memcpy(salted, salts.data() + i * kSaltBytes, kSaltBytes);
    at = std::ranges::copy(payload, salted + kSaltBytes).out;
    putDigest(digests.data() + i * kDigestBytes, sha256({salted, kSaltBytes + payload.size()}));
  }
  frame.root = sha256(digests);
  frame.bodyCrc = crc32c(frame.body);
  return frame;
}

Digest encodeFrame(const PreparedFrame& frame, const Place& place, const Digest& previousChain, char* out) {
  char* const header = out + kPrologueBytes;
  const std::size_t headerBytes = frame.header.size();
  std::memcpy(header, frame.header.data(), headerBytes);
  putLittle(header + 12, place.streamNumber);
  putLittle(header + 16, place.first);
  putLittle(header + 24, place.firstStreamVersion);
  const Digest chain = chainAfter(previousChain, {header, headerBytes}, frame.root);
  std::memcpy(header + headerBytes, frame.body.data(), frame.body.size());
  writeEnvelope(out, headerBytes, frame.body.size(), frame.bodyCrc, 0, chain);
  return chain;
}

Digest EventEntry::digest() const {
  return purged ? getDigest(salted.data()) : sha256(salted);
}

bool EntryCursor::next(EventEntry& entry) {
  if (rest_.size() < 4) return false;
  const auto word = getLittle<std::uint32_t>(rest_.data());
  entry.purged = (word & kPurgedBit) != 0;
  const std::size_t length = entry.purged ? kDigestBytes : kSaltBytes + word;
  if ((entry.purged && word != kPurgedBit) || rest_.size() - 4 < length) return false;
  entry.salted = rest_.substr(4, length);
  rest_.remove_prefix(4 + length);
  return true;
}

bool FrameView::anyPurged() const {
  return (getLittle<std::uint32_t>(bytes.data() + 20) & kStatePurged) != 0;
}

Digest FrameView::root(std::vector<Digest>* digests) const {
  thread_local Bytes all;
  all.resize(count * kDigestBytes);
  EntryCursor cursor(body);
  EventEntry entry;
  for (std::size_t i = 0; cursor.next(entry); ++i) {
    const Digest digest = entry.digest();
    putDigest(all.data() + i * kDigestBytes, digest);
    if (digests != nullptr) digests->push_back(digest);
  }
  return sha256(all);
}

Result<FrameView> viewFrame(BytesView bytes, Position expected) {
  if (const auto fault = envelopeFault(bytes); !fault.empty()) return fail(damage("crc", expected, fault));
  const std::size_t headerBytes = getLittle<std::uint32_t>(bytes.data() + 12);
  const char* const header = bytes.data() + kPrologueBytes;
  if (const auto version = getLittle<std::uint16_t>(header); version != kFormatVersion) {
    return fail(ErrorCode::notSupported,
                fmt::format("frame format {} was written by a newer version of the program", version));
  }
  FrameView view{.bytes = bytes, .header = {header, headerBytes}};
  view.body =
      bytes.substr(kPrologueBytes + headerBytes, bytes.size() - kPrologueBytes - headerBytes - kTrailerBytes);
  view.count = getLittle<std::uint32_t>(header + 8);
  view.streamNumber = getLittle<std::uint32_t>(header + 12);
  view.firstPosition = getLittle<std::uint64_t>(header + 16);
  view.firstStreamVersion = getLittle<std::uint64_t>(header + 24);
  view.chain = getDigest(bytes.data() + bytes.size() - kTrailerBytes);
  std::size_t texts = 0;
  for (std::size_t i = 0; i < 4; ++i) texts += getLittle<std::uint16_t>(header + 88 + 2 * i);
  if (paddedHeaderBytes(texts) != headerBytes)
    return fail(damage("crc", expected, "the header's texts do not fit it"));
  view.stream = {header + kHeaderFixedBytes, getLittle<std::uint16_t>(header + 88)};
  if (view.count == 0 || !bodyHolds(view.body, view.count))
    return fail(damage("crc", expected, "the payloads do not fit the frame"));
  return view;
}

std::optional<std::size_t> frameLengthAt(BytesView bytes) {
  if (bytes.size() < kPrologueBytes + kHeaderFixedBytes + kTrailerBytes || !bytes.starts_with(kFrameMagic))
    return {};
  const std::size_t total = getLittle<std::uint32_t>(bytes.data() + 8);
  const std::size_t headerBytes = getLittle<std::uint32_t>(bytes.data() + 12);
  if (total > bytes.size() || headerBytes > total || total - headerBytes < kPrologueBytes + kTrailerBytes)
    return {};
  if (getLittle<std::uint32_t>(bytes.data() + 28) != headCrc(bytes.data(), headerBytes)) return {};
  return total;
}

Frame toFrame(const FrameView& view) {
  const char* const header = view.header.data();
  Frame frame{.firstPosition = view.firstPosition,
              .stream = std::string(view.stream),
              .firstStreamVersion = view.firstStreamVersion,
              .type = getLittle<std::uint16_t>(header + 2),
              .schemaVersion = getLittle<std::uint16_t>(header + 4),
              .firstEventId = getUuid(header + 40),
              .correlationId = getUuid(header + 56),
              .causationId = getUuid(header + 72),
              .recordedAt = WallTime(std::chrono::microseconds(getLittle<std::int64_t>(header + 32))),
              .chain = view.chain};
  const char* text = header + kHeaderFixedBytes + view.stream.size();
  std::size_t i = 1;
  for (std::string* part : {&frame.actor.osUser, &frame.actor.host, &frame.actor.surface}) {
    const std::size_t length = getLittle<std::uint16_t>(header + 88 + 2 * i++);
    part->assign(text, length);
    text += length;
  }
  frame.payloads.reserve(view.count);
  frame.salts.reserve(view.count * kSaltBytes);
  EntryCursor cursor(view.body);
  for (EventEntry entry; cursor.next(entry);) {
    frame.payloads.emplace_back(entry.payload());
    if (entry.purged) frame.purged.emplace(frame.payloads.size() - 1, entry.digest());
    frame.salts.append(entry.purged ? BytesView(kNoSalt, kSaltBytes) : entry.salted.substr(0, kSaltBytes));
  }
  return frame;
}

Digest Frame::digest(std::size_t i) const {
  if (const auto left = purged.find(i); left != purged.end()) return left->second;
  return sha256(salts.substr(i * kSaltBytes, kSaltBytes) + payloads[i]);
}

Digest chainOrigin(Uuid logId) {
  Bytes seed = "cachify-log-1";
  seed.append(reinterpret_cast<const char*>(logId.bytes().data()), logId.bytes().size());
  return sha256(seed);
}

Digest chainAfter(const Digest& previous, BytesView header, const Digest& root) {
  thread_local Sha256 hash;
  return hash.update(previous).update(header).update(root).finish();
}

Bytes purgeEvents(const FrameView& view, std::span<const std::uint32_t> indexes) {
  Bytes body;
  EntryCursor cursor(view.body);
  EventEntry entry;
  for (std::uint32_t i = 0; cursor.next(entry); ++i) {
    std::array<char, 4> word{};
    const bool purge = entry.purged || std::ranges::binary_search(indexes, i);
    putLittle(word.data(), purge ? kPurgedBit : static_cast<std::uint32_t>(entry.salted.size() - kSaltBytes));
    body.append(word.data(), word.size());
    body += purge ? Sha256::view(entry.digest()) : entry.salted;
  }
  Bytes frame(kPrologueBytes, '\0');
  frame += view.header;
  frame += body;
  frame.append(kTrailerBytes, '\0');
  writeEnvelope(frame.data(), view.header.size(), body.size(), crc32c(body), kStatePurged, view.chain);
  return frame;
}

}  // namespace cachify::log
