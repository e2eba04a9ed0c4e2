// connections add, edit, duplicate, remove

#include <fmt/format.h>

#include "connections/connections_commands.hpp"
#include "connections/profile_text.hpp"
#include "events/profile_json.hpp"
#include "options/consent_options.hpp"
#include "options/profile_options.hpp"
#include "output/json_text.hpp"

namespace cachify::cli {

using domain::ConnectionProfile;

namespace {

struct AddOptions {
  ProfileOptions profile;
};
struct EditOptions {
  std::string connection;
  ProfileOptions profile;
};
struct DuplicateOptions {
  std::string connection;
  std::string name;
};
struct RemoveOptions {
  std::string connection;
  ConsentOptions consent;
};

Outcome finish(CommandContext& context, const Result<ConnectionProfile>& profile, std::string_view did) {
  if (!profile) return std::unexpected(profile.error());
  Output& output = context.output();
  if (output.json()) {
    output.document(events::toJson(*profile));
    return ExitCode::done;
  }
  output.done(fmt::format("{} '{}' ({}, {}), id {}", did, escapeForDisplay(profile->name),
                          addressOf(*profile), domain::wireName(profile->environment),
                          profile->id.toString()));
  warnOfUnverifiedTls(*profile, output);
  return ExitCode::done;
}

Outcome addConnection(CommandContext& context, const AddOptions& options) {
  const ProfileOptions& given = options.profile;
  if (!given.given.contains("engine") && !given.url && !given.urlFromStdin) {
    return fail(Error{.code = ErrorCode::validationError,
                      .message = "say which server it is: --engine redis or memcached, or --url"}
                    .with("field", std::string("engine")));
  }
  const domain::ConnectionProfile defaults;
  auto described = describeProfile(defaults, given);
  if (!described) return std::unexpected(described.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  auto& connections = (*engine)->connections();
  return finish(
      context, (*engine)->wait(connections.add(std::move(described->profile), std::move(described->secrets))),
      "added");
}

Outcome editConnection(CommandContext& context, const EditOptions& options) {
  if (options.profile.empty())
    return fail(ErrorCode::validationError, "say what to change; `--help` shows the options");
  const auto known = context.profile(options.connection);
  if (!known) return std::unexpected(known.error());
  auto described = describeProfile(*known, options.profile);
  if (!described) return std::unexpected(described.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  auto& connections = (*engine)->connections();
  return finish(
      context,
      (*engine)->wait(connections.edit(std::move(described->profile), std::move(described->secrets))),
      "changed");
}

Outcome duplicateConnection(CommandContext& context, const DuplicateOptions& options) {
  const auto known = context.profile(options.connection);
  if (!known) return std::unexpected(known.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return finish(context, (*engine)->wait((*engine)->connections().duplicate(known->id, options.name)),
                "added");
}

Outcome removeConnection(CommandContext& context, const RemoveOptions& options) {
  const auto known = context.profile(options.connection);
  if (!known) return std::unexpected(known.error());
  if (auto yes = askFirst(context, options.consent, *known, "remove the profile"); !yes)
    return std::unexpected(yes.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return finish(context, (*engine)->wait((*engine)->connections().remove(known->id)), "removed");
}

}  // namespace

void addConnectionWrites(CommandGroup& connections) {
  auto add = connections.add<AddOptions>("add", "Add a connection profile", &addConnection);
  add.options.profile.addTo(add.app);

  auto edit = connections.add<EditOptions>("edit", "Change what is given, keep the rest", &editConnection);
  addText(edit.app, "CONN", edit.options.connection, "Name or id");
  edit.options.profile.addTo(edit.app);

  auto duplicate = connections.add<DuplicateOptions>(
      "duplicate", "A copy under another name, its password included", &duplicateConnection);
  addText(duplicate.app, "CONN", duplicate.options.connection, "Name or id");
  addText(duplicate.app, "--name", duplicate.options.name, "Of the copy").typeName("NAME");

  auto remove =
      connections.add<RemoveOptions>("remove", "Remove a profile and its password", &removeConnection);
  addText(remove.app, "CONN", remove.options.connection, "Name or id");
  remove.app.addFlag("--yes,-y", remove.options.consent.yes, "Do not ask");
}

}  // namespace cachify::cli
