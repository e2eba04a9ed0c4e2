#pragma once
// Timeline lines as JSON and for people.

#include <boost/json/object.hpp>
#include <map>
#include <string>

#include "actions/audit.hpp"
#include "output/output.hpp"

namespace cachify::cli {

[[nodiscard]] boost::json::object toJson(const actions::TimelineLine& line);

using ConnectionNames = std::map<ConnectionId, std::string>;
void printLine(Output& output, const actions::TimelineLine& line, const ConnectionNames& names);

}  // namespace cachify::cli
