#pragma once
// Rows of the unified timeline as JSON and for people.

#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <vector>

#include "output/output.hpp"
#include "views/history_events.hpp"

namespace cachify::cli {

class CommandContext;

/// By id, of all profiles there are.
using NamesById = std::map<ConnectionId, std::string>;
[[nodiscard]] Result<NamesById> namesOfConnections(CommandContext& context);

[[nodiscard]] boost::json::object toJson(const views::HistoryRow& row);
/// One line, safe for a terminal, without its end.
[[nodiscard]] std::string lineOf(const Output& output, const views::HistoryRow& row, const NamesById& names);

}  // namespace cachify::cli
