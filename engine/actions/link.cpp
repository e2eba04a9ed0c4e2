#include "actions/link.hpp"

#include <array>

#include "domain/retry.hpp"

namespace cachify::actions {
namespace {

constexpr std::chrono::milliseconds kCheckEvery{2000};
constexpr std::chrono::seconds kSoundAfter{30};

/// A server that says it is busy is there.
bool isSignOfLife(const Error& error) {
  const auto* said = error.detail("serverError");
  const auto* word = said == nullptr ? nullptr : std::get_if<std::string>(said);
  return word != nullptr && *word == "BUSY";
}

}  // namespace

std::string_view wireName(LinkState state) {
  constexpr std::array<std::string_view, 4> kNames{"opening", "open", "lost", "closed"};
  return kNames[static_cast<std::size_t>(state)];
}

bool isAway(const LinkStatus& link) {
  return link.state == LinkState::lost || (link.state == LinkState::opening && link.error);
}

std::string_view wireName(LinkEvent event) {
  constexpr std::array<std::string_view, 5> kNames{"opened", "unreachable", "lost", "restored", "closed"};
  return kNames[static_cast<std::size_t>(event)];
}

LinkChange Link::enter(LinkState state, LinkEvent event, SteadyTime now) {
  status_.state = state;
  status_.since = now;
  return {.event = event, .status = status_};
}

std::optional<LinkChange> Link::answered(std::chrono::microseconds latency, SteadyTime now) {
  const std::uint32_t attempts = status_.failures;
  const SteadyTime before = status_.since;
  status_.latency = latency;
  status_.error.reset();
  status_.failures = 0;
  switch (status_.state) {
    case LinkState::opening:
      return enter(LinkState::open, LinkEvent::opened, now);
    case LinkState::lost: {
      ++status_.reconnects;
      LinkChange change = enter(LinkState::open, LinkEvent::restored, now);
      change.away = std::chrono::duration_cast<std::chrono::microseconds>(now - before);
      change.attempts = attempts;  // the check that noticed the loss was none, this one is
      return change;
    }
    case LinkState::open:
      if (now - before >= kSoundAfter) waits_ = 0;
      return std::nullopt;
    case LinkState::closed:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<LinkChange> Link::failed(Error error, SteadyTime now) {
  if (status_.state == LinkState::closed) return std::nullopt;
  if (status_.state == LinkState::open && isSignOfLife(error)) return std::nullopt;
  const bool first = status_.failures == 0;
  status_.error = std::move(error);
  ++status_.failures;
  ++waits_;
  if (status_.state == LinkState::open) {
    ++status_.losses;
    return enter(LinkState::lost, LinkEvent::lost, now);
  }
  if (status_.state == LinkState::opening && first)
    return LinkChange{.event = LinkEvent::unreachable, .status = status_};
  return std::nullopt;
}

LinkChange Link::close(SteadyTime now) {
  return enter(LinkState::closed, LinkEvent::closed, now);
}

std::chrono::milliseconds Link::nextCheckIn(const domain::RetryPolicy& policy, double jitter) const {
  if (status_.state == LinkState::open) return kCheckEvery;
  return domain::reconnectAfter(policy, waits_, jitter);
}

}  // namespace cachify::actions
