#include "events/profile_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "core/bytes.hpp"
#include "events/json_fields.hpp"
#include "events/profile_json.hpp"

namespace cachify::events {

namespace json = boost::json;
using domain::ConnectionProfile;

namespace {

constexpr std::string_view kFormat = "cachify-connections/1";

/// What only the data directory it comes from knows stays there.
json::object exported(const ConnectionProfile& profile) {
  json::object object = toJson(profile);
  for (const auto* local : {"id", "createdAt", "updatedAt", "secretRef"}) object.erase(local);
  object.at("tls").as_object().erase("keySecretRef");
  object["hasSecret"] = !profile.secretRef.empty();
  object["hasTlsKeyPassphrase"] = !profile.tls.keySecretRef.empty();
  return object;
}

Error wrongDocument(std::string_view why) {
  return {.code = ErrorCode::validationError,
          .message = fmt::format("this is no file of `connections export`: {}", why)};
}

/// What a secret in a file would be lost for without a word.
Result<void> refuseSecrets(const json::object& object) {
  for (const auto* field : {"password", "secret", "token", "passphrase"}) {
    if (!object.contains(field)) continue;
    return std::unexpected(wrongDocument(fmt::format(
        "it holds '{}'; secrets are not imported: take it out, and give it by --password-stdin", field)));
  }
  return {};
}

/// Names of secrets and ids of another data directory mean nothing here.
void dropLocal(ConnectionProfile& profile) {
  profile.id = {};
  profile.secretRef.clear();
  profile.tls.keySecretRef.clear();
  profile.createdAt = profile.updatedAt = {};
}

Result<ExportedProfile> readOne(const json::value& entry) {
  if (!entry.is_object()) return std::unexpected(wrongDocument("it is no object"));
  json::object object = entry.as_object();
  if (auto ok = refuseSecrets(object); !ok) return std::unexpected(ok.error());
  object["id"] = Uuid().toString();
  auto profile = profileFromJson(object);
  if (!profile) return std::unexpected(profile.error());
  dropLocal(*profile);
  Fields fields(object);
  ExportedProfile read{.profile = domain::normalized(*std::move(profile)),
                       .hadPassword = fields.booleanOr("hasSecret", false),
                       .hadKeyPassphrase = fields.booleanOr("hasTlsKeyPassphrase", false)};
  if (auto ok = fields.finish(); !ok) return std::unexpected(ok.error());
  if (auto ok = domain::validate(read.profile); !ok) return std::unexpected(ok.error());
  return read;
}

std::string nameIn(const json::value& entry) {
  const auto* object = entry.if_object();
  const auto* name = object != nullptr ? object->if_contains("name") : nullptr;
  return name != nullptr && name->is_string() ? std::string(name->get_string()) : std::string();
}

bool isIn(const std::vector<ExportedProfile>& all, std::string_view name) {
  return std::ranges::any_of(all, [wanted = domain::nameKey(name)](const ExportedProfile& other) {
    return domain::nameKey(other.profile.name) == wanted;
  });
}

}  // namespace

json::object exportProfiles(std::span<const ConnectionProfile> profiles) {
  json::array connections;
  for (const auto& profile : profiles) connections.push_back(exported(profile));
  return {{"format", kFormat}, {"connections", std::move(connections)}};
}

Result<std::vector<ExportedEntry>> readExportedEntries(std::string_view text) {
  const auto document = parseObject(text);
  if (!document) return std::unexpected(wrongDocument("it is no JSON object"));
  const auto* format = document->if_contains("format");
  if (format == nullptr || !format->is_string() || format->get_string() != kFormat)
    return std::unexpected(wrongDocument(fmt::format("its format is not {}", kFormat)));
  const auto* connections = document->if_contains("connections");
  if (connections == nullptr || !connections->is_array())
    return std::unexpected(wrongDocument("it has no list of connections"));
  std::vector<ExportedEntry> entries;
  for (const auto& entry : connections->get_array())
    entries.push_back({.name = nameIn(entry), .read = readOne(entry)});
  return entries;
}

Result<std::vector<ExportedProfile>> readExportedProfiles(std::string_view text) {
  auto entries = readExportedEntries(text);
  if (!entries) return std::unexpected(entries.error());
  std::vector<ExportedProfile> all;
  for (auto& [name, read] : *entries) {
    if (!read) {
      read.error().message =
          fmt::format("connection {} of the file: {}", all.size() + 1, read.error().message);
      return std::unexpected(read.error());
    }
    if (isIn(all, read->profile.name))
      return std::unexpected(
          wrongDocument(fmt::format("'{}' is in it twice", escapeForDisplay(read->profile.name))));
    all.push_back(*std::move(read));
  }
  return all;
}

}  // namespace cachify::events
