#pragma once
// Finds sound frames and vault chunks by their magic anywhere in a file, with no regard to its pages. Pure.

#include <optional>
#include <vector>

#include "core/uuid.hpp"
#include "log/frame.hpp"

namespace cachify::log {

struct FoundFrame {
  std::size_t at = 0;
  std::size_t bytes = 0;
  Position first = 0;
  std::uint32_t count = 0;
  bool purged = false;
  bool inTree = false;
};

struct FoundChunk {
  std::size_t at = 0;
  std::size_t bytes = 0;
  Uuid packId{};
  std::uint32_t number = 0;
  bool inTree = false;
};

struct RawScan {
  std::vector<FoundFrame> frames;
  std::vector<FoundChunk> chunks;
  std::optional<Uuid> logId;  ///< as an identity row or, failing that, a chunk has it

  [[nodiscard]] static RawScan of(BytesView file);
};

}  // namespace cachify::log
