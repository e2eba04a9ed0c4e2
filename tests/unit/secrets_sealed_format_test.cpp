#include <gtest/gtest.h>

#include "secrets/sealed_format.hpp"

namespace cachify::secrets {
namespace {

const SecretText kKey(std::string(kSealKeyBytes, 'k'));

SecretMap someEntries() {
  SecretMap entries;
  entries.emplace("connection/1/password", SecretText("hunter2"));
  entries.emplace("vault/key", SecretText(std::string(32, '\0')));
  return entries;
}

Bytes sealed(const SealParameters& parameters = {}) {
  return seal(parameters, kKey, someEntries()).value();
}

TEST(SealedFormat, OpensWhatItSealed) {
  const auto entries = openSealed(sealed(), kKey).value();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries.at("connection/1/password").reveal(), "hunter2");
  EXPECT_EQ(entries.at("vault/key").reveal(), std::string(32, '\0'));
}

TEST(SealedFormat, KeepsTheParametersReadable) {
  SealParameters parameters{.mode = SealMode::passphrase, .passes = 3, .memoryKib = 65536};
  parameters.salt.fill(7);
  EXPECT_EQ(readSealParameters(sealed(parameters)).value(), parameters);
}

TEST(SealedFormat, SealsTheSameEntriesDifferentlyEachTime) {
  EXPECT_NE(sealed(), sealed());
}

TEST(SealedFormat, ShowsNeitherNamesNorSecrets) {
  const auto file = sealed();
  EXPECT_EQ(file.find("hunter2"), Bytes::npos);
  EXPECT_EQ(file.find("connection"), Bytes::npos);
}

TEST(SealedFormat, CallsAnotherKeyLockedAndNotDamaged) {
  const auto error = openSealed(sealed(), SecretText(std::string(kSealKeyBytes, 'x'))).error();
  EXPECT_EQ(error.code, ErrorCode::unauthorized);
  EXPECT_EQ(std::get<std::string>(*error.detail("store")), "locked");
}

TEST(SealedFormat, CallsEveryFlippedBitDamage) {
  const auto file = sealed();
  for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
    auto flipped = file;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const auto opened = openSealed(flipped, kKey);
    ASSERT_FALSE(opened) << "bit " << bit;
    ASSERT_EQ(opened.error().code, ErrorCode::internalError) << "bit " << bit;
  }
}

TEST(SealedFormat, CallsEveryCutDamage) {
  const auto file = sealed();
  for (std::size_t size = 0; size < file.size(); ++size) {
    ASSERT_EQ(openSealed(file.substr(0, size), kKey).error().code, ErrorCode::internalError) << size;
  }
}

TEST(SealedFormat, RefusesParametersThatNoVersionWrites) {
  SealParameters greedy{.mode = SealMode::passphrase, .passes = 3, .memoryKib = 64U << 20U};
  EXPECT_EQ(readSealParameters(sealed(greedy)).error().code, ErrorCode::internalError);
  SealParameters idle{.mode = SealMode::passphrase, .passes = 0, .memoryKib = 65536};
  EXPECT_EQ(readSealParameters(sealed(idle)).error().code, ErrorCode::internalError);
}

}  // namespace
}  // namespace cachify::secrets
