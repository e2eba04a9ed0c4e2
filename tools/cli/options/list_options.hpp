#pragma once
// Which rows of a list that is newest first: --limit, --cursor, and the connection they are of.

#include <optional>

#include "command.hpp"
#include "command_context.hpp"
#include "core/uuid.hpp"
#include "log/frame.hpp"

namespace cachify::cli {

inline constexpr std::int64_t kMostRowsAPage = 1000;

struct ListRange {
  std::size_t limit = 0;
  std::optional<log::Position> before{};
  std::optional<ConnectionId> connectionId{};

  /// Into a filter of the read models.
  template <class Filter>
  void putInto(Filter& filter) const {
    filter.limit = limit;
    filter.before = before;
    filter.connectionId = connectionId;
  }
};

/// VALIDATION_ERROR for a number that is none or out of range, NOT_FOUND for a connection that is not there.
[[nodiscard]] Result<ListRange> listRange(CommandContext& context, const std::string& limit,
                                          const OptionalText& cursor, const OptionalText& connection);

}  // namespace cachify::cli
