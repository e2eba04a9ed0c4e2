#pragma once
// How much a test does: in the gate what shows the point, in `tools/test --long` what shows the scale.

#include <cstdlib>

namespace cachify::test {

/// True in a long run, which sets CACHIFY_FAULT_ROUNDS.
[[nodiscard]] inline bool isLongRun() {
  return std::getenv("CACHIFY_FAULT_ROUNDS") != nullptr;
}

template <class Number>
[[nodiscard]] Number inGateOrLong(Number gate, Number longRun) {
  return isLongRun() ? longRun : gate;
}

}  // namespace cachify::test
