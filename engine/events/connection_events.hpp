#pragma once
// connection.*: the life of connection profiles, and of the connections themselves. The stream `connections`
// folds to the profiles there are.

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

/// What a process that keeps a connection open noticed of it. A command that opens one for itself alone says
/// nothing.
struct ConnectionNoticed {
  ConnectionId connectionId{};
  domain::Environment environment = domain::Environment::dev;

  bool operator==(const ConnectionNoticed&) const = default;
};

struct ConnectionOpened : ConnectionNoticed {
  static constexpr EventType kType = EventType::connectionOpened;
  std::chrono::microseconds latency{};  ///< of one ping

  bool operator==(const ConnectionOpened&) const = default;
};

struct ConnectionLost : ConnectionNoticed {
  static constexpr EventType kType = EventType::connectionLost;
  std::string errorCode{};
  std::string message{};

  bool operator==(const ConnectionLost&) const = default;
};

struct ConnectionRestored : ConnectionNoticed {
  static constexpr EventType kType = EventType::connectionRestored;
  std::chrono::microseconds duration{};  ///< since it was noticed as lost
  std::uint32_t attempts = 1;            ///< to make it anew
  std::chrono::microseconds latency{};

  bool operator==(const ConnectionRestored&) const = default;
};

[[nodiscard]] std::string encode(const ConnectionOpened& event);
[[nodiscard]] std::string encode(const ConnectionLost& event);
[[nodiscard]] std::string encode(const ConnectionRestored& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionOpened& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionLost& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionRestored& event);

[[nodiscard]] std::string encode(const ConnectionCreated& event);
[[nodiscard]] std::string encode(const ConnectionUpdated& event);
[[nodiscard]] std::string encode(const ConnectionRemoved& event);
[[nodiscard]] std::string encode(const ConnectionTested& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionCreated& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionUpdated& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionRemoved& event);
[[nodiscard]] Result<void> decode(std::string_view payload, ConnectionTested& event);

}  // namespace cachify::events
