// Who may be loaded: the rule, without files and log.

#include <gtest/gtest.h>

#include "plugin_host/trust.hpp"

namespace cachify::plugin_host {
namespace {

Digest digestOf(std::uint8_t byte) {
  Digest digest{};
  digest.fill(byte);
  return digest;
}
const Digest kThis = digestOf(1);
const Digest kOther = digestOf(2);

TEST(PluginStanding, OnlyTheVeryBytesThatWereTrustedAreTrusted) {
  EXPECT_EQ(standingOf({}, kThis, false), Standing::untrusted);
  EXPECT_EQ(standingOf({.trusted = kThis}, kThis, false), Standing::trusted);
  EXPECT_EQ(standingOf({.trusted = kOther}, kThis, false), Standing::changed);
}

TEST(PluginStanding, WhatTheBuildTrustsNeedsNobody) {
  EXPECT_EQ(standingOf({}, kThis, true), Standing::bundled);
  EXPECT_EQ(standingOf({.trusted = kOther}, kThis, true), Standing::bundled);
}

TEST(PluginStanding, ARevocationWinsOverEverything) {
  EXPECT_EQ(standingOf({.trusted = kThis, .isRevoked = true}, kThis, false), Standing::revoked);
  EXPECT_EQ(standingOf({.isRevoked = true}, kThis, true), Standing::revoked);
}

TEST(PluginStanding, TheThirdFaultInARowIsOneTooMany) {
  EXPECT_EQ(standingOf({.trusted = kThis, .faultsInRow = 2}, kThis, false), Standing::trusted);
  EXPECT_EQ(standingOf({.trusted = kThis, .faultsInRow = 3}, kThis, false), Standing::quarantined);
  EXPECT_EQ(standingOf({.faultsInRow = 3}, kThis, true), Standing::quarantined);
}

TEST(PluginStanding, ARefusalSaysWhyAndWhatToDo) {
  for (const auto standing : {Standing::untrusted, Standing::changed, Standing::revoked, Standing::quarantined}) {
    EXPECT_FALSE(mayLoad(standing));
    const Error error = standingError("org.example.x", standing);
    EXPECT_EQ(error.code, ErrorCode::unauthorized);
    EXPECT_EQ(std::get<std::string>(*error.detail("reason")), wireName(standing));
    EXPECT_NE(error.message.find("cachify plugins trust org.example.x"), std::string::npos);
  }
  EXPECT_TRUE(mayLoad(Standing::bundled));
  EXPECT_TRUE(mayLoad(Standing::trusted));
}

}  // namespace
}  // namespace cachify::plugin_host
