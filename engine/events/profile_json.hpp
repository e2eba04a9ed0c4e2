#pragma once
// A profile as JSON: the same form in events, in exports and on the command line. It has no secret to hold.

#include <boost/json/object.hpp>

#include "domain/profile.hpp"

namespace cachify::events {

[[nodiscard]] boost::json::object toJson(const domain::ConnectionProfile& profile);
/// Fields that are missing keep their defaults, but for id, name and engine. Ranges are not checked here.
[[nodiscard]] Result<domain::ConnectionProfile> profileFromJson(const boost::json::object& object);

}  // namespace cachify::events
