#pragma once
// Keeps connections open, notices when one is lost, and makes it anew with back-off. For processes that live
// long (the app, commands that watch): a one-shot command never asks for it, so it costs it nothing and its
// connections leave no events.
//
// What is noticed becomes events of this process, whose connections they are: connection.opened once,
// connection.lost with an alert (critical on prod), connection.restored. While a server is away nothing more
// is recorded, however often it is tried.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "actions/control_state.hpp"
#include "actions/link.hpp"
#include "actions/session_lock.hpp"
#include "actions/session_pool.hpp"

namespace cachify::actions {

/// Lives on the network thread; must outlive it once something is kept.
class ConnectionWatch {
 public:
  /// Called on the network thread at each change; must not block.
  using Listener = std::function<void(const LinkChange&)>;

  ConnectionWatch(const Context& context, ControlState& state, SessionPool& sessions, SessionLock& self)
      : context_(context), state_(state), sessions_(sessions), self_(self) {}

  /// Opens it now and keeps it open, through edits of its profile, until `letGo` or until the profile is
  /// removed. Asked for twice is asked for once. NOT_FOUND for a profile that is not there.
  [[nodiscard]] Task<void> keep(ConnectionId id);
  [[nodiscard]] Task<void> letGo(ConnectionId id);
  /// Of all that are kept, by id.
  [[nodiscard]] Task<std::vector<LinkStatus>> links();
  /// Tells it of every change for as long as it lives. Who lets it go while a change is told may still be
  /// called once.
  [[nodiscard]] Task<void> tell(std::weak_ptr<const Listener> listener);

  /// Lets go of all. On the network thread.
  void stop();

 private:
  struct Kept {
    explicit Kept(ConnectionId id) : link(id, std::chrono::steady_clock::now()) {}
    Link link;
    std::stop_source stop;
    domain::ConnectionProfile profile;  ///< as it was at the last check
    std::shared_ptr<cache::CacheSession> session;
    std::unique_ptr<cache::Heartbeat> heartbeat;
  };
  using SharedKept = std::shared_ptr<Kept>;

  awaitable<void> run(SharedKept kept);
  /// How long to wait for the next; nothing: it was the last.
  awaitable<std::optional<std::chrono::milliseconds>> check(SharedKept kept);
  Task<std::chrono::microseconds> beat(SharedKept kept);
  void close(const SharedKept& kept);
  void announce(const Kept& kept, LinkChange change);
  /// Tells the other processes which connections are open here: who is on duty looks at them, too.
  void sayOpen();
  void record(const domain::ConnectionProfile& profile, const LinkChange& change) const;

  const Context& context_;
  ControlState& state_;
  SessionPool& sessions_;
  SessionLock& self_;
  std::map<ConnectionId, SharedKept> kept_;
  std::vector<std::weak_ptr<const Listener>> listeners_;
};

}  // namespace cachify::actions
