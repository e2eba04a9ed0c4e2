#pragma once
// What the codecs of alert events share. Implementation detail: include it from .cpp files.

#include <boost/json/array.hpp>
#include <span>
#include <vector>

#include "domain/alert.hpp"
#include "events/json_fields.hpp"

namespace cachify::events {

[[nodiscard]] inline domain::Severity severityIn(Fields& fields, std::string_view name) {
  const auto severity = domain::parseSeverity(name, fields.text(name));
  if (severity) return *severity;
  fields.reject(severity.error());
  return {};
}

[[nodiscard]] inline boost::json::array idList(std::span<const Uuid> ids) {
  boost::json::array list;
  list.reserve(ids.size());
  for (const auto& id : ids) list.emplace_back(id.toString());
  return list;
}

[[nodiscard]] inline std::vector<Uuid> idsIn(Fields& fields, std::string_view name) {
  std::vector<Uuid> ids;
  for (const auto& item : fields.array(name)) {
    const auto id = Uuid::parse(item.is_string() ? std::string_view(item.get_string()) : std::string_view());
    if (id) {
      ids.push_back(*id);
    } else {
      fields.reject(id.error());
    }
  }
  return ids;
}

}  // namespace cachify::events
