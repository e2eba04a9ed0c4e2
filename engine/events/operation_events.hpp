#pragma once
// operation.*: one for every command a person, a workflow or a plugin gave, reads included. What came of it
// is the event's type; source is the frame's actor.

#include <chrono>
#include <string>

#include "core/bytes.hpp"
#include "core/uuid.hpp"
#include "domain/profile.hpp"
#include "events/catalogue.hpp"

namespace cachify::events {

struct Operation {
  ConnectionId connectionId{};  ///< nil: not about one connection
  domain::Environment environment = domain::Environment::dev;
  std::string action{};  ///< "keys.get", "keys.set", "connections.test" …
  Bytes keyOrPattern{};  ///< empty: none
  std::chrono::microseconds duration{};
  std::uint32_t attempts = 1;
  std::string change{};     ///< redacted: "string 120 B → 98 B, TTL 300 s → none"; empty: nothing changed
  MutationId mutationId{};  ///< nil: none

  bool operator==(const Operation&) const = default;
};

struct OperationCompleted : Operation {
  static constexpr EventType kType = EventType::operationCompleted;

  bool operator==(const OperationCompleted&) const = default;
};

/// `error.details` are not recorded but for the policy of a block: they may hold what a server said.
struct OperationFailed : Operation {
  static constexpr EventType kType = EventType::operationFailed;
  std::string errorCode{};
  std::string message{};
  bool retryable = false;

  bool operator==(const OperationFailed&) const = default;
};

struct OperationBlocked : Operation {
  static constexpr EventType kType = EventType::operationBlocked;
  std::string policy{};
  std::string message{};

  bool operator==(const OperationBlocked&) const = default;
};

[[nodiscard]] std::string encode(const OperationCompleted& event);
[[nodiscard]] std::string encode(const OperationFailed& event);
[[nodiscard]] std::string encode(const OperationBlocked& event);
[[nodiscard]] Result<void> decode(std::string_view payload, OperationCompleted& event);
[[nodiscard]] Result<void> decode(std::string_view payload, OperationFailed& event);
[[nodiscard]] Result<void> decode(std::string_view payload, OperationBlocked& event);

}  // namespace cachify::events
