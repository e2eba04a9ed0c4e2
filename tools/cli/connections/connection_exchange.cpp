// connections export, import

#include <fmt/format.h>

#include <algorithm>

#include "connections/connections_commands.hpp"
#include "connections/profile_text.hpp"
#include "events/profile_export.hpp"
#include "options/bytes_options.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using domain::ConnectionProfile;
using events::ExportedProfile;

namespace {

struct ExportOptions {
  std::vector<std::string> connections;
};
struct ImportOptions {
  std::string file;
  bool skipExisting = false;
};

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
  context.output().document(events::exportProfiles(profiles));
  return ExitCode::done;
}

/// Takes out those whose name is in use here; unless they may be skipped that is CONFLICT, before anything is
/// added.
Result<std::size_t> leaveOutExisting(std::vector<ExportedProfile>& all,
                                     const std::vector<ConnectionProfile>& here, bool skip) {
  const auto isHere = [&here](const ExportedProfile& imported) {
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
  auto all = events::readExportedProfiles(*text);
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
    const ExportedProfile& imported = (*all)[i];
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
    output.done(fmt::format("imported {}, skipped {}", plural(added.size(), "connection"), *skipped));
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
