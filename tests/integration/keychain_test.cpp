// The real gnome-keyring on a bus of the test's own: what libsecret alone does not tell apart, and what may
// hang.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "integration/keychain_prompter.hpp"
#include "integration/keychain_session.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::secrets {
namespace {

using namespace std::chrono_literals;
using test::KeychainSession;
using test::KeyringPrompter;
using test::TemporaryDirectory;
using Keyring = KeychainSession::Keyring;

constexpr std::string_view kName = "connection/1/password";
const SecretText kSecret("s3cret-that-nobody-sees");

std::string storeDetail(const Error& error) {
  const auto* const value = error.detail("store");
  return value == nullptr ? "" : std::get<std::string>(*value);
}

std::chrono::steady_clock::duration timeOf(const auto& act) {
  const auto start = std::chrono::steady_clock::now();
  act();
  return std::chrono::steady_clock::now() - start;
}

bool anyFileHolds(const std::string& directory, std::string_view text) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    if (content.find(text) != std::string::npos) return true;
  }
  return false;
}

/// The environment a process of ours would find in a session.
class Environment {
 public:
  explicit Environment(const std::string& busAddress, const char* display = nullptr) {
    unsetenv("WAYLAND_DISPLAY");
    unsetenv("XDG_RUNTIME_DIR");
    setenv("DBUS_SESSION_BUS_ADDRESS", busAddress.c_str(), 1);
    if (display == nullptr) {
      unsetenv("DISPLAY");
    } else {
      setenv("DISPLAY", display, 1);
    }
  }
};

StoreChoice choiceFor(const TemporaryDirectory& directory, std::optional<std::string> wanted = {}) {
  return {.wanted = std::move(wanted), .passphrase = {}, .directory = directory.path()};
}

void expectLocked(const Error& error) {
  EXPECT_EQ(error.code, ErrorCode::unauthorized) << error.message;
  EXPECT_EQ(storeDetail(error), "locked");
  EXPECT_NE(error.message.find("CACHIFY_SECRET_STORE=file"), std::string::npos) << "says no way out";
}

void expectMissing(const Error& error) {
  EXPECT_EQ(error.code, ErrorCode::connectionFailed) << error.message;
  EXPECT_EQ(storeDetail(error), "missing");
}

TEST(Keychain, TellsALockedKeyringFromAnAbsentEntry) {
  KeychainSession session(Keyring::unlocked);
  KeychainSecretStore store(session.options());
  ASSERT_TRUE(store.put(kName, "Password", kSecret));
  EXPECT_EQ(store.get("connection/2/password").error().code, ErrorCode::notFound);

  session.lock();
  expectLocked(store.get(kName).error());
  expectLocked(store.put(kName, "Password", SecretText("other")).error());
  expectLocked(store.put("connection/2/password", "Password", SecretText("other")).error());
  expectLocked(store.remove(kName).error());

  session.restartUnlocked();
  EXPECT_EQ(store.get(kName)->reveal(), kSecret.reveal());
}

TEST(Keychain, IsLockedAfterALogInWithoutPassword) {
  KeychainSession session(Keyring::unlocked);
  KeychainSecretStore store(session.options());
  ASSERT_TRUE(store.put(kName, "Password", kSecret));
  session.restartLocked();
  expectLocked(store.get(kName).error());
}

TEST(Keychain, NeverPromptsWhereNobodyCouldAnswer) {
  KeychainSession session(Keyring::unlocked);
  const KeyringPrompter prompter(session.busAddress(), KeyringPrompter::Person::isAway);
  KeychainSecretStore store(session.options());
  ASSERT_TRUE(store.put(kName, "Password", kSecret));
  session.lock();
  EXPECT_LT(timeOf([&] { expectLocked(store.get(kName).error()); }), 5s);
  EXPECT_EQ(prompter.timesAsked(), 0);
}

