// snapshots restore

#include <fmt/format.h>

#include "keys/mutation_output.hpp"
#include "options/bytes_options.hpp"
#include "options/consent_options.hpp"
#include "options/ttl_options.hpp"
#include "snapshots/snapshots_commands.hpp"
#include "views/key_snapshots.hpp"

namespace cachify::cli {
namespace {

struct RestoreOptions {
  std::string first;
  OptionalText second;
  KeyOption keyForms;
  bool latest = false;
  bool force = false;
  TtlOptions ttl;
  ConsentOptions consent;
};

struct Target {
  domain::ConnectionProfile profile;
  SnapshotId snapshot;
};

Result<Target> latestOf(CommandContext& context, const RestoreOptions& options) {
  const auto key = options.keyForms.resolve(options.second);
  if (!key) return std::unexpected(key.error());
  auto profile = context.profile(options.first);
  if (!profile) return std::unexpected(profile.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto id = (*engine)->wait((*engine)->rollback().latest(profile->id, *key));
  if (!id) return std::unexpected(id.error());
  return Target{std::move(*profile), *id};
}

Result<Target> named(CommandContext& context, const RestoreOptions& options) {
  if (options.second || options.keyForms.base64) {
    return fail(ErrorCode::validationError, "give a snapshot's id alone, or CONN KEY --latest");
  }
  const auto id = parseSnapshotId(options.first);
  if (!id) return std::unexpected(id.error());
  const auto row =
      queryViews<views::SnapshotRow>(context, [&](sqlite3& db) { return views::snapshotById(db, *id); });
  if (!row) return std::unexpected(row.error());
  auto profile = context.profile(row->connectionId.toString());
  if (!profile) return std::unexpected(profile.error());
  return Target{std::move(*profile), *id};
}

Outcome restoreSnapshot(CommandContext& context, const RestoreOptions& options) {
  const auto ttl = options.ttl.change();
  if (!ttl) return std::unexpected(ttl.error());
  const auto target = options.latest ? latestOf(context, options) : named(context, options);
  if (!target) return std::unexpected(target.error());
  const std::string words = fmt::format("snapshot {}", target->snapshot.toString());
  if (options.force) {
    const auto yes = askFirst(context, options.consent, target->profile,
                              fmt::format("restore {} whatever the key is now", words));
    if (!yes) return std::unexpected(yes.error());
  }
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto onChanged = options.force ? actions::OnChanged::overwrite : actions::OnChanged::conflict;
  const auto report = (*engine)->wait((*engine)->rollback().restore(
      target->profile, target->snapshot, onChanged, options.consent.consent(), context.stop(), *ttl));
  return sayMutation(context, target->profile, report, "restored " + words);
}

}  // namespace

void addSnapshotsRestore(CommandGroup& snapshots) {
  auto restore = snapshots.add<RestoreOptions>(
      "restore", "Make a key what it was: value, type, remaining TTL", &restoreSnapshot);
  addText(restore.app, "ID", restore.options.first, "The snapshot's id; with --latest the connection");
  addText(restore.app, "KEY", restore.options.second, "With --latest: the key");
  restore.options.keyForms.addTo(restore.app);
  restore.app.addFlag("--latest", restore.options.latest, "The newest snapshot of a key: CONN KEY --latest");
  restore.app.addFlag("--force", restore.options.force,
                      "Also where the key was changed since, or the TTL has run out");
  restore.options.ttl.addTo(restore.app, "--ttl", "--ttl-ms", "--no-ttl");
  restore.options.consent.addTo(restore.app);
}

}  // namespace cachify::cli
