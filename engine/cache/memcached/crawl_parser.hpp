#pragma once
// The answer to `lru_crawler metadump` as a state machine without I/O. One line per item, ended by a bare
// newline, "key=<URL-encoded> exp=… la=… cas=… fetch=… cls=… size=…"; then END.

#include <cstdint>
#include <functional>
#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::cache::memcached {

/// Not thread-safe.
class CrawlParser {
 public:
  enum class State : std::uint8_t {
    listing,
    finished,  ///< END came
    busy,      ///< another crawl is under way: ask again later; nothing was listed
    badClass,  ///< the server does not know this kind of crawl
    refused,   ///< dumping is switched off; `reason` says how
  };

  /// `onKey` gets each key decoded, valid during the call.
  explicit CrawlParser(std::function<void(BytesView)> onKey) : onKey_(std::move(onKey)) {}

  /// CONNECTION_FAILED, not retryable, with reason `protocol` for what no memcached says.
  [[nodiscard]] Result<State> feed(BytesView bytes);
  /// The server's words when refused.
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  [[nodiscard]] bool takeLine(BytesView line);

  std::function<void(BytesView)> onKey_;
  std::string carry_;  ///< the beginning of a line whose end has not come yet
  Bytes key_;
  std::string reason_;
  State state_ = State::listing;
};

}  // namespace cachify::cache::memcached