void givesUpOnThePromptOf(KeyringPrompter::Person person) {
  KeychainSession session(Keyring::unlocked);
  const KeyringPrompter prompter(session.busAddress(), person);
  auto options = session.options();
  options.mayPrompt = true;
  options.promptTimeout = 500ms;
  KeychainSecretStore store(options);
  ASSERT_TRUE(store.put(kName, "Password", kSecret));
  session.lock();

  EXPECT_LT(timeOf([&] { expectLocked(store.get(kName).error()); }), 8s);
  EXPECT_EQ(prompter.timesAsked(), 1);
  expectLocked(store.get(kName).error());
  EXPECT_EQ(prompter.timesAsked(), 1) << "asked again at once";
}

TEST(Keychain, GivesUpOnAPromptThatNobodyAnswersAndDoesNotRepeatIt) {
  givesUpOnThePromptOf(KeyringPrompter::Person::isAway);
}

TEST(Keychain, GivesUpOnAPromptThatIsNeverShownAndDoesNotRepeatIt) {
  givesUpOnThePromptOf(KeyringPrompter::Person::hasAHungDesktop);
}

TEST(Keychain, IsUnlockedByAPersonAtThePrompt) {
  KeychainSession session(Keyring::unlocked);
  const KeyringPrompter prompter(session.busAddress(), KeyringPrompter::Person::givesPassword);
  auto options = session.options();
  options.mayPrompt = true;
  KeychainSecretStore store(options);
  ASSERT_TRUE(store.put(kName, "Password", kSecret));
  session.lock();
  const auto got = store.get(kName);
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->reveal(), kSecret.reveal());
  session.lock();
  EXPECT_TRUE(store.put("connection/2/password", "Password", kSecret));
  EXPECT_EQ(prompter.timesAsked(), 2);
}

TEST(Keychain, MakesTheFirstKeyringWithAPersonAtThePrompt) {
  const KeychainSession session(Keyring::bare);
  const KeyringPrompter prompter(session.busAddress(), KeyringPrompter::Person::givesPassword);
  auto options = session.options();
  options.mayPrompt = true;
  KeychainSecretStore store(options);
  const auto stored = store.put(kName, "Password", kSecret);
  ASSERT_TRUE(stored) << stored.error().message;
  EXPECT_EQ(store.get(kName)->reveal(), kSecret.reveal());
}

TEST(Keychain, TakesADismissedPromptForANoAndDoesNotRepeatIt) {
  KeychainSession session(Keyring::unlocked);
  const KeyringPrompter prompter(session.busAddress(), KeyringPrompter::Person::dismisses);
  auto options = session.options();
  options.mayPrompt = true;
  KeychainSecretStore store(options);
  ASSERT_TRUE(store.put(kName, "Password", kSecret));
  session.lock();
  EXPECT_LT(timeOf([&] { expectLocked(store.get(kName).error()); }), 10s);
  EXPECT_EQ(prompter.timesAsked(), 1);
  expectLocked(store.put(kName, "Password", kSecret).error());
  EXPECT_EQ(prompter.timesAsked(), 1);
}

TEST(Keychain, SaysThatTheFirstKeyringIsStillToBeMade) {
  const KeychainSession session(Keyring::bare);
  KeychainSecretStore store(session.options());
  expectLocked(store.put(kName, "Password", kSecret).error());
  EXPECT_EQ(store.get(kName).error().code, ErrorCode::notFound);
}

TEST(Keychain, IsMissingWhereTheBusHasNoKeyring) {
  const KeychainSession session(Keyring::none);
  KeychainSecretStore store(session.options());
  expectMissing(store.get(kName).error());
  expectMissing(store.put(kName, "Password", kSecret).error());
}

TEST(Keychain, IsMissingWhereThereIsNoBus) {
  const TemporaryDirectory directory;
  for (const auto& address : {std::string(), "unix:path=" + (directory / "none"), std::string("nonsense")}) {
    KeychainSecretStore store({.busAddress = address});
    expectMissing(store.get(kName).error());
  }
}

