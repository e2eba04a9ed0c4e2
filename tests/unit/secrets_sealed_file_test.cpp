#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "core/bytes.hpp"
#include "secrets/private_file.hpp"
#include "secrets/sealed_file_secret_store.hpp"
#include "support/child_process.hpp"

namespace cachify::secrets {
namespace {

namespace fs = std::filesystem;
using test::TemporaryDirectory;

constexpr PassphraseCost kCheap{.passes = 1, .memoryKib = 8};
const SecretText kPassphrase("open sesame");
const SecretText kSecret("s3cret-that-nobody-sees");

std::string storeDetail(const Error& error) {
  const auto* const value = error.detail("store");
  return value == nullptr ? "" : std::get<std::string>(*value);
}

mode_t modeOf(const fs::path& file) {
  struct stat status {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0) << file;
  return status.st_mode & 07777;
}

std::string contentOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class SealedFile : public ::testing::Test {
 protected:
  [[nodiscard]] SealedFileSecretStore with(std::optional<SecretText> passphrase) const {
    return SealedFileSecretStore(data_, std::move(passphrase), kCheap);
  }
  [[nodiscard]] fs::path sealed() const { return SealedFileSecretStore::sealedFile(data_); }
  [[nodiscard]] fs::path keyFile() const { return SealedFileSecretStore::keyFile(data_); }

  TemporaryDirectory directory_;
  fs::path data_ = directory_ / "data";
};

TEST_F(SealedFile, OutlivesItsObject) {
  ASSERT_TRUE(with(kPassphrase).put("a", "A", kSecret));
  EXPECT_EQ(with(kPassphrase).get("a")->reveal(), kSecret.reveal());
}

TEST_F(SealedFile, IsLockedToAWrongPassphraseAndStaysAsItIs) {
  ASSERT_TRUE(with(kPassphrase).put("a", "A", kSecret));
  const auto before = contentOf(sealed());
  auto wrong = with(SecretText("open barley"));
  for (const auto& error :
       {wrong.get("a").error(), wrong.put("b", "B", kSecret).error(), wrong.remove("a").error()}) {
    EXPECT_EQ(error.code, ErrorCode::unauthorized);
    EXPECT_EQ(storeDetail(error), "locked");
  }
  EXPECT_EQ(contentOf(sealed()), before);
}

TEST_F(SealedFile, AsksForThePassphraseWhereNoneIsGiven) {
  ASSERT_TRUE(with(kPassphrase).put("a", "A", kSecret));
  for (const auto& none : {std::optional<SecretText>(), std::optional(SecretText(""))}) {
    auto store = with(none);
    EXPECT_EQ(store.kind(), StoreKind::file);
    const auto error = store.put("b", "B", kSecret).error();
    EXPECT_EQ(error.code, ErrorCode::unauthorized);
    EXPECT_EQ(storeDetail(error), "locked");
    EXPECT_NE(error.message.find("CACHIFY_VAULT_PASSPHRASE"), std::string::npos);
  }
  EXPECT_FALSE(fs::exists(keyFile())) << "never replaced by the weaker way";
}

TEST_F(SealedFile, SealedWithAKeyFileIsOpenedByItEvenIfAPassphraseIsGiven) {
  ASSERT_TRUE(with(std::nullopt).put("a", "A", kSecret));
  auto store = with(kPassphrase);
  EXPECT_EQ(store.kind(), StoreKind::keyFile);
  EXPECT_EQ(store.get("a")->reveal(), kSecret.reveal());
}

TEST_F(SealedFile, DamagedIsSaidSoAndNeverOverwritten) {
  ASSERT_TRUE(with(kPassphrase).put("a", "A", kSecret));
  auto broken = contentOf(sealed());
  broken[broken.size() / 2] = static_cast<char>(broken[broken.size() / 2] ^ 1);
  std::ofstream(sealed(), std::ios::binary) << broken;
  for (auto* const passphrase : {&kPassphrase, static_cast<const SecretText*>(nullptr)}) {
    auto store = with(passphrase == nullptr ? std::nullopt : std::optional(*passphrase));
    EXPECT_EQ(store.get("a").error().code, ErrorCode::internalError);
    EXPECT_EQ(store.put("b", "B", kSecret).error().code, ErrorCode::internalError);
    EXPECT_EQ(store.remove("a").error().code, ErrorCode::internalError);
  }
  EXPECT_EQ(contentOf(sealed()), broken);
}

TEST_F(SealedFile, IsReadableByItsOwnerAlone) {
  const auto mask = ::umask(0);
  ASSERT_TRUE(with(std::nullopt).put("a", "A", kSecret));
  ::umask(mask);
  EXPECT_EQ(modeOf(data_), 0700U);
  EXPECT_EQ(modeOf(sealed()), 0600U);
  EXPECT_EQ(modeOf(keyFile()), 0600U);
  EXPECT_EQ(fs::file_size(keyFile()), 32U);
}

TEST_F(SealedFile, RefusesAKeyFileThatOthersCanRead) {
  ASSERT_TRUE(with(std::nullopt).put("a", "A", kSecret));
  for (const auto others : {fs::perms::group_read, fs::perms::others_read, fs::perms::others_write}) {
    fs::permissions(keyFile(), fs::perms::owner_read | others);
    const auto error = with(std::nullopt).get("a").error();
    EXPECT_EQ(error.code, ErrorCode::unauthorized);
    EXPECT_NE(error.message.find("chmod 600"), std::string::npos);
  }
}

TEST_F(SealedFile, NeverMakesANewKeyFileForOldSecrets) {
  ASSERT_TRUE(with(std::nullopt).put("a", "A", kSecret));
  fs::remove(keyFile());
  auto store = with(std::nullopt);
  EXPECT_EQ(storeDetail(store.get("a").error()), "locked");
  EXPECT_EQ(storeDetail(store.put("b", "B", kSecret).error()), "locked");
  EXPECT_FALSE(fs::exists(keyFile()));
}

TEST_F(SealedFile, HoldsNoSecretInTheClear) {
  ASSERT_TRUE(with(kPassphrase).put("a", "A", kSecret));
  ASSERT_TRUE(with(kPassphrase).put("b", "B", kSecret));
  const auto base64 = toBase64(kSecret.reveal()).substr(0, 28);
  for (const auto& entry : fs::recursive_directory_iterator(data_)) {
    const auto content = contentOf(entry.path());
    EXPECT_EQ(content.find(kSecret.reveal()), std::string::npos) << entry.path();
    EXPECT_EQ(content.find(base64), std::string::npos) << entry.path();
    EXPECT_EQ(content.find(kPassphrase.reveal()), std::string::npos) << entry.path();
  }
}

TEST_F(SealedFile, ReadingLeavesNothingBehind) {
  EXPECT_EQ(with(kPassphrase).get("a").error().code, ErrorCode::notFound);
  EXPECT_TRUE(with(kPassphrase).remove("a"));
  EXPECT_FALSE(fs::exists(data_));
}

TEST_F(SealedFile, PutsAnUnfinishedNeighbourOfACrashAside) {
  ASSERT_TRUE(with(kPassphrase).put("a", "A", kSecret));
  std::ofstream(sealed().string() + ".new") << "half";
  ASSERT_TRUE(with(kPassphrase).put("b", "B", kSecret));
  EXPECT_FALSE(fs::exists(sealed().string() + ".new"));
  EXPECT_EQ(with(kPassphrase).get("a")->reveal(), kSecret.reveal());
}

TEST_F(SealedFile, GivesUpOnALockThatIsNeverReleased) {
  const auto held = DirectoryLock::take(data_);
  ASSERT_TRUE(held);
  const auto error = DirectoryLock::take(data_, std::chrono::milliseconds(50)).error();
  EXPECT_EQ(error.code, ErrorCode::timeout);
  EXPECT_TRUE(error.retryable);
}

/// A process of its own that puts `count` entries and ends with 0 if all went well.
pid_t writerProcess(const fs::path& data, const std::string& prefix, int count,
                    const std::optional<SecretText>& passphrase) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  SealedFileSecretStore store(data, passphrase, kCheap);
  bool good = true;
  for (int i = 0; i < count; ++i) {
    good = store.put(prefix + std::to_string(i), "Label", SecretText(prefix)).has_value() && good;
  }
  _exit(good ? 0 : 1);
}

void awaitSuccess(pid_t child) {
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST_F(SealedFile, LosesNothingWhenProcessesWriteAtOnceFromTheFirstEntryOn) {
  for (const auto& passphrase : {std::optional<SecretText>(kPassphrase), std::optional<SecretText>()}) {
    const auto data = directory_.path() + (passphrase ? "/passphrase" : "/keyFile");
    const auto one = writerProcess(data, "one/", 50, passphrase);
    const auto two = writerProcess(data, "two/", 50, passphrase);
    awaitSuccess(one);
    awaitSuccess(two);
    SealedFileSecretStore store(data, passphrase, kCheap);
    for (int i = 0; i < 50; ++i) {
      EXPECT_TRUE(store.get("one/" + std::to_string(i))) << i;
      EXPECT_TRUE(store.get("two/" + std::to_string(i))) << i;
    }
  }
}

TEST_F(SealedFile, IsWholeWheneverAWriterIsKilled) {
  ASSERT_TRUE(with(kPassphrase).put("first", "Label", kSecret));
  for (int round = 0; round < 10; ++round) {
    const auto writer = writerProcess(data_, "round/", 100000, kPassphrase);
    const auto before = contentOf(sealed());
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (contentOf(sealed()) == before && std::chrono::steady_clock::now() < deadline) {
    }
    ::kill(writer, SIGKILL);
    waitpid(writer, nullptr, 0);
    EXPECT_NE(contentOf(sealed()), before) << "the writer never wrote";
    EXPECT_EQ(with(kPassphrase).get("first")->reveal(), kSecret.reveal());
  }
}

TEST_F(SealedFile, CostsAtLeastSixtyFourMebibytesAndThreePassesPerGuess) {
  SealedFileSecretStore store(data_, kPassphrase);
  ASSERT_TRUE(store.put("a", "A", kSecret));
  const auto parameters = readSealParameters(contentOf(sealed())).value();
  EXPECT_GE(parameters.passes, 3U);
  EXPECT_GE(parameters.memoryKib, 64U * 1024U);
}

}  // namespace
}  // namespace cachify::secrets
