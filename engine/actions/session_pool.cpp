#include "actions/session_pool.hpp"

#include <fmt/format.h>

#include "cache/open_session.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::actions {

using domain::ConnectionProfile;
using Session = std::shared_ptr<cache::CacheSession>;

Task<SecretText> SessionPool::password(const ConnectionProfile& profile) {
  if (profile.secretRef.empty()) co_return SecretText();
  auto& store = context_.secrets;
  const std::string name = profile.secretRef;
  const auto get = [&] { return store.get(name); };
  Result<SecretText> secret = co_await onPool(context_.blocking, get);
  if (!secret && secret.error().code == ErrorCode::notFound) {
    co_return fail(
        ErrorCode::unauthorized,
        fmt::format("the password of '{}' is not in the secret store; enter it with `cachify connections "
                    "edit '{}' --password-stdin`",
                    profile.name, profile.name));
  }
  co_return secret;
}

Task<Session> SessionPool::session(ConnectionProfile profile) {
  if (const auto found = entries_.find(profile.id); found != entries_.end()) {
    if (found->second.profile == profile) co_return found->second.session;
    found->second.session->close();
    entries_.erase(found);
  }
  std::optional<SecretText> stored;
  Result<Session> made = co_await temporary(profile, std::move(stored));
  if (!made) co_return made;
  // Somebody else may have made one while the secret was fetched; both work, the first one stays.
  const auto [entry, inserted] = entries_.try_emplace(profile.id, Entry{profile, *made});
  co_return entry->second.session;
}

Task<Session> SessionPool::temporary(ConnectionProfile profile, std::optional<SecretText> given) {
  SecretText secret;
  if (given) {
    secret = std::move(*given);
  } else {
    Result<SecretText> stored = co_await password(profile);
    if (!stored) co_return std::unexpected(stored.error());
    secret = std::move(*stored);
  }
  auto opened = cache::openSession(context_.net, profile, std::move(secret));
  if (!opened) co_return std::unexpected(opened.error());
  co_return Session(std::move(*opened));
}

void SessionPool::forget(ConnectionId id) {
  if (const auto found = entries_.find(id); found != entries_.end()) {
    found->second.session->close();
    entries_.erase(found);
  }
}

void SessionPool::closeAll() {
  for (auto& [id, entry] : entries_) entry.session->close();
  entries_.clear();
}

}  // namespace cachify::actions
