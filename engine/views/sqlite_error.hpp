#pragma once
// SQLite's result codes as errors of ours.

#include <string_view>

#include "core/result.hpp"

struct sqlite3;

namespace cachify::views {

/// INTERNAL_ERROR; TIMEOUT (retryable) when somebody else held a lock for too long. Detail `sqlite` is the
/// extended result code.
[[nodiscard]] Error sqliteError(sqlite3* db, int code, std::string_view doing);

/// The file is not (any longer) a sound database of ours: the cure is to build it anew.
[[nodiscard]] Error damagedError(std::string_view what);

/// True for errors of both kinds above that say the file itself is broken, never for a lock or a full disk.
[[nodiscard]] bool meansDamage(const Error& error);
[[nodiscard]] bool meansDamage(int sqliteCode);
/// True when the error is a lock that was not to be had in time.
[[nodiscard]] bool meansBusy(const Error& error);

}  // namespace cachify::views
