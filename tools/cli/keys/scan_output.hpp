#pragma once
// What is said while keys are scanned, and of it.

#include <cstdint>
#include <optional>
#include <string>

#include "domain/profile.hpp"
#include "output/output.hpp"

namespace cachify::cli {

/// "12 000 of ~1 200 000 scanned"
[[nodiscard]] std::string scannedWords(std::uint64_t scanned, const std::optional<std::uint64_t>& total);

/// The keys of one node of a cluster are not all there are.
void warnOfOneNode(Output& output, const domain::ConnectionProfile& profile);

}  // namespace cachify::cli
