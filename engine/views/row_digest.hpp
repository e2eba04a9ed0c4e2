#pragma once
// A digest over the rows of all read models: equal logs give equal digests, on any machine, rebuilt or grown.

#include <string>
#include <vector>

#include "core/result.hpp"

struct sqlite3;

namespace cachify::views {

/// Hex SHA-256 over every table's name and rows in key order; each value with its kind and length.
[[nodiscard]] Result<std::string> digestRows(sqlite3& db);

}  // namespace cachify::views
