#pragma once
// The open cache sessions of this process, one per profile and use, made anew when the profile changes.

#include <map>
#include <memory>

#include "actions/async.hpp"
#include "actions/context.hpp"
#include "domain/profile.hpp"

namespace cachify::actions {

/// Secrets that take the place of the stored ones.
struct TypedSecrets {
  std::optional<SecretText> password{};
  std::optional<SecretText> tlsKeyPassphrase{};
};

/// What a session is for. Each has network connections of its own, so that bulk work never stands in the way
/// of a person. (What listens has its own anyhow: see cache::Subscription.)
/// `sampling`: the process on duty looks at what another one keeps open.
enum class Use : std::uint8_t { interactive, bulk, sampling };

/// Lives on the network thread.
class SessionPool {
 public:
  explicit SessionPool(const Context& context) : context_(context) {}

  /// Fetches the secrets from the secret store when a session must be made.
  [[nodiscard]] Task<std::shared_ptr<cache::CacheSession>> session(domain::ConnectionProfile profile,
                                                                   Use use = Use::interactive);
  /// A session apart from the pool.
  [[nodiscard]] Task<std::shared_ptr<cache::CacheSession>> temporary(domain::ConnectionProfile profile,
                                                                     TypedSecrets typed);
  /// After a loss: `CacheSession::renew` of all its sessions.
  void renew(ConnectionId id);
  /// Closes its sessions, or the one of this use.
  void forget(ConnectionId id);
  void forget(ConnectionId id, Use use);
  void closeAll();

 private:
  /// `typed`, else what is stored under `name`; `missing` is the error when it is not there.
  Task<SecretText> secret(std::optional<SecretText> typed, std::string name, std::string missing);

  struct Entry {
    domain::ConnectionProfile profile;
    std::shared_ptr<cache::CacheSession> session;
  };
  const Context& context_;
  std::map<std::pair<ConnectionId, Use>, Entry> entries_;
};

}  // namespace cachify::actions
