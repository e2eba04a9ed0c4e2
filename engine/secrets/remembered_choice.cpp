#include "secrets/remembered_choice.hpp"

#include <atomic>

#include "secrets/private_file.hpp"
#include "secrets/sealed_file_secret_store.hpp"

namespace cachify::secrets {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxChoiceBytes = 4096;

fs::path choiceFile(const fs::path& directory) {
  return directory / "secret-store";
}

/// The first process to write wins.
Result<void> remember(const fs::path& directory, StoreKind kind) {
  const auto turn = DirectoryLock::take(directory);
  if (!turn) return fail(turn.error());
  std::error_code ignored;
  if (fs::exists(choiceFile(directory), ignored)) return {};
  const auto word = kind == StoreKind::keychain ? StoreKind::keychain : StoreKind::file;
  return replacePrivateFile(choiceFile(directory), std::string(wireName(word)) + "\n");
}

class RememberingStore final : public SecretStore {
 public:
  RememberingStore(std::unique_ptr<SecretStore> store, fs::path directory)
      : store_(std::move(store)), directory_(std::move(directory)) {}

  [[nodiscard]] StoreKind kind() const override { return store_->kind(); }
  [[nodiscard]] std::filesystem::path file() const override { return store_->file(); }
  Result<void> put(std::string_view name, std::string_view label, const SecretText& secret) override {
    if (auto stored = store_->put(name, label, secret); !stored || remembered_) return stored;
    auto written = remember(directory_, kind());
    remembered_ = written.has_value();
    return written;
  }
  [[nodiscard]] Result<SecretText> get(std::string_view name) override { return store_->get(name); }
  Result<void> remove(std::string_view name) override { return store_->remove(name); }

 private:
  const std::unique_ptr<SecretStore> store_;
  const fs::path directory_;
  std::atomic<bool> remembered_ = false;
};

}  // namespace

Result<std::optional<StoreKind>> rememberedChoice(const fs::path& directory) {
  const auto content = readPrivateFile(choiceFile(directory), kMaxChoiceBytes, Readers::any);
  if (!content) return fail(content.error());
  if (*content) {
    const auto word = trimAscii(**content);
    for (const auto kind : {StoreKind::keychain, StoreKind::file}) {
      if (word == wireName(kind)) return kind;
    }
    return fail(ErrorCode::internalError, choiceFile(directory).string() +
                                              " should hold the word keychain or file, and holds neither. "
                                              "Correct it, or remove it to choose anew.");
  }
  std::error_code ignored;
  if (fs::exists(SealedFileSecretStore::sealedFile(directory), ignored)) return StoreKind::file;
  return std::nullopt;
}

std::unique_ptr<SecretStore> rememberOnFirstPut(std::unique_ptr<SecretStore> store, fs::path directory) {
  return std::make_unique<RememberingStore>(std::move(store), std::move(directory));
}

}  // namespace cachify::secrets
