#pragma once
// Takes down, as sample.keyspace, what a server tells of changed keys, where somebody asked for it. Bounded:
// at most 200 changes five times a second; those between are counted as missed.

#include <map>
#include <memory>
#include <stop_token>

#include "actions/session_pool.hpp"

namespace cachify::actions {

/// Lives on the network thread; must outlive it once begun.
class KeyEventIntake {
 public:
  KeyEventIntake(const Context& context, SessionPool& sessions) : context_(context), sessions_(sessions) {}

  /// Answers once the server has confirmed it; asked for twice is asked for once. Ends with the profile's
  /// session, which is closed when the profile changes. Errors of `CacheSession::subscribe`: NOT_SUPPORTED
  /// where the server does not tell.
  [[nodiscard]] Task<void> begin(domain::ConnectionProfile profile);
  /// Ends all. On the network thread.
  void stop() { stop_.request_stop(); }

 private:
  struct Listening;

  awaitable<void> run(std::shared_ptr<Listening> listening);
  /// False: there is no more to come.
  awaitable<bool> takeBatch(std::shared_ptr<Listening> listening);
  void record(Listening& listening) const;

  const Context& context_;
  SessionPool& sessions_;
  std::stop_source stop_;
  std::map<ConnectionId, std::weak_ptr<Listening>> listening_;
};

}  // namespace cachify::actions
