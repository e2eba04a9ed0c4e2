// connections export, import

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "connections/connections_commands.hpp"
#include "connections/profile_text.hpp"
#include "events/profile_json.hpp"
#include "options/bytes_options.hpp"
#include "output/json_text.hpp"

namespace cachify::cli {

using domain::ConnectionProfile;

namespace {

constexpr std::string_view kFormat = "cachify-connections/1";

struct ExportOptions {
  std::vector<std::string> connections;
};
struct ImportOptions {
  std::string file;
  bool skipExisting = false;
};

/// What only this data directory knows stays here: ids, times, and the names of secrets.
json::object exported(const ConnectionProfile& profile) {
  json::object object = events::toJson(profile);
  for (const auto* local : {"id", "createdAt", "updatedAt", "secretRef"}) object.erase(local);
  if (auto* tls = object.if_contains("tls"); tls != nullptr && tls->is_object())
    tls->as_object().erase("keySecretRef");
  object["hasSecret"] = !profile.secretRef.empty();
  object["hasTlsKeyPassphrase"] = !profile.tls.keySecretRef.empty();
  return object;
}

Outcome exportConnections(CommandContext& context, const ExportOptions& options) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  std::vector<ConnectionProfile> profiles;
  for (const auto& name : options.connections) {
    auto profile = context.profile(name);
    if (!profile) return std::unexpected(profile.error());
    profiles.push_back(*std::move(profile));
  }
  if (options.connections.empty()) {
    auto all = (*engine)->control().all();
    if (!all) return std::unexpected(all.error());
    profiles = std::move(all->profiles);
  }
  json::array connections;
  for (const auto& profile : profiles) connections.push_back(exported(profile));
  context.output().document(json::object{{"format", kFormat}, {"connections", std::move(connections)}});
  return ExitCode::done;
}

Error wrongFile(std::string why) {
  return {.code = ErrorCode::validationError, .message = "this is no file of `connections export`: " + why};
}

struct Imported {
  ConnectionProfile profile;
  bool hadPassword = false;
  bool hadKeyPassphrase = false;
};

bool isTrue(const json::object& object, std::string_view field) {
  const auto* value = object.if_contains(field);
  return value != nullptr && value->is_bool() && value->as_bool();
}

/// What a secret in a file would be lost for without a word.
Result<void> refuseSecrets(const json::object& object) {
  for (const auto* field : {"password", "secret", "token", "passphrase"}) {
    if (!object.contains(field)) continue;
    return std::unexpected(wrongFile(fmt::format(
        "it holds '{}'; secrets are not imported: take it out, and give it by --password-stdin", field)));
  }
  return {};
}

Result<Imported> importedFrom(const json::value& entry, std::size_t number) {
  const auto at = [number](Error error) {
    error.message = fmt::format("connection {} of the file: {}", number, error.message);
    return std::unexpected(std::move(error));
  };
  if (!entry.is_object()) return at(wrongFile("it is no object"));
  json::object object = entry.as_object();
  if (auto ok = refuseSecrets(object); !ok) return at(ok.error());
  object["id"] = ConnectionId::make(SystemClock().now()).toString();  // replaced when it is added
  auto profile = events::profileFromJson(object);
  if (!profile) return at(profile.error());
  Imported imported{.profile = domain::normalized(*std::move(profile)),
                    .hadPassword = isTrue(object, "hasSecret"),
                    .hadKeyPassphrase = isTrue(object, "hasTlsKeyPassphrase")};
  if (auto ok = domain::validate(imported.profile); !ok) return at(ok.error());
  return imported;
}

Result<std::vector<Imported>> readExport(std::string_view text) {
  boost::system::error_code error;
  const json::value document = boost::json::parse(text, error);
  if (error || !document.is_object()) return std::unexpected(wrongFile("it is no JSON object"));
  const auto* format = document.as_object().if_contains("format");
  if (format == nullptr || !format->is_string() || format->as_string() != kFormat)
    return std::unexpected(wrongFile(fmt::format("its format is not {}", kFormat)));
  const auto* connections = document.as_object().if_contains("connections");
  if (connections == nullptr || !connections->is_array())
    return std::unexpected(wrongFile("it has no list of connections"));
  std::vector<Imported> all;
  for (const auto& entry : connections->as_array()) {
    auto imported = importedFrom(entry, all.size() + 1);
    if (!imported) return std::unexpected(imported.error());
    const auto isTwin = [&](const Imported& other) {
      return domain::nameKey(other.profile.name) == domain::nameKey(imported->profile.name);
    };
    if (std::ranges::any_of(all, isTwin))
      return std::unexpected(
          wrongFile(fmt::format("'{}' is in it twice", escapeForDisplay(imported->profile.name))));
    all.push_back(*std::move(imported));
  }
  return all;
}

/// Takes out those whose name is in use here; unless they may be skipped that is CONFLICT, before anything is
/// added.
Result<std::size_t> leaveOutExisting(std::vector<Imported>& all, const std::vector<ConnectionProfile>& here,
                                     bool skip) {
  const auto isHere = [&here](const Imported& imported) {
    return std::ranges::any_of(here, [&](const ConnectionProfile& known) {
      return domain::nameKey(known.name) == domain::nameKey(imported.profile.name);
    });
  };
  const auto first = std::ranges::find_if(all, isHere);
  if (first == all.end()) return 0;
  if (!skip) {
    return fail(Error{.code = ErrorCode::conflict,
                      .message = fmt::format("a connection '{}' is here already; nothing was imported. "
                                             "--skip-existing imports the others.",
                                             escapeForDisplay(first->profile.name))}
                    .with("name", first->profile.name));
  }
  return std::erase_if(all, isHere);
}

void warnOfMissing(Output& output, const ConnectionProfile& profile, std::string_view secret,
                   std::string_view option) {
  output.warning(
      fmt::format("'{}' had a {} where it comes from; give it here: cachify connections edit {} {}",
                  escapeForDisplay(profile.name), secret, profile.id.toString(), option));
}

Outcome importConnections(CommandContext& context, const ImportOptions& options) {
  const ValueOption source{.file = options.file == "-" ? OptionalText() : OptionalText(options.file),
                           .base64 = {},
                           .fromStdin = options.file == "-"};
  const auto text = source.resolve(std::nullopt);
  if (!text) return std::unexpected(text.error());
  auto all = readExport(*text);
  if (!all) return std::unexpected(all.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto here = (*engine)->control().all();
  if (!here) return std::unexpected(here.error());
  const auto skipped = leaveOutExisting(*all, here->profiles, options.skipExisting);
  if (!skipped) return std::unexpected(skipped.error());

  std::vector<ConnectionProfile> drafts;
  for (const auto& imported : *all) drafts.push_back(imported.profile);
  const auto profiles = (*engine)->wait((*engine)->connections().addAll(std::move(drafts)));
  if (!profiles) return std::unexpected(profiles.error());

  Output& output = context.output();
  json::array added;
  json::array needSecrets;
  for (std::size_t i = 0; i < profiles->size(); ++i) {
    const ConnectionProfile& profile = (*profiles)[i];
    const Imported& imported = (*all)[i];
    added.push_back({{"id", profile.id.toString()}, {"name", profile.name}});
    if (imported.hadPassword || imported.hadKeyPassphrase) needSecrets.push_back(json::string(profile.name));
    warnOfUnverifiedTls(profile, output);
    if (imported.hadPassword) warnOfMissing(output, profile, "password", "--password-stdin");
    if (imported.hadKeyPassphrase)
      warnOfMissing(output, profile, "passphrase of the TLS client key", "--tls-key-passphrase-stdin");
    if (!profile.ssh.destination.empty()) {
      output.note(fmt::format("'{}' goes through ssh {}{}", escapeForDisplay(profile.name),
                              escapeForDisplay(profile.ssh.destination),
                              profile.ssh.configFile.empty()
                                  ? ""
                                  : " with the configuration " + escapeForDisplay(profile.ssh.configFile)));
    }
  }
  if (!output.json()) {
    output.done(fmt::format("imported {} connections, skipped {}", added.size(), *skipped));
    return ExitCode::done;
  }
  output.document(json::object{
      {"imported", std::move(added)}, {"skipped", *skipped}, {"needSecrets", std::move(needSecrets)}});
  return ExitCode::done;
}

}  // namespace

void addConnectionExchange(CommandGroup& connections) {
  auto exporting = connections.add<ExportOptions>(
      "export", "Print profiles as JSON, without their secrets; all of them if none is named",
      &exportConnections);
  exporting.app.addOption("CONN", exporting.options.connections, "Names or ids");

  auto importing = connections.add<ImportOptions>(
      "import", "Add the profiles of an exported file; all or, if one is wrong or its name in use, none",
      &importConnections);
  addText(importing.app, "FILE", importing.options.file, "What `connections export` printed; - is stdin");
  importing.app.addFlag("--skip-existing", importing.options.skipExisting,
                        "Leave out those whose name is in use here");
}

}  // namespace cachify::cli
