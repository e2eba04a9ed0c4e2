#pragma once
// Replies of a memcached server as a state machine without I/O: bytes in, replies out.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::cache::memcached {

/// In both languages; after the words of the meta commands those of the text commands.
enum class ReplyKind : std::uint8_t {
  done,            ///< HD; STORED, DELETED, TOUCHED, OK: done as told, or a hit without value
  value,           ///< VA; VALUE with its END, or a number from incr and decr
  miss,            ///< EN
  notFound,        ///< NF; NOT_FOUND
  notStored,       ///< NS; NOT_STORED
  exists,          ///< EX; EXISTS: the CAS does not match
  noop,            ///< MN
  version,         ///< VERSION
  stat,            ///< STAT: one of several, up to `end`
  end,             ///< END: of statistics, or of a `gets` that found nothing
  unknownCommand,  ///< ERROR
  clientError,     ///< CLIENT_ERROR
  serverError,     ///< SERVER_ERROR
};

struct Reply {
  ReplyKind kind = ReplyKind::done;
  std::string text{};  ///< the line behind its first word: meta flags (those of a VALUE, too), or a message
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
  [[nodiscard]] bool isIdle() const { return at_ == buffer_.size() && !pending_ && !unended_; }

 private:
  [[nodiscard]] Result<std::optional<Reply>> nextLine();
  [[nodiscard]] Result<std::optional<Reply>> finishValue();
  [[nodiscard]] Result<std::optional<Reply>> finishGets();
  [[nodiscard]] bool beginValue(std::string_view line);
  [[nodiscard]] bool beginGets(std::string_view line);
  [[nodiscard]] std::unexpected<Error> broken(std::string_view what);

  std::string buffer_;
  std::size_t at_ = 0;            ///< start of what is not consumed yet
  std::size_t searched_ = 0;      ///< no newline before this
  std::optional<Reply> pending_;  ///< a value whose data block is still to come
  std::uint64_t pendingBytes_ = 0;
  std::optional<Reply> unended_;  ///< a VALUE whose END is still to come
  bool inGets_ = false;           ///< the pending one is a VALUE
  std::optional<Error> error_;
};

}  // namespace cachify::cache::memcached
