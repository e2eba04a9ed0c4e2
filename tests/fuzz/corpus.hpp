#pragma once
// Where fuzzing starts from: a target's seeds, and what earlier fuzzing found worth keeping.

#include <filesystem>

#include "fuzz/targets.hpp"

namespace cachify::fuzz {

/// corpus/<target>.base64 in the source tree: one input a line. Throws std::runtime_error for a line that is
/// no base64.
[[nodiscard]] std::filesystem::path corpusFile(const Target& target);
/// Seeds first, then the file's lines, if there is one.
[[nodiscard]] std::vector<Bytes> corpusOf(const Target& target);

}  // namespace cachify::fuzz
