#pragma once
// Read model `connection_profiles`: the profiles there are, and how the last test of each went.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/profile.hpp"

struct sqlite3;

namespace cachify::views {

struct ReadModelSpec;
[[nodiscard]] ReadModelSpec connectionProfilesModel();

struct ConnectionTest {
  WallTime testedAt{};
  bool ok = false;
  std::chrono::microseconds latency{};
  std::string serverVersion{};
  std::string role{};
  std::string errorCode{};  ///< empty when ok
};

struct ConnectionRow {
  domain::ConnectionProfile profile{};
  std::optional<ConnectionTest> lastTest{};
};

struct ConnectionFilter {
  std::string text{};  ///< part of the name, host or socket, ignoring ASCII case; empty: any
  std::optional<domain::Environment> environment{};
  std::string tag{};    ///< empty: any
  std::string after{};  ///< cursor of the page before; empty: from the start
  std::size_t limit = 200;
};

struct ConnectionPage {
  std::vector<ConnectionRow> rows{};  ///< by name, ignoring case
  std::optional<std::string> next{};  ///< cursor of the next page, if there is more
};

/// VALIDATION_ERROR for a cursor that is none. At most 1 000 rows a page.
[[nodiscard]] Result<ConnectionPage> listConnections(sqlite3& db, const ConnectionFilter& filter);
/// NOT_FOUND if there is no such profile.
[[nodiscard]] Result<ConnectionRow> connectionById(sqlite3& db, ConnectionId id);

}  // namespace cachify::views
