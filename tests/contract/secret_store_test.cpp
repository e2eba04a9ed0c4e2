// What every SecretStore owes its callers; the keychain is a real gnome-keyring.

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <thread>

#include "integration/keychain_session.hpp"
#include "secrets/memory_secret_store.hpp"
#include "secrets/sealed_file_secret_store.hpp"

namespace cachify::secrets {
namespace {

using test::KeychainSession;
using test::TemporaryDirectory;

/// The least that Argon2id takes: the tests are about the store, not about the cost of a guess.
constexpr PassphraseCost kCheap{.passes = 1, .memoryKib = 8};

/// A store together with what it needs to live.
struct Subject {
  std::shared_ptr<void> surroundings;
  std::unique_ptr<SecretStore> store;
};

Subject memorySubject() {
  return {.surroundings = nullptr, .store = std::make_unique<MemorySecretStore>()};
}

Subject sealedSubject(std::optional<SecretText> passphrase) {
  auto directory = std::make_shared<TemporaryDirectory>();
  auto store = std::make_unique<SealedFileSecretStore>(directory->path(), std::move(passphrase), kCheap);
  return {.surroundings = std::move(directory), .store = std::move(store)};
}

Subject keychainSubject() {
  auto session = std::make_shared<KeychainSession>(KeychainSession::Keyring::unlocked);
  auto store = std::make_unique<KeychainSecretStore>(session->options());
  return {.surroundings = std::move(session), .store = std::move(store)};
}

struct Kind {
  const char* name;
  StoreKind kind;
  std::function<Subject()> make;
};

class SecretStoreContract : public ::testing::TestWithParam<Kind> {
 protected:
  [[nodiscard]] SecretStore& store() { return *subject_.store; }
  void expectKept(std::string_view name, const std::string& secret) {
    ASSERT_TRUE(store().put(name, "Label", SecretText(secret)));
    const auto got = store().get(name);
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_TRUE(got->reveal() == secret) << "other bytes came back for " << name;
  }

 private:
  Subject subject_ = GetParam().make();
};

TEST_P(SecretStoreContract, SaysItsKind) {
  EXPECT_EQ(store().kind(), GetParam().kind);
}

TEST_P(SecretStoreContract, GivesBackWhatWasPut) {
  expectKept("connection/1/password", "hunter2");
}

TEST_P(SecretStoreContract, ReplacesWhatWasPutBefore) {
  expectKept("connection/1/password", "first");
  expectKept("connection/1/password", "second");
  ASSERT_TRUE(store().put("connection/1/password", "Other label", SecretText("third")));
  EXPECT_EQ(store().get("connection/1/password")->reveal(), "third");
}

TEST_P(SecretStoreContract, KeepsNamesApart) {
  expectKept("connection/1/password", "one");
  expectKept("connection/1/passwor", "two");
  expectKept("Connection/1/password", "three");
  EXPECT_EQ(store().get("connection/1/password")->reveal(), "one");
}

TEST_P(SecretStoreContract, SaysNotFoundForAnAbsentName) {
  EXPECT_EQ(store().get("absent").error().code, ErrorCode::notFound);
  expectKept("present", "x");
  EXPECT_EQ(store().get("absent").error().code, ErrorCode::notFound);
}

TEST_P(SecretStoreContract, RemovesAnEntryAndOnlyThat) {
  expectKept("one", "1");
  expectKept("two", "2");
  ASSERT_TRUE(store().remove("one"));
  EXPECT_EQ(store().get("one").error().code, ErrorCode::notFound);
  EXPECT_EQ(store().get("two")->reveal(), "2");
  expectKept("one", "again");
}

TEST_P(SecretStoreContract, TakesRemovingWhatIsNotThereAsDone) {
  EXPECT_TRUE(store().remove("absent"));
  expectKept("present", "x");
  EXPECT_TRUE(store().remove("absent"));
}

TEST_P(SecretStoreContract, KeepsAnyBytes) {
  std::string every;
  for (int byte = 0; byte < 256; ++byte) every.push_back(static_cast<char>(byte));
  expectKept("every byte", every);
  expectKept("one NUL", std::string(1, '\0'));
  expectKept("data key", std::string("\0\xff\0 0123456789abcdef 0123456789\0", 32));
  expectKept("blanks at the ends", "  padded \n");
  expectKept("not UTF-8", "\xc3\x28\xed\xa0\x80");
  expectKept("text of many scripts", "pässwörd пароль 密码 🔑");
  expectKept("empty", "");
  expectKept("looks encoded", "base64:bm90IGVuY29kZWQ=");
}

TEST_P(SecretStoreContract, KeepsLongSecrets) {
  expectKept("64 KiB of text", std::string(64 * 1024, 'k'));
  expectKept("64 KiB of NUL", std::string(64 * 1024, '\0'));
}

TEST_P(SecretStoreContract, TakesOddNames) {
  for (const auto* name : {"with blank", "../../etc/passwd", "quote\"and'back\\slash", "%s%n", "имя-名前",
                           "a=b;c=d", "/", "."}) {
    expectKept(name, std::string("secret of ") + name);
  }
  expectKept(std::string(1024, 'n'), "long name");
}

TEST_P(SecretStoreContract, RefusesNamesThatNotEveryStoreCanKeep) {
  for (const auto& name : {std::string(), std::string("nul\0inside", 10), std::string("line\nbreak"),
                           std::string("\xff"), std::string(1025, 'n')}) {
    EXPECT_EQ(store().put(name, "Label", SecretText("x")).error().code, ErrorCode::validationError);
    EXPECT_EQ(store().get(name).error().code, ErrorCode::validationError);
    EXPECT_EQ(store().remove(name).error().code, ErrorCode::validationError);
  }
}

TEST_P(SecretStoreContract, TakesAnyLabel) {
  for (const auto& label : {std::string(), std::string("nul\0inside", 10), std::string("\xff\n\x1b[31m")}) {
    ASSERT_TRUE(store().put("labelled", label, SecretText("x")));
    EXPECT_EQ(store().get("labelled")->reveal(), "x");
  }
}

TEST_P(SecretStoreContract, LosesNothingWhenThreadsWriteAtOnce) {
  const auto write = [this](const std::string& prefix) {
    for (int i = 0; i < 10; ++i) {
      EXPECT_TRUE(store().put(prefix + std::to_string(i), "Label", SecretText(prefix)));
    }
  };
  {
    const std::jthread one(write, "one/");
    const std::jthread two(write, "two/");
  }
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(store().get("one/" + std::to_string(i))->reveal(), "one/");
    EXPECT_EQ(store().get("two/" + std::to_string(i))->reveal(), "two/");
  }
}

INSTANTIATE_TEST_SUITE_P(Every, SecretStoreContract,
                         ::testing::Values(Kind{"Memory", StoreKind::memory, memorySubject},
                                           Kind{"Passphrase", StoreKind::file,
                                                [] { return sealedSubject(SecretText("open sesame")); }},
                                           Kind{"KeyFile", StoreKind::keyFile,
                                                [] { return sealedSubject(std::nullopt); }},
                                           Kind{"Keychain", StoreKind::keychain, keychainSubject}),
                         [](const auto& subject) { return subject.param.name; });

}  // namespace
}  // namespace cachify::secrets
