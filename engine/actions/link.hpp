#pragma once
// What is known of one connection that is kept open, and what each check of it changes. No I/O, no clock.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/call_context.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "domain/profile.hpp"

namespace cachify::actions {

enum class LinkState : std::uint8_t {
  opening,  ///< it was never open so far; `error` says why, if it could not be reached
  open,
  lost,
  closed,  ///< its profile was removed, or nobody wants it any more
};
[[nodiscard]] std::string_view wireName(LinkState state);

struct LinkStatus {
  ConnectionId connection{};
  LinkState state = LinkState::opening;
  SteadyTime since{};                                  ///< of the state
  std::optional<std::chrono::microseconds> latency{};  ///< of the last ping that was answered
  std::optional<Error> error{};                        ///< of the last check, if that failed
  std::uint32_t failures = 0;                          ///< checks in a row
  std::uint64_t losses = 0;
  std::uint64_t reconnects = 0;
};

/// It cannot be reached now, whether it ever was or not.
[[nodiscard]] bool isAway(const LinkStatus& link);

enum class LinkEvent : std::uint8_t { opened, unreachable, lost, restored, closed };
[[nodiscard]] std::string_view wireName(LinkEvent event);

struct LinkChange {
  LinkEvent event = LinkEvent::opened;
  LinkStatus status{};               ///< as it is now
  std::chrono::microseconds away{};  ///< of `restored`: since it was noticed as lost
  std::uint32_t attempts = 0;        ///< of `restored`: to make it anew
  WallTime at{};
};

class Link {
 public:
  Link(ConnectionId connection, SteadyTime now) : status_{.connection = connection, .since = now} {}

  /// What that changes, if anything. A failure is told once, however often it repeats.
  std::optional<LinkChange> answered(std::chrono::microseconds latency, SteadyTime now);
  std::optional<LinkChange> failed(Error error, SteadyTime now);
  LinkChange close(SteadyTime now);

  /// 2 s while it is open, so that a loss is noticed within seconds; else `domain::reconnectAfter`. A
  /// connection that comes and goes is not taken for sound again before it has stood for half a minute: until
  /// then the waits go on growing.
  [[nodiscard]] std::chrono::milliseconds nextCheckIn(const domain::RetryPolicy& policy, double jitter) const;

  [[nodiscard]] const LinkStatus& status() const { return status_; }

 private:
  LinkChange enter(LinkState state, LinkEvent event, SteadyTime now);

  LinkStatus status_;
  std::uint32_t waits_ = 0;  ///< failures since it last was sound
};

}  // namespace cachify::actions
