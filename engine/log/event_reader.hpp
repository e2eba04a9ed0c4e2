#pragma once
// Reading the log. Each call is one short read transaction; what it answers is a copy.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "log/frame.hpp"

namespace cachify::log {

struct LogHead {
  Uuid logId{};
  Position lastPosition = 0;  ///< 0: empty
  Digest chain{};             ///< chain value at lastPosition
};

/// Thread-safe. A frame whose CRC does not hold is INTERNAL_ERROR with details `damaged` = true and
/// `position`.
class EventReader {
 public:
  virtual ~EventReader() = default;

  [[nodiscard]] virtual Result<LogHead> head() const = 0;
  /// LMDB's last transaction id: changes with every commit of any process; costs no transaction.
  [[nodiscard]] virtual std::uint64_t lastTransaction() const = 0;
  /// Whole frames in order, starting with the one that holds `from`, until about `maxBytes` of them; empty at
  /// the end of the log.
  [[nodiscard]] virtual Result<std::vector<Frame>> framesFrom(Position from, std::size_t maxBytes) const = 0;
  /// Frames of one stream, starting with the one that holds stream version `from`, at most `maxFrames`.
  [[nodiscard]] virtual Result<std::vector<Frame>> streamFrom(std::string_view stream, std::uint64_t from,
                                                              std::size_t maxFrames) const = 0;
  /// Version of a stream: how many events it has; 0 if it has none.
  [[nodiscard]] virtual Result<std::uint64_t> streamVersion(std::string_view stream) const = 0;
  /// Chain value of the frame that ends at `position`. NOT_FOUND if no frame ends there. Position 0 gives the
  /// chain's origin.
  [[nodiscard]] virtual Result<Digest> chainAt(Position position) const = 0;
};

}  // namespace cachify::log
