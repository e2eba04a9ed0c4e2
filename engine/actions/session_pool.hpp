#pragma once
// The open cache sessions of this process, one per profile, made anew when the profile changes.

#include <map>
#include <memory>

#include "actions/async.hpp"
#include "actions/context.hpp"
#include "domain/profile.hpp"

namespace cachify::actions {

/// Lives on the network thread.
class SessionPool {
 public:
  explicit SessionPool(const Context& context) : context_(context) {}

  /// Fetches the password from the secret store when a session must be made.
  [[nodiscard]] Task<std::shared_ptr<cache::CacheSession>> session(domain::ConnectionProfile profile);
  /// A session apart from the pool, with this password instead of the stored one.
  [[nodiscard]] Task<std::shared_ptr<cache::CacheSession>> temporary(domain::ConnectionProfile profile,
                                                                     std::optional<SecretText> password);
  void forget(ConnectionId id);
  void closeAll();

 private:
  Task<SecretText> password(const domain::ConnectionProfile& profile);

  struct Entry {
    domain::ConnectionProfile profile;
    std::shared_ptr<cache::CacheSession> session;
  };
  const Context& context_;
  std::map<ConnectionId, Entry> entries_;
};

}  // namespace cachify::actions
