#include "events/catalogue.hpp"

#include <algorithm>
#include <array>

namespace cachify::events {
namespace {

constexpr std::array kCatalogue{
    EventSpec{EventType::connectionCreated, "connection.created", 1},
    EventSpec{EventType::connectionUpdated, "connection.updated", 1},
    EventSpec{EventType::connectionRemoved, "connection.removed", 1},
    EventSpec{EventType::connectionTested, "connection.tested", 1},
    EventSpec{EventType::connectionOpened, "connection.opened", 1},
    EventSpec{EventType::connectionLost, "connection.lost", 1},
    EventSpec{EventType::connectionRestored, "connection.restored", 1},
    EventSpec{EventType::operationCompleted, "operation.completed", 1},
    EventSpec{EventType::operationFailed, "operation.failed", 1},
    EventSpec{EventType::operationBlocked, "operation.blocked", 1},
    EventSpec{EventType::snapshotCaptured, "snapshot.captured", 1},
    EventSpec{EventType::mutationRequested, "mutation.requested", 1},
    EventSpec{EventType::mutationApplied, "mutation.applied", 1},
    EventSpec{EventType::mutationFailed, "mutation.failed", 1},
    EventSpec{EventType::mutationUnknown, "mutation.unknown", 1},
    EventSpec{EventType::alertRaised, "alert.raised", 1},
};

}  // namespace

std::span<const EventSpec> catalogue() {
  return kCatalogue;
}

const EventSpec* findSpec(std::uint16_t number) {
  const auto found = std::ranges::find(kCatalogue, static_cast<EventType>(number), &EventSpec::type);
  return found == kCatalogue.end() ? nullptr : &*found;
}

const EventSpec& specOf(EventType type) {
  return *std::ranges::find(kCatalogue, type, &EventSpec::type);
}

}  // namespace cachify::events
