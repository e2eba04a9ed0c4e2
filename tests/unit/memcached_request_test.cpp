#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "cache/memcached/dialect.hpp"
#include "cache/memcached/expiry.hpp"
#include "cache/memcached/request_pieces.hpp"

namespace cachify::cache::memcached {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{std::chrono::microseconds(1'700'000'000'500'000)};

std::string storeRequest(const Dialect& dialect, const StoreOptions& options) {
  std::string out;
  dialect.appendStore(out, wireKeyFor("key").value(), "va\r\nlue", options);
  return out;
}

/// One of each command that stores nothing.
std::string otherRequests(const Dialect& dialect, std::optional<std::uint64_t> cas) {
  const auto key = wireKeyFor("key").value();
  std::string out;
  dialect.appendGet(out, key, Part::presence);
  dialect.appendGet(out, key, Part::header);
  dialect.appendGet(out, key, Part::value);
  dialect.appendTouch(out, key, 30);
  dialect.appendDelete(out, key, std::nullopt);
  dialect.appendDelete(out, key, 7);
  dialect.appendArithmetic(out, key, {.delta = 5, .decrement = true, .cas = cas});
  return out;
}

TEST(MemcachedRequest, WritesEachMetaCommandAsTheProtocolHasIt) {
  EXPECT_EQ(otherRequests(metaDialect(), 9),
            "mg key u\r\nmg key u t s f c\r\nmg key u t s f c v\r\nmg key T30\r\nmd key\r\nmd key C7\r\n"
            "ma key v c MD D5 C9\r\n");
}

TEST(MemcachedRequest, WritesEachTextCommandAsTheProtocolHasIt) {
  EXPECT_EQ(otherRequests(textDialect(), std::nullopt),
            "gets key\r\ngets key\r\ngets key\r\ntouch key 30\r\ndelete key\r\ncas key 0 -1 0 7\r\n\r\n"
            "decr key 5\r\n");
}

TEST(MemcachedRequest, StoresUnderFlagsExpiryModeAndCas) {
  const Dialect& meta = metaDialect();
  EXPECT_EQ(storeRequest(meta, {}), "ms key 7 c T0\r\nva\r\nlue\r\n");
  EXPECT_EQ(storeRequest(meta, {.flags = 4'294'967'295U, .exptime = 60, .cas = {}, .mode = StoreMode::add}),
            "ms key 7 c T60 F4294967295 ME\r\nva\r\nlue\r\n");
  EXPECT_EQ(storeRequest(meta, {.flags = 0, .exptime = 0, .cas = 12, .mode = StoreMode::set}),
            "ms key 7 c T0 C12\r\nva\r\nlue\r\n");
  const Dialect& text = textDialect();
  EXPECT_EQ(storeRequest(text, {}), "set key 0 0 7\r\nva\r\nlue\r\n");
  EXPECT_EQ(storeRequest(text, {.flags = 4'294'967'295U, .exptime = 60, .cas = {}, .mode = StoreMode::add}),
            "add key 4294967295 60 7\r\nva\r\nlue\r\n");
  EXPECT_EQ(storeRequest(text, {.flags = 3, .exptime = 0, .cas = 12, .mode = StoreMode::set}),
            "cas key 3 0 7 12\r\nva\r\nlue\r\n");
  EXPECT_EQ(storeRequest(text, {.mode = StoreMode::replace}), "replace key 0 0 7\r\nva\r\nlue\r\n");
  EXPECT_EQ(storeRequest(text, {.mode = StoreMode::append}), "append key 0 0 7\r\nva\r\nlue\r\n");
  EXPECT_EQ(storeRequest(text, {.mode = StoreMode::prepend}), "prepend key 0 0 7\r\nva\r\nlue\r\n");
}

TEST(MemcachedRequest, SpeaksMetaFromTheFirstVersionWhoseMetaCommandsAreTheseOn) {
  const auto isMeta = [](bool knows, std::string_view version) { return dialectOf(knows, version).isMeta(); };
  for (const auto* version : {"1.6.10", "1.6.18", "1.7.0", "2.0", "1.6.21_4_g1234", "some fork", ""}) {
    EXPECT_TRUE(isMeta(true, version)) << version;
    EXPECT_FALSE(isMeta(false, version)) << version;
  }
  for (const auto* version : {"1.6.9", "1.6.0", "1.5.22", "1.4.31"})
    EXPECT_FALSE(isMeta(true, version)) << version;
}

TEST(MemcachedRequest, TextRefusesKeysThatOnlyBase64CouldCarry) {
  EXPECT_EQ(textDialect().keyFor("a b").error().code, ErrorCode::validationError);
  EXPECT_EQ(textDialect().keyFor("\xC3\xA4\xFF")->text, "\xC3\xA4\xFF");
  EXPECT_TRUE(metaDialect().keyFor("a b")->base64);
}

TEST(MemcachedRequest, SendsTheLoginAsAStorageCommand) {
  std::string out;
  appendAuthentication(out, "user", "pass");
  EXPECT_EQ(out, "set auth 0 0 9\r\nuser pass\r\n");
}

TEST(MemcachedPieces, HoldManySmallCommandsOrOneThatIsLarge) {
  for (const Dialect* dialect : {&metaDialect(), &textDialect()}) {
    std::string request;
    std::string small;
    for (int i = 0; i < 1000; ++i) dialect->appendGet(small, wireKeyFor("key").value(), Part::value);
    std::string large;
    dialect->appendStore(large, wireKeyFor("key").value(), std::string(10'000, '\n'), {});
    request = small + large + large + small;
    std::string together;
    std::size_t alone = 0;
    for (const auto piece : piecesForTls(request)) {
      EXPECT_TRUE(piece.ends_with("\r\n"));
      EXPECT_TRUE(piece.size() <= 4096 || piece == large) << piece.size();
      if (piece == large) ++alone;
      together += piece;
    }
    EXPECT_EQ(alone, 2u);
    EXPECT_EQ(together, request);
  }
}

TEST(MemcachedPieces, AreOneForALoginAndNoneForNothing) {
  std::string login;
  appendAuthentication(login, "ada", "s3cret\r\nwith a line's end");
  EXPECT_EQ(piecesForTls(login), std::vector<std::string_view>{login});
  EXPECT_TRUE(piecesForTls("").empty());
}

TEST(MemcachedWireKey, SendsPlainKeysAsTheyAreAndOthersInBase64) {
  EXPECT_EQ(wireKeyFor("user:1")->text, "user:1");
  EXPECT_FALSE(wireKeyFor("\xC3\xA4\xFF")->base64);
  EXPECT_EQ(wireKeyFor("foo bar")->text, "Zm9vIGJhcg==");
  EXPECT_TRUE(wireKeyFor("foo bar")->base64);
  EXPECT_TRUE(wireKeyFor(BytesView("a\0b", 3))->base64);
  EXPECT_TRUE(wireKeyFor("a\x7F")->base64);
}

TEST(MemcachedWireKey, RefusesKeysThatNoCommandCanCarry) {
  EXPECT_TRUE(wireKeyFor(std::string(250, 'k')));
  EXPECT_TRUE(wireKeyFor(std::string(186, ' ')));
  for (const auto& key : {std::string(), std::string(251, 'k'), std::string(187, ' ')}) {
    const auto wire = wireKeyFor(key);
    ASSERT_FALSE(wire);
    EXPECT_EQ(wire.error().code, ErrorCode::validationError);
  }
}

TEST(MemcachedWireKey, NeverHoldsAByteThatEndsAWordOrALine) {
  EXPECT_TRUE(rc::check("what goes on the wire is one word that means the key", [](const std::string& key) {
    const auto wire = wireKeyFor(key);
    RC_PRE(wire.has_value());
    RC_ASSERT(std::ranges::all_of(wire->text, [](char c) { return static_cast<unsigned char>(c) > 0x20; }));
    RC_ASSERT((wire->base64 ? fromBase64(wire->text).value() : wire->text) == key);
  }));
}

TEST(MemcachedExpiry, RoundsUpAndNeverToForEver) {
  EXPECT_EQ(exptimeFor(1ms, kNow), 1);
  EXPECT_EQ(exptimeFor(999ms, kNow), 1);
  EXPECT_EQ(exptimeFor(1001ms, kNow), 2);
  EXPECT_EQ(exptimeFor(-5s, kNow), 1);
}

TEST(MemcachedExpiry, SendsMoreThanThirtyDaysAsADate) {
  EXPECT_EQ(exptimeFor(30 * 24h, kNow), 2'592'000);
  EXPECT_EQ(exptimeFor(30 * 24h + 1s, kNow), 1'700'000'000 + 2'592'001);
}

TEST(MemcachedExpiry, RefusesADateThatTheServerCannotHold) {
  const auto exptime = exptimeFor(24h * 365 * 40, kNow);
  ASSERT_FALSE(exptime);
  EXPECT_EQ(exptime.error().code, ErrorCode::validationError);
}

TEST(MemcachedExpiry, TakesMinusOneForNoExpiryAndZeroForExpired) {
  EXPECT_EQ(remainingTtl(-1), std::nullopt);
  EXPECT_EQ(remainingTtl(0), 0ms);
  EXPECT_EQ(remainingTtl(7), 7000ms);
}

}  // namespace
}  // namespace cachify::cache::memcached
