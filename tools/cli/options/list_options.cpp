#include "options/list_options.hpp"

#include <limits>

#include "options/number.hpp"

namespace cachify::cli {

Result<ListRange> listRange(CommandContext& context, const std::string& limit, const OptionalText& cursor,
                            const OptionalText& connection) {
  const auto most = parseInteger("limit", limit, 1, kMostRowsAPage);
  if (!most) return std::unexpected(most.error());
  ListRange range{.limit = static_cast<std::size_t>(*most)};
  if (cursor) {
    const auto before = parseInteger("cursor", *cursor, 0, std::numeric_limits<std::int64_t>::max());
    if (!before) return std::unexpected(before.error());
    range.before = static_cast<log::Position>(*before);
  }
  if (connection) {
    const auto profile = context.profile(*connection);
    if (!profile) return std::unexpected(profile.error());
    range.connectionId = profile->id;
  }
  return range;
}

}  // namespace cachify::cli
