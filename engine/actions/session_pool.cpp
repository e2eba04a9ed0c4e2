#include "actions/session_pool.hpp"

#include <fmt/format.h>

#include "cache/open_session.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::actions {

using domain::ConnectionProfile;
using Session = std::shared_ptr<cache::CacheSession>;

Task<SecretText> SessionPool::secret(std::optional<SecretText> typed, std::string name, std::string missing) {
  if (typed) co_return *std::move(typed);
  if (name.empty()) co_return SecretText();
  auto& store = context_.secrets;
  const auto get = [&] { return store.get(name); };
  Result<SecretText> stored = co_await onPool(context_.blocking, get);
  if (!stored && stored.error().code == ErrorCode::notFound)
    co_return fail(ErrorCode::unauthorized, std::move(missing));
  co_return stored;
}

Task<Session> SessionPool::session(ConnectionProfile profile, Use use) {
  const std::pair key{profile.id, use};
  if (const auto found = entries_.find(key); found != entries_.end()) {
    if (found->second.profile == profile) co_return found->second.session;
    found->second.session->close();
    entries_.erase(found);
  }
  TypedSecrets none;
  Result<Session> made = co_await temporary(profile, std::move(none));
  if (!made) co_return made;
  // Somebody else may have made one while the secret was fetched; both work, the first one stays.
  const auto [entry, inserted] = entries_.try_emplace(key, Entry{profile, *made});
  co_return entry->second.session;
}

Task<Session> SessionPool::temporary(ConnectionProfile profile, TypedSecrets typed) {
  std::string missing = fmt::format(
      "the password of '{}' is not in the secret store; enter it with `cachify connections edit '{}' "
      "--password-stdin`",
      profile.name, profile.name);
  Result<SecretText> password =
      co_await secret(std::move(typed.password), profile.secretRef, std::move(missing));
  if (!password) co_return std::unexpected(password.error());
  missing = fmt::format(
      "the passphrase of the TLS client key of '{}' is not in the secret store; enter it with `cachify "
      "connections "
      "edit '{}' --tls-key-passphrase-stdin`",
      profile.name, profile.name);
  const std::string keyRef = profile.tls.enabled ? profile.tls.keySecretRef : std::string();
  Result<SecretText> passphrase =
      co_await secret(std::move(typed.tlsKeyPassphrase), keyRef, std::move(missing));
  if (!passphrase) co_return std::unexpected(passphrase.error());
  auto opened = cache::openSession(context_.net, profile, std::move(*password), std::move(*passphrase));
  co_return Session(std::move(opened));
}

void SessionPool::renew(ConnectionId id) {
  for (auto& [key, entry] : entries_) {
    if (key.first == id) entry.session->renew();
  }
}

void SessionPool::forget(ConnectionId id) {
  std::erase_if(entries_, [id](const auto& known) {
    if (known.first.first != id) return false;
    known.second.session->close();
    return true;
  });
}

void SessionPool::forget(ConnectionId id, Use use) {
  const auto found = entries_.find({id, use});
  if (found == entries_.end()) return;
  found->second.session->close();
  entries_.erase(found);
}

void SessionPool::closeAll() {
  for (auto& [key, entry] : entries_) entry.session->close();
  entries_.clear();
}

}  // namespace cachify::actions
