// What openSecretStore answers where there is no keychain; with one: integration/keychain_test.cpp.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "secrets/secret_store.hpp"
#include "support/child_process.hpp"

namespace cachify::secrets {
namespace {

using test::TemporaryDirectory;

class Choice : public ::testing::Test {
 protected:
  Choice() {
    unsetenv("XDG_RUNTIME_DIR");
    setenv("DBUS_SESSION_BUS_ADDRESS", ("unix:path=" + (data_ / "no-bus")).c_str(), 1);
  }
  [[nodiscard]] auto open(std::optional<std::string> wanted,
                          std::optional<SecretText> passphrase = {}) const {
    return openSecretStore(
        {.wanted = std::move(wanted), .passphrase = std::move(passphrase), .directory = data_.path()});
  }
  void holdsWord(const std::string& word) const { std::ofstream(data_ / "secret-store") << word; }

  TemporaryDirectory data_;
};

TEST_F(Choice, RefusesAnUnknownWord) {
  EXPECT_EQ(open("vault").error().code, ErrorCode::validationError);
  EXPECT_EQ(open("keyFile").error().code, ErrorCode::validationError);
}

TEST_F(Choice, TakesAnEmptyWordAsNone) {
  EXPECT_EQ(open("").value()->kind(), StoreKind::keyFile);
}

TEST_F(Choice, PrefersAPassphraseToAKeyFile) {
  EXPECT_EQ(open(std::nullopt, SecretText("open sesame")).value()->kind(), StoreKind::file);
  EXPECT_EQ(open(std::nullopt, SecretText("")).value()->kind(), StoreKind::keyFile);
  EXPECT_EQ(open("file").value()->kind(), StoreKind::keyFile);
}

TEST_F(Choice, NamesAMissingKeychainOnUseAndNotOnOpening) {
  for (const auto& wanted : {std::optional<std::string>("keychain"), std::optional<std::string>()}) {
    if (!wanted) holdsWord("keychain\n");
    const auto store = open(wanted).value();
    EXPECT_EQ(store->kind(), StoreKind::keychain);
    EXPECT_EQ(store->get("a").error().code, ErrorCode::connectionFailed);
    EXPECT_EQ(store->put("a", "A", SecretText("x")).error().code, ErrorCode::connectionFailed);
  }
}

TEST_F(Choice, DoesNotRememberAStoreThatCouldNotKeepTheSecret) {
  EXPECT_FALSE(open("keychain").value()->put("a", "A", SecretText("x")));
  EXPECT_EQ(open(std::nullopt).value()->kind(), StoreKind::keyFile);
}

TEST_F(Choice, NeverWritesAFileForTheMemoryStore) {
  ASSERT_TRUE(open("memory").value()->put("a", "A", SecretText("x")));
  EXPECT_TRUE(std::filesystem::is_empty(data_.path()));
}

TEST_F(Choice, SaysWhenTheRememberedWordIsNone) {
  holdsWord("cupboard");
  EXPECT_EQ(open(std::nullopt).error().code, ErrorCode::internalError);
  EXPECT_EQ(open("file").value()->kind(), StoreKind::keyFile) << "a person's own word still holds";
}

TEST_F(Choice, KeepsToAPassphraseFileWhenThePassphraseIsNotGiven) {
  ASSERT_TRUE(open("file", SecretText("open sesame")).value()->put("a", "A", SecretText("x")));
  const auto store = open(std::nullopt).value();
  EXPECT_EQ(store->kind(), StoreKind::file);
  EXPECT_EQ(store->get("a").error().code, ErrorCode::unauthorized);
}

TEST(StoreKindNames, AreThoseOfTheInterface) {
  EXPECT_EQ(wireName(StoreKind::keychain), "keychain");
  EXPECT_EQ(wireName(StoreKind::file), "file");
  EXPECT_EQ(wireName(StoreKind::keyFile), "keyFile");
  EXPECT_EQ(wireName(StoreKind::memory), "memory");
}

}  // namespace
}  // namespace cachify::secrets
