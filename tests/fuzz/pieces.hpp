#pragma once
// A stream as a network delivers it: in pieces of any size.

#include <algorithm>
#include <cstdint>

#include "core/bytes.hpp"

namespace cachify::fuzz {

/// What a stream target gets: how to cut, and the stream.
struct CutStream {
  std::uint8_t cut = 0;  ///< 0: not at all
  BytesView bytes{};

  explicit CutStream(BytesView input) {
    if (input.empty()) return;
    cut = static_cast<std::uint8_t>(input.front());
    bytes = input.substr(1);
  }
};

/// Calls `take` with the pieces in order, until it says no. The same `cut` always cuts alike.
template <class Take>
void inPieces(BytesView bytes, std::uint8_t cut, Take take) {
  std::uint32_t state = cut;
  while (!bytes.empty()) {
    state = state * 1664525U + 1013904223U;  // Numerical Recipes' generator
    const std::size_t most = 1U + cut % 16U;
    const std::size_t length = cut == 0 ? bytes.size() : std::min(bytes.size(), 1 + (state >> 16U) % most);
    if (!take(bytes.substr(0, length))) return;
    bytes.remove_prefix(length);
  }
}

/// The seed of a stream target.
inline Bytes cutSeed(std::uint8_t cut, BytesView stream) {
  return Bytes(1, static_cast<char>(cut)).append(stream);
}

}  // namespace cachify::fuzz
