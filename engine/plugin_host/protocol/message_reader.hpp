#pragma once
// Cuts what comes over the socket into messages. No I/O: the same code runs on both sides and in tests.

#include <optional>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "plugin_host/protocol/message.hpp"

namespace cachify::plugin_host {

/// Memory follows what really came, never what a message claims to be.
class MessageReader {
 public:
  /// Where the next bytes may be put; never empty. Messages given out before are gone.
  [[nodiscard]] std::span<char> room();
  /// So many bytes were put there.
  void came(std::size_t bytes) { end_ += bytes; }

  /// The next whole message, if there is one. VALIDATION_ERROR when these bytes are not the protocol; then
  /// nothing more can be read.
  [[nodiscard]] Result<std::optional<Message>> next();

 private:
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace cachify::plugin_host
