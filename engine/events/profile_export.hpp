#pragma once
// Profiles as a document to take along: without their secrets, ids and times. Pure; safe from any thread.

#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/profile.hpp"

namespace cachify::events {

/// `{format, connections}`; each says whether there is a secret that does not come along.
[[nodiscard]] boost::json::object exportProfiles(std::span<const domain::ConnectionProfile> profiles);

struct ExportedProfile {
  domain::ConnectionProfile profile{};  ///< normalized and valid; its id is nil
  bool hadPassword = false;
  bool hadKeyPassphrase = false;
};

struct ExportedEntry {
  std::string name;              ///< as the document has it; empty where it has none
  Result<ExportedProfile> read;  ///< VALIDATION_ERROR where it is not valid, for a secret in it too
};

/// Each for itself. VALIDATION_ERROR for what is no such document; names may be in it twice.
[[nodiscard]] Result<std::vector<ExportedEntry>> readExportedEntries(std::string_view text);

/// All of them or none: VALIDATION_ERROR says which connection is wrong and why, for a secret in the document
/// and for two of one name too.
[[nodiscard]] Result<std::vector<ExportedProfile>> readExportedProfiles(std::string_view text);

}  // namespace cachify::events
