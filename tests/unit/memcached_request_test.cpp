#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "cache/memcached/expiry.hpp"
#include "cache/memcached/meta_request.hpp"
#include "cache/memcached/request_pieces.hpp"

namespace cachify::cache::memcached {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{std::chrono::microseconds(1'700'000'000'500'000)};

std::string storeRequest(const StoreOptions& options) {
  std::string out;
  appendStore(out, wireKeyFor("key").value(), "va\r\nlue", options);
  return out;
}

TEST(MemcachedRequest, WritesEachCommandAsTheProtocolHasIt) {
  const auto key = wireKeyFor("key").value();
  std::string out;
  appendGet(out, key, "u t");
  appendTouch(out, key, 30);
  appendDelete(out, key, std::nullopt);
  appendDelete(out, key, 7);
  appendArithmetic(out, key, {.delta = 5, .decrement = true, .cas = 9});
  appendNoop(out);
  EXPECT_EQ(out, "mg key u t\r\nmg key T30\r\nmd key\r\nmd key C7\r\nma key v c MD D5 C9\r\nmn\r\n");
}

TEST(MemcachedRequest, StoresUnderFlagsExpiryModeAndCas) {
  EXPECT_EQ(storeRequest({}), "ms key 7 c T0\r\nva\r\nlue\r\n");
  EXPECT_EQ(storeRequest({.flags = 4'294'967'295U, .exptime = 60, .cas = {}, .mode = StoreMode::add}),
            "ms key 7 c T60 F4294967295 ME\r\nva\r\nlue\r\n");
  EXPECT_EQ(storeRequest({.flags = 0, .exptime = 0, .cas = 12, .mode = StoreMode::set}),
            "ms key 7 c T0 C12\r\nva\r\nlue\r\n");
}

TEST(MemcachedRequest, SendsTheLoginAsAStorageCommand) {
  std::string out;
  appendAuthentication(out, "user", "pass");
  EXPECT_EQ(out, "set auth 0 0 9\r\nuser pass\r\n");
}

TEST(MemcachedPieces, HoldManySmallCommandsOrOneThatIsLarge) {
  std::string request;
  std::string small;
  for (int i = 0; i < 1000; ++i) appendGet(small, wireKeyFor("key").value(), "v");
  std::string large;
  appendStore(large, wireKeyFor("key").value(), std::string(10'000, '\n'), {});
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
