#include "actions/vault_keeper.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "log/event_log.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::actions {
namespace {

std::string secretName(Uuid keyId) {
  return fmt::format("vault/{}", keyId.toString());
}

/// Two processes that start a new log at once must not both make a key.
class KeyLock {
 public:
  explicit KeyLock(const std::filesystem::path& directory)
      : descriptor_(::open((directory / "data-key.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    held_ = descriptor_ >= 0 && flock(descriptor_, LOCK_EX) == 0;
  }
  ~KeyLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  KeyLock(const KeyLock&) = delete;
  KeyLock& operator=(const KeyLock&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  int descriptor_;
  bool held_ = false;
};

}  // namespace

Result<std::shared_ptr<const log::Vault>> VaultKeeper::open() {
  const std::scoped_lock lock(mutex_);
  if (vault_) return vault_;
  if (context_.secrets.kind() == secrets::StoreKind::memory) {
    return fail(ErrorCode::notSupported,
                "secrets are kept in memory only, so snapshots have no key to be sealed with");
  }
  auto key = loadOrMakeKey();
  if (!key) return std::unexpected(key.error());
  const auto head = context_.log.head();
  if (!head) return std::unexpected(head.error());
  vault_ = std::make_shared<const log::Vault>(head->logId, std::move(*key));
  return vault_;
}

Result<log::DataKey> VaultKeeper::loadOrMakeKey() {
  auto keyId = context_.log.dataKeyId();
  if (!keyId) return std::unexpected(keyId.error());
  if (!keyId->isNil()) return loadKey(*keyId);
  const KeyLock lock(context_.dataDirectory);
  if (!lock.held()) return fail(ErrorCode::internalError, "cannot lock data-key.lock in the data directory");
  keyId = context_.log.dataKeyId();
  if (!keyId) return std::unexpected(keyId.error());
  return keyId->isNil() ? makeKey() : loadKey(*keyId);
}

Result<log::DataKey> VaultKeeper::loadKey(Uuid keyId) {
  auto text = context_.secrets.get(secretName(keyId));
  if (text) return log::DataKey{keyId, std::move(*text)};
  if (text.error().code != ErrorCode::notFound) return std::unexpected(text.error());
  return fail(Error{
      .code = ErrorCode::unauthorized,
      .message = fmt::format("the secret store ({}) does not have the key {} that this data directory's "
                             "snapshots are sealed with; choose the store it lies in "
                             "(CACHIFY_SECRET_STORE), or restore it from a backup",
                             secrets::wireName(context_.secrets.kind()), keyId.toString())}
                  .with("keyId", keyId.toString()));
}

Result<log::DataKey> VaultKeeper::makeKey() {
  auto key = log::DataKey::make(context_.clock.now());
  // Stored first: a key named in the log and found nowhere would lose every snapshot made with it.
  if (auto ok =
          context_.secrets.put(secretName(key.id), "Cachify Studio: key of the snapshot vault", key.key);
      !ok) {
    return std::unexpected(ok.error());
  }
  if (auto ok = context_.log.setDataKeyId(key.id); !ok) return std::unexpected(ok.error());
  return key;
}

}  // namespace cachify::actions
