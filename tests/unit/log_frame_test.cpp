#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "log/frame_codec.hpp"
#include "log/rows.hpp"
#include "log/wire.hpp"
#include "unit/log_support.hpp"

namespace cachify::log::test {
namespace {

Uuid idOf(std::uint8_t fill) {
  std::array<std::uint8_t, 16> bytes{};
  bytes.fill(fill);
  return Uuid(bytes);
}

Digest someChain() {
  return sha256("before");
}

Bytes encodeAt(const FrameDraft& drafted, const Place& place, const Digest& before) {
  auto prepared = require(prepareFrame(drafted));
  Bytes bytes(prepared.encodedBytes(), '\0');
  static_cast<void>(encodeFrame(prepared, place, before, bytes.data()));
  return bytes;
}

constexpr Place kSomePlace{.first = 42, .firstStreamVersion = 7, .streamNumber = 3};

/// The one frame of the golden test, whose salts are no longer random.
Bytes goldenFrame() {
  PreparedFrame prepared;
  {
    FrameDraft fixed = draft("connection/1", {R"({"n":1})", "{}"});
    fixed.firstEventId = idOf(0x11);
    fixed.correlationId = idOf(0x22);
    fixed.causationId = idOf(0x33);
    prepared = require(prepareFrame(fixed));
  }
  Bytes digests;
  std::size_t at = 0;
  for (const std::size_t payload : {7U, 2U}) {
    for (std::size_t i = 0; i < 16; ++i) prepared.body[at + 4 + i] = static_cast<char>(i);
    digests += Sha256::view(sha256(BytesView(prepared.body).substr(at + 4, 16 + payload)));
    at += 4 + 16 + payload;
  }
  prepared.root = sha256(digests);
  prepared.bodyCrc = crc32c(prepared.body);
  Bytes bytes(prepared.encodedBytes(), '\0');
  static_cast<void>(encodeFrame(prepared, kSomePlace, someChain(), bytes.data()));
  return bytes;
}

TEST(FrameFormat, HasTheBytesOfVersionOne) {
  const Bytes frame = goldenFrame();
  ASSERT_EQ(frame.size(), 32U + 128U + 49U + 36U);
  const auto hex = [&](std::size_t from, std::size_t length) { return toHex(frame.substr(from, length)); };
  EXPECT_EQ(hex(0, 8), "ff43465946524d0a");
  EXPECT_EQ(hex(8, 8), "f500000080000000");
  EXPECT_EQ(hex(20, 8), "0000000000000000");
  EXPECT_EQ(hex(32, 16), "01000700020000000200000003000000");
  EXPECT_EQ(hex(48, 16), "2a000000000000000700000000000000");
  EXPECT_EQ(getLittle<std::int64_t>(frame.data() + 64), 1'700'000'000'123'456);
  EXPECT_EQ(hex(72, 16), std::string(32, '1'));
  EXPECT_EQ(hex(88, 16), std::string(32, '2'));
  EXPECT_EQ(hex(104, 16), std::string(32, '3'));
  EXPECT_EQ(hex(120, 8), "0c0003000b000300");
  EXPECT_EQ(frame.substr(128, 29), "connection/1adaengine-roomcli");
  EXPECT_EQ(hex(157, 3), "000000");
  EXPECT_EQ(hex(160, 4), "07000000");
  EXPECT_EQ(frame.substr(180, 7), R"({"n":1})");
  EXPECT_EQ(toHex(sha256(frame)), "9dabac4dcdf9a97a22503d7d3dfbcf8c54b7460b38dee7732690cb5e6682d6f5");
}

TEST(FrameFormat, TheChainFollowsFromTheBytesByTheFormatsFormulas) {
  const Bytes frame = goldenFrame();
  const BytesView header = BytesView(frame).substr(32, 128);
  const Digest first = sha256(BytesView(frame).substr(164, 16 + 7));
  const Digest second = sha256(BytesView(frame).substr(191, 16 + 2));
  const Digest root = sha256(Bytes(Sha256::view(first)) + Bytes(Sha256::view(second)));
  const Digest chain = sha256(Bytes(Sha256::view(someChain())) + Bytes(header) + Bytes(Sha256::view(root)));
  EXPECT_EQ(frame.substr(209, 32), Sha256::view(chain));
}

TEST(Frame, AnyDraftComesBackAsItWas) {
  EXPECT_TRUE(
      rc::check([](const std::vector<std::string>& payloads, std::uint16_t type, std::int64_t micros) {
        RC_PRE(!payloads.empty());
        FrameDraft drafted = draft("s", payloads, type);
        drafted.recordedAt = WallTime(std::chrono::microseconds(micros));
        const Bytes bytes = encodeAt(drafted, kSomePlace, someChain());
        const auto view = viewFrame(bytes, 42);
        RC_ASSERT(view.has_value());
        const Frame frame = toFrame(*view);
        RC_ASSERT(frame.payloads == payloads);
        RC_ASSERT(frame.type == type);
        RC_ASSERT(frame.recordedAt == drafted.recordedAt);
        RC_ASSERT(frame.actor == drafted.actor);
        RC_ASSERT(frame.firstPosition == 42U);
        RC_ASSERT(frame.firstStreamVersion == 7U);
        RC_ASSERT(chainAfter(someChain(), view->header, view->root()) == frame.chain);
        RC_ASSERT(frameLengthAt(bytes + "tail") == bytes.size());
      }));
}

TEST(Frame, PurgingAnySubsetKeepsDigestsRootAndChain) {
  EXPECT_TRUE(rc::check([](const std::vector<std::string>& payloads, const std::set<std::uint8_t>& chosen) {
    RC_PRE(!payloads.empty());
    std::vector<std::uint32_t> indexes;
    for (const std::uint8_t index : chosen) {
      if (index < payloads.size()) indexes.push_back(index);
    }
    const Bytes whole = encodeAt(draft("s", payloads), kSomePlace, someChain());
    const auto before = viewFrame(whole, 42);
    const Bytes purged = purgeEvents(*before, indexes);
    const auto after = viewFrame(purged, 42);
    RC_ASSERT(after.has_value());
    RC_ASSERT(after->header == before->header);
    RC_ASSERT(after->root() == before->root());
    RC_ASSERT(after->chain == before->chain);
    const Frame frame = toFrame(*after);
    const Frame unpurged = toFrame(*before);
    for (std::uint32_t i = 0; i < payloads.size(); ++i) {
      RC_ASSERT(frame.digest(i) == unpurged.digest(i));
      const bool gone = std::ranges::binary_search(indexes, i);
      RC_ASSERT(frame.payloads[i] == (gone ? std::string() : payloads[i]));
    }
    RC_ASSERT(purgeEvents(*after, indexes) == purged);
  }));
}

TEST(Frame, AnyFlippedBitIsFound) {
  const Bytes whole = goldenFrame();
  const Bytes purged = purgeEvents(require(viewFrame(whole, 42)), std::vector<std::uint32_t>{1});
  for (const Bytes& frame : {whole, purged}) {
    for (std::size_t bit = 0; bit < frame.size() * 8; ++bit) {
      Bytes flipped = frame;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      const auto view = viewFrame(flipped, 42);
      ASSERT_FALSE(view) << "bit " << bit;
      EXPECT_TRUE(detailOr(view.error(), "damaged", false));
      EXPECT_EQ(detailOr<std::int64_t>(view.error(), "position", 0), 42);
    }
  }
}

TEST(Frame, AnyCutIsFound) {
  const Bytes frame = goldenFrame();
  for (std::size_t length = 0; length < frame.size(); ++length) {
    EXPECT_FALSE(viewFrame(BytesView(frame).substr(0, length), 42));
    EXPECT_FALSE(frameLengthAt(BytesView(frame).substr(0, length)));
  }
}

TEST(Frame, ArbitraryBytesBehindAMagicNeverPassOrCrash) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    RC_ASSERT(!viewFrame(Bytes(kFrameMagic) + bytes, 1).has_value());
    RC_ASSERT(!frameLengthAt(Bytes(kFrameMagic) + bytes).has_value());
  }));
}

