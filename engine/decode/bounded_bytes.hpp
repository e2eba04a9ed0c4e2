#pragma once
// Output that stops growing at a limit, and the small types that all decoders share.

#include <cstdint>
#include <string>

#include "core/bytes.hpp"

namespace cachify::decode {

/// Takes bytes until the limit; what comes after it is dropped, and `cut` tells.
class BoundedBytes {
 public:
  explicit BoundedBytes(std::uint64_t maxBytes) : maxBytes_(maxBytes) {}

  void append(BytesView part);
  void append(char c) { append(BytesView(&c, 1)); }
  /// A new line and two spaces for each level.
  void newLine(std::size_t level);

  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] Bytes take() && { return std::move(bytes_); }

 private:
  Bytes bytes_;
  std::uint64_t maxBytes_;
  bool cut_ = false;
};

/// Where and why bytes are not what they were taken for.
struct Fault {
  std::size_t offset = 0;
  std::string reason;
};

/// "output above 8 MiB".
[[nodiscard]] std::string limitReached(std::uint64_t maxOutputBytes);
/// "nesting deeper than 512".
[[nodiscard]] std::string tooDeep(std::size_t maxDepth);

/// The text without a character at its end of which bytes are missing.
[[nodiscard]] BytesView withoutCutCharacter(BytesView text);

}  // namespace cachify::decode