TEST(Keychain, DoesNotWaitForEverForADaemonThatHangs) {
  KeychainSession session(Keyring::unlocked);
  auto options = session.options();
  options.callTimeout = 300ms;
  KeychainSecretStore store(options);
  ASSERT_TRUE(store.put(kName, "Password", kSecret));
  session.daemon().suspend();
  EXPECT_LT(timeOf([&] {
              const auto error = store.get(kName).error();
              EXPECT_EQ(error.code, ErrorCode::timeout) << error.message;
              EXPECT_TRUE(error.retryable);
            }),
            5s);
  session.daemon().resume();
  EXPECT_EQ(store.get(kName)->reveal(), kSecret.reveal());
}

TEST(Keychain, SurvivesADaemonThatIsRestartedBetweenCalls) {
  KeychainSession session(Keyring::unlocked);
  KeychainSecretStore store(session.options());
  ASSERT_TRUE(store.put(kName, "Password", kSecret));
  session.restartUnlocked();
  EXPECT_EQ(store.get(kName)->reveal(), kSecret.reveal());
}

TEST(Keychain, LeavesNoSecretInAnyFileInTheClear) {
  KeychainSession session(Keyring::unlocked);
  KeychainSecretStore store(session.options());
  ASSERT_TRUE(store.put(kName, "Password", kSecret));
  session.restartUnlocked();
  ASSERT_TRUE(store.get(kName));
  EXPECT_FALSE(anyFileHolds(session.directory(), kSecret.reveal()));
}

TEST(SecretStoreChoice, TakesTheKeychainThatAnswersAndRemembersItOnceUsed) {
  KeychainSession session(Keyring::unlocked);
  const Environment environment(session.busAddress());
  const TemporaryDirectory data;
  const auto store = openSecretStore(choiceFor(data)).value();
  ASSERT_EQ(store->kind(), StoreKind::keychain);
  EXPECT_TRUE(std::filesystem::is_empty(data.path())) << "opening alone leaves nothing behind";
  ASSERT_TRUE(store->put(kName, "Password", kSecret));

  const Environment elsewhere("unix:path=" + (data / "no-bus"));
  const auto again = openSecretStore(choiceFor(data)).value();
  EXPECT_EQ(again->kind(), StoreKind::keychain);
  expectMissing(again->get(kName).error());
}

TEST(SecretStoreChoice, StaysWithTheSealedFileWhenAKeychainComesLater) {
  const TemporaryDirectory data;
  const Environment nowhere("unix:path=" + (data / "no-bus"));
  ASSERT_TRUE(openSecretStore(choiceFor(data)).value()->put(kName, "Password", kSecret));

  const KeychainSession session(Keyring::unlocked);
  const Environment environment(session.busAddress());
  const auto store = openSecretStore(choiceFor(data)).value();
  EXPECT_EQ(store->kind(), StoreKind::keyFile);
  EXPECT_EQ(store->get(kName)->reveal(), kSecret.reveal());
}

TEST(SecretStoreChoice, TakesTheFileWhereTheKeyringIsStillToBeMadeAndNobodyCanBeAsked) {
  const KeychainSession session(Keyring::bare);
  const TemporaryDirectory data;
  const Environment headless(session.busAddress());
  EXPECT_EQ(openSecretStore(choiceFor(data)).value()->kind(), StoreKind::keyFile);
  const Environment desktop(session.busAddress(), ":0");
  EXPECT_EQ(openSecretStore(choiceFor(data)).value()->kind(), StoreKind::keychain);
}

TEST(SecretStoreChoice, FollowsAPersonsWordForTheProcessAndKeepsTheRememberedOne) {
  KeychainSession session(Keyring::unlocked);
  const Environment environment(session.busAddress());
  const TemporaryDirectory data;
  ASSERT_TRUE(openSecretStore(choiceFor(data, "file")).value()->put(kName, "Password", kSecret));
  ASSERT_TRUE(
      openSecretStore(choiceFor(data, "keychain")).value()->put(kName, "Password", SecretText("other")));
  EXPECT_EQ(openSecretStore(choiceFor(data)).value()->get(kName)->reveal(), kSecret.reveal());
  EXPECT_EQ(openSecretStore(choiceFor(data, "memory")).value()->kind(), StoreKind::memory);
}

}  // namespace
}  // namespace cachify::secrets
