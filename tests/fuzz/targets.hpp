#pragma once
// What is fuzzed. A target takes any bytes at all and throws BrokenProperty where something that must hold
// does not; libFuzzer and the replay in ctest run the same functions.

#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"

namespace cachify::fuzz {

struct BrokenProperty : std::logic_error {
  using std::logic_error::logic_error;
};

inline void require(bool holds, const char* what) {
  if (!holds) throw BrokenProperty(what);
}

struct Target {
  std::string_view name;
  void (*run)(BytesView input);
  /// Inputs to start from: sound ones, and those at the edges.
  std::vector<Bytes> (*seeds)();
};

[[nodiscard]] std::span<const Target> targets();
/// Null for a name that is none.
[[nodiscard]] const Target* findTarget(std::string_view name);

/// One file each: `<name>_target.cpp`.
extern const Target kRespReplies;
extern const Target kMemcachedReplies;
extern const Target kMemcachedCrawl;
extern const Target kUrl;
extern const Target kGlob;
extern const Target kEventPayloads;
extern const Target kFrames;
extern const Target kConnectionImport;
extern const Target kDecode;

}  // namespace cachify::fuzz
