#pragma once
// Replies of a memcached server as a state machine without I/O: bytes in, replies out.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::cache::memcached {

enum class ReplyKind : std::uint8_t {
  done,            ///< HD: stored, deleted, or a hit without value
  value,           ///< VA
  miss,            ///< EN
  notFound,        ///< NF
  notStored,       ///< NS
  exists,          ///< EX: the CAS does not match
  noop,            ///< MN
  stored,          ///< STORED: authenticated
  version,         ///< VERSION
  stat,            ///< STAT: one of several, up to `end`
  end,             ///< END
  unknownCommand,  ///< ERROR
  clientError,     ///< CLIENT_ERROR
  serverError,     ///< SERVER_ERROR
};

struct Reply {
  ReplyKind kind = ReplyKind::done;
  std::string text{};  ///< the line behind its first word: meta flags, or a message
  Bytes value{};       ///< for `value`

  /// The token of a meta flag: 't' in "t30 f7" is "30".
  [[nodiscard]] std::optional<std::string_view> flag(char name) const;
  /// As a number; `otherwise` where it is missing or none.
  [[nodiscard]] std::int64_t number(char name, std::int64_t otherwise) const;
  [[nodiscard]] std::uint64_t cas() const;
};

/// Not thread-safe. After an error every further `next` repeats it: what follows on the wire cannot be
/// trusted.
class ReplyParser {
 public:
  /// The server's own limit for an item (-I) is 1 GiB.
  static constexpr std::uint64_t kMaxValueBytes = 1ULL << 30;
  static constexpr std::size_t kMaxLineBytes = 8192;

  void feed(BytesView bytes);
  /// Nothing when more bytes are needed. CONNECTION_FAILED, not retryable, with reason `protocol` for what no
  /// memcached says.
  [[nodiscard]] Result<std::optional<Reply>> next();
  /// True between replies.
  [[nodiscard]] bool isIdle() const { return at_ == buffer_.size() && !pending_; }

 private:
  [[nodiscard]] Result<std::optional<Reply>> nextLine();
  [[nodiscard]] Result<std::optional<Reply>> finishValue();
  [[nodiscard]] std::unexpected<Error> broken(std::string_view what);

  std::string buffer_;
  std::size_t at_ = 0;            ///< start of what is not consumed yet
  std::size_t searched_ = 0;      ///< no newline before this
  std::optional<Reply> pending_;  ///< a VA whose data block is still to come
  std::uint64_t pendingBytes_ = 0;
  std::optional<Error> error_;
};

}  // namespace cachify::cache::memcached
