#pragma once
// A connection profile for people.

#include <string>

#include "domain/profile.hpp"
#include "output/output.hpp"
#include "output/table.hpp"

namespace cachify::cli {

/// "127.0.0.1:6379/0", "[::1]:6379", or the socket's path; and what the way there leads through.
[[nodiscard]] std::string addressOf(const domain::ConnectionProfile& profile);
/// The environment, prod standing out.
[[nodiscard]] Cell environmentCell(domain::Environment environment);
/// What restricts or endangers it: "read-only", "TLS not verified".
[[nodiscard]] Cell policyCell(const domain::ConnectionProfile& profile);

/// On the standard error stream, where verification is switched off.
void warnOfUnverifiedTls(const domain::ConnectionProfile& profile, Output& output);

void printProfile(const domain::ConnectionProfile& profile, Output& output);

}  // namespace cachify::cli
