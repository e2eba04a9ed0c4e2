#pragma once
// Bytes from a server to replies; hiredis' reader does the parsing. No I/O: the caller fills `space()` and
// says how much it filled.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>

#include "cache/redis/reply.hpp"
#include "core/result.hpp"

namespace cachify::cache::redis {

/// What we are willing to hold in memory for a server that may be broken or hostile.
struct ReplyLimits {
  std::uint64_t maxBulkBytes = 1ULL << 30;
  std::uint64_t maxReplyBytes = 2ULL << 30;  ///< of one whole reply, as it comes over the wire
  std::uint64_t directBulkBytes = 1 << 20;   ///< from here on a bulk string goes past hiredis
};

/// Bulk strings of `directBulkBytes` and more go past hiredis straight into their place: it would hold them
/// twice.
class ReplyParser {
 public:
  explicit ReplyParser(ReplyLimits limits = {});
  ~ReplyParser();
  ReplyParser(const ReplyParser&) = delete;
  ReplyParser& operator=(const ReplyParser&) = delete;

  /// Where the next bytes belong; never empty. Valid until the next call.
  [[nodiscard]] std::span<char> space();
  /// The first `count` bytes of `space()` were filled. CONNECTION_FAILED when this is not the Redis protocol
  /// or goes beyond the limits: the connection is of no more use then.
  [[nodiscard]] Result<void> accept(std::size_t count);

  /// The next complete reply.
  [[nodiscard]] std::optional<Reply> take();
  /// True when there is neither a reply to take nor a part of one.
  [[nodiscard]] bool idle() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cachify::cache::redis
