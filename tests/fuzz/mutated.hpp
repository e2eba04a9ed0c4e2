#pragma once
// Random changes to an input, the same for the same seed on every machine.

#include <random>
#include <span>

#include "core/bytes.hpp"

namespace cachify::fuzz {

/// One of `inputs` with a few changes: bits, bytes, pieces taken out, doubled, or put in from another.
[[nodiscard]] Bytes mutated(std::span<const Bytes> inputs, std::mt19937& random);

}  // namespace cachify::fuzz