TEST(Rows, ComeBackAsTheyWereAndNoFlippedBitPasses) {
  const Head head{.last = 9, .events = 8, .streams = 3, .chain = someChain()};
  const Identity identity{.formatVersion = 1, .logId = idOf(5), .created = someTime()};
  const IdempotencyRow row{.content = someChain(), .first = 1, .last = 2, .recordedAt = someTime()};
  EXPECT_EQ(decodeHead(encode(head))->last, 9U);
  EXPECT_EQ(decodeIdentity(encode(identity))->logId, idOf(5));
  EXPECT_EQ(decodeIdempotency(encode(row, "key"), "key")->last, 2U);
  EXPECT_FALSE(decodeIdempotency(encode(row, "key"), "yek"));
  EXPECT_EQ(decodeDataKey(encodeDataKey(idOf(6))), idOf(6));
  EXPECT_EQ(decodeGaps(encode(Gaps{{2, 3}, {7, 7}})), (Gaps{{2, 3}, {7, 7}}));
  const auto eachFlip = [](const Bytes& encoded, const auto& decode) {
    for (std::size_t bit = 0; bit < encoded.size() * 8; ++bit) {
      Bytes flipped = encoded;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      EXPECT_FALSE(decode(flipped)) << "bit " << bit;
    }
  };
  eachFlip(encode(head), decodeHead);
  eachFlip(encode(identity), decodeIdentity);
  eachFlip(encode(row, "key"), [](BytesView bytes) { return decodeIdempotency(bytes, "key"); });
  eachFlip(encodeDataKey(idOf(6)), decodeDataKey);
  eachFlip(encode(Gaps{{2, 3}}), decodeGaps);
}

TEST(Rows, KeysSortByStreamThenVersionAndByPackThenNumber) {
  EXPECT_LT(view(streamKey(1, 300)), view(streamKey(2, 1)));
  EXPECT_LT(view(streamKey(1, 255)), view(streamKey(1, 256)));
  EXPECT_LT(view(chunkKey(idOf(1), 255)), view(chunkKey(idOf(1), 256)));
  EXPECT_LT(view(chunkKey(idOf(1), 9)), view(chunkKey(idOf(2), 0)));
  const auto place = parseStreamKey(view(streamKey(7, 1'000'000'000'000)));
  EXPECT_EQ(place->number, 7U);
  EXPECT_EQ(place->version, 1'000'000'000'000U);
}

}  // namespace
}  // namespace cachify::log::test
