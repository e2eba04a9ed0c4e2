#pragma once
// connection.*: the life of connection profiles. The stream `connections` folds to the profiles there are.

#include <chrono>
#include <optional>
#include <string>

#include "domain/profile.hpp"
#include "events/catalogue.hpp"

namespace cachify::events {

/// The stream of created, updated and removed: its version guards every mutation's intent.
inline constexpr std::string_view kConnectionsStream = "connections";

struct ConnectionCreated {
  static constexpr EventType kType = EventType::connectionCreated;
  domain::ConnectionProfile profile{};

  bool operator==(const ConnectionCreated&) const = default;
};

struct ConnectionUpdated {
  static constexpr EventType kType = EventType::connectionUpdated;
  domain::ConnectionProfile profile{};  ///< as it is now, whole

  bool operator==(const ConnectionUpdated&) const = default;
};

struct ConnectionRemoved {
  static constexpr EventType kType = EventType::connectionRemoved;
  ConnectionId connectionId{};
  std::string name{};

  bool operator==(const ConnectionRemoved&) const = default;
};

struct ConnectionTested {
  static constexpr EventType kType = EventType::connectionTested;
  ConnectionId connectionId{};
  bool ok = false;
  std::chrono::microseconds latency{};
  std::string serverVersion{};
  std::string role{};
  std::uint32_t attempts = 1;
  std::string errorCode{};  ///< empty when ok

  bool operator==(const ConnectionTested&) const = default;
};

[[nodiscard]] std::string encode(const ConnectionCreated& event);
[[nodiscard]] std::string encode(const ConnectionUpdated& event);
[[nodiscard]] std::string encode(const ConnectionRemoved& event);
[[nodiscard]] std::string encode(const ConnectionTested& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionCreated& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionUpdated& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionRemoved& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionTested& event);

}  // namespace cachify::events
