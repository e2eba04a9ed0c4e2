#pragma once
// The answer to `lru_crawler metadump` as a state machine without I/O. One line per item, ended by a bare
// newline, "key=<URL-encoded> exp=… la=… cas=… fetch=… cls=… size=…"; then END.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace cachify::cache::memcached {

/// One line of the dump. Valid during the call that gives it.
struct DumpedItem {
  BytesView key;    ///< decoded
  BytesView facts;  ///< "exp=-1 la=1700000000 cas=7 …"; which there are depends on the server's version

  /// "exp" is a Unix time, or -1 for never. Nothing where the line does not say.
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
};

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

  explicit CrawlParser(std::function<void(const DumpedItem&)> onItem) : onItem_(std::move(onItem)) {}

  /// CONNECTION_FAILED, not retryable, with reason `protocol` for what no memcached says.
  [[nodiscard]] Result<State> feed(BytesView bytes);
  /// The server's words when refused.
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  [[nodiscard]] bool takeLine(BytesView line);
  [[nodiscard]] bool takeItem(BytesView line);

  std::function<void(const DumpedItem&)> onItem_;
  std::string carry_;  ///< the beginning of a line whose end has not come yet
  Bytes key_;
  std::string reason_;
  State state_ = State::listing;
};

}  // namespace cachify::cache::memcached
