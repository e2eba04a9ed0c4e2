#include "actions/control_state.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "actions/frames.hpp"
#include "events/connection_events.hpp"
#include "events/decode.hpp"

namespace cachify::actions {
namespace {

std::unexpected<Error> noSuchConnection(std::string_view nameOrId) {
  return fail(
      Error{.code = ErrorCode::notFound,
            .message = fmt::format("there is no connection '{}'; `cachify connections list` shows them",
                                   escapeForDisplay(nameOrId))}
          .with("connection", escapeForDisplay(nameOrId)));
}

}  // namespace

Result<void> ControlState::fold(const log::Frame& frame) {
  using events::EventType;
  for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
    const std::uint64_t eventVersion = frame.firstStreamVersion + i;
    if (eventVersion <= version_) continue;
    const std::string& payload = frame.payloads[i];
    switch (static_cast<EventType>(frame.type)) {
      case EventType::connectionCreated: {
        auto event = events::decodeAs<events::ConnectionCreated>(frame.schemaVersion, payload);
        if (!event) return std::unexpected(event.error());
        profiles_[event->profile.id] = std::move(event->profile);
        break;
      }
      case EventType::connectionUpdated: {
        auto event = events::decodeAs<events::ConnectionUpdated>(frame.schemaVersion, payload);
        if (!event) return std::unexpected(event.error());
        profiles_[event->profile.id] = std::move(event->profile);
        break;
      }
      case EventType::connectionRemoved: {
        auto event = events::decodeAs<events::ConnectionRemoved>(frame.schemaVersion, payload);
        if (!event) return std::unexpected(event.error());
        profiles_.erase(event->connectionId);
        break;
      }
      default:
        // Fails closed: a newer program may have written a policy this one does not understand.
        return fail(
            ErrorCode::internalError,
            fmt::format("the log holds a connection event (type {}) of a newer Cachify; update to act",
                        frame.type));
    }
    version_ = eventVersion;
  }
  return {};
}

Result<void> ControlState::refresh() {
  const std::uint64_t transaction = reader_.lastTransaction();
  if (everRead_ && transaction == seenTransaction_) return {};
  for (;;) {
    const auto frames = reader_.streamFrom(events::kConnectionsStream, version_ + 1, kFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      if (auto ok = fold(frame); !ok) return ok;
    }
    if (frames->size() < kFramesAtOnce) break;
  }
  seenTransaction_ = transaction;
  everRead_ = true;
  return {};
}

Result<ControlState::Known> ControlState::profile(ConnectionId id) {
  const std::scoped_lock lock(mutex_);
  if (auto ok = refresh(); !ok) return std::unexpected(ok.error());
  const auto found = profiles_.find(id);
  if (found == profiles_.end()) return noSuchConnection(id.toString());
  return Known{found->second, version_};
}

Result<ControlState::Known> ControlState::find(std::string_view nameOrId) {
  if (const auto id = ConnectionId::parse(nameOrId)) {
    if (auto known = profile(*id)) return known;
  }
  const std::scoped_lock lock(mutex_);
  if (auto ok = refresh(); !ok) return std::unexpected(ok.error());
  const std::string wanted = domain::nameKey(nameOrId);
  for (const auto& [id, profile] : profiles_) {
    if (domain::nameKey(profile.name) == wanted) return Known{profile, version_};
  }
  return noSuchConnection(nameOrId);
}

Result<ControlState::All> ControlState::all() {
  const std::scoped_lock lock(mutex_);
  if (auto ok = refresh(); !ok) return std::unexpected(ok.error());
  All result;
  result.streamVersion = version_;
  for (const auto& [id, profile] : profiles_) result.profiles.push_back(profile);
  std::ranges::sort(result.profiles, {}, [](const auto& profile) {
    return std::pair(!profile.favourite, domain::nameKey(profile.name));
  });
  return result;
}

}  // namespace cachify::actions
