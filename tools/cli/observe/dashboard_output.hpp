#pragma once
// The dashboard as one JSON document, and as tables for people.

#include <boost/json/object.hpp>

#include "observe/history_output.hpp"
#include "views/dashboard.hpp"

namespace cachify::cli {

[[nodiscard]] boost::json::object toJson(const views::ConnectionHealth& health);
[[nodiscard]] boost::json::object toJson(const views::Dashboard& dashboard, WallTime generatedAt);

void printHealth(Output& output, const std::vector<views::ConnectionHealth>& health, WallTime now);
void printDashboard(Output& output, const views::Dashboard& dashboard, const views::DashboardFilter& filter,
                    const NamesById& names);

}  // namespace cachify::cli
