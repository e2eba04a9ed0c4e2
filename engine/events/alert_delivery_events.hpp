#pragma once
// alert.delivered, delivery_failed, parked, replayed: every attempt to bring an alert to a publisher. Each
// publisher has a stream of its own, to which who delivers appends on condition of its version. The frame's
// causation id is the alert's.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "events/catalogue.hpp"

namespace cachify::events {

[[nodiscard]] std::string deliveriesStream(std::string_view publisher);

/// The end of it: the publisher took it.
struct AlertDelivered {
  static constexpr EventType kType = EventType::alertDelivered;
  std::string publisher{};
  Uuid alertId{};             ///< of the first of its group
  std::uint32_t attempt = 1;  ///< from 1, since it was raised or replayed
  std::uint64_t count = 1;    ///< how many equal alerts were told with it
  std::chrono::microseconds duration{};
  bool operator==(const AlertDelivered&) const = default;
};

/// It is tried again.
struct AlertDeliveryFailed {
  static constexpr EventType kType = EventType::alertDeliveryFailed;
  std::string publisher{};
  Uuid alertId{};
  std::uint32_t attempt = 1;
  std::chrono::microseconds duration{};
  std::string message{};
  WallTime nextAt{};    ///< not before then
  bool isHold = false;  ///< the receiver asked for quiet until then: nothing else is sent to it either
  bool operator==(const AlertDeliveryFailed&) const = default;
};

/// It is tried no more until somebody replays it.
struct AlertParked {
  static constexpr EventType kType = EventType::alertParked;
  std::string publisher{};
  Uuid alertId{};
  std::uint32_t attempts = 1;
  std::string message{};
  bool operator==(const AlertParked&) const = default;
};

/// Parked ones are to be delivered after all.
struct AlertReplayed {
  static constexpr EventType kType = EventType::alertReplayed;
  std::string publisher{};
  std::vector<Uuid> alertIds{};
  bool operator==(const AlertReplayed&) const = default;
};

[[nodiscard]] std::string encode(const AlertDelivered& event);
[[nodiscard]] std::string encode(const AlertDeliveryFailed& event);
[[nodiscard]] std::string encode(const AlertParked& event);
[[nodiscard]] std::string encode(const AlertReplayed& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertDelivered& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertDeliveryFailed& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertParked& event);
[[nodiscard]] Result<void> decode(std::string_view payload, AlertReplayed& event);

}  // namespace cachify::events
