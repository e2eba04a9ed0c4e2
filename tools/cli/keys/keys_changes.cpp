// keys delete, rename, ttl

#include <fmt/format.h>

#include "keys/keys_commands.hpp"
#include "keys/mutation_output.hpp"
#include "options/bytes_options.hpp"
#include "options/consent_options.hpp"
#include "options/ttl_options.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using domain::ConnectionProfile;

namespace {

struct DeleteOptions {
  std::string connection;
  OptionalText key;
  KeyOption keyForms;
  ConsentOptions consent;
};
struct RenameOptions {
  std::string connection;
  OptionalText first;
  OptionalText second;
  KeyOption fromForms;
  KeyOption toForms;
  bool replace = false;
  ConsentOptions consent;
};
struct TtlCommandOptions {
  std::string connection;
  OptionalText key;
  KeyOption keyForms;
  TtlOptions ttl;
  ConsentOptions consent;
};

/// What every change needs: the profile, and a yes where a person may be asked.
struct Ready {
  studio::Engine* engine;
  ConnectionProfile profile;
};

Result<Ready> prepare(CommandContext& context, const std::string& connection) {
  auto profile = context.profile(connection);
  if (!profile) return std::unexpected(profile.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return Ready{*engine, std::move(*profile)};
}

Outcome deleteKey(CommandContext& context, const DeleteOptions& options) {
  const auto key = options.keyForms.resolve(options.key);
  if (!key) return std::unexpected(key.error());
  const auto ready = prepare(context, options.connection);
  if (!ready) return std::unexpected(ready.error());
  const std::string named = fmt::format("'{}'", escapeForDisplay(*key));
  if (auto yes = askFirst(context, options.consent, ready->profile, "delete " + named); !yes)
    return std::unexpected(yes.error());
  studio::Engine& engine = *ready->engine;
  const auto report =
      engine.wait(engine.keys().remove(ready->profile, *key, options.consent.consent(), context.stop()));
  return sayMutation(context, ready->profile, report, "deleted " + named);
}

/// Each of both names is a positional or comes in base64; positionals fill the places that are left.
Result<std::pair<Bytes, Bytes>> namesOf(const RenameOptions& options) {
  const bool fromElsewhere = options.fromForms.base64.has_value();
  if (fromElsewhere && options.second)
    return fail(ErrorCode::validationError, "with --from-base64 give the new name alone");
  auto from = options.fromForms.resolve(fromElsewhere ? std::nullopt : options.first);
  if (!from) return std::unexpected(from.error());
  auto to = options.toForms.resolve(fromElsewhere ? options.first : options.second);
  if (!to) return std::unexpected(to.error());
  return std::pair(std::move(*from), std::move(*to));
}

Outcome renameKey(CommandContext& context, const RenameOptions& options) {
  const auto names = namesOf(options);
  if (!names) return std::unexpected(names.error());
  const auto ready = prepare(context, options.connection);
  if (!ready) return std::unexpected(ready.error());
  const auto& [from, to] = *names;
  const std::string words = fmt::format("'{}' to '{}'", escapeForDisplay(from), escapeForDisplay(to));
  if (options.replace) {
    const std::string act = fmt::format("rename {}, overwriting what is there,", words);
    if (auto yes = askFirst(context, options.consent, ready->profile, act); !yes)
      return std::unexpected(yes.error());
  }
  studio::Engine& engine = *ready->engine;
  const auto report = engine.wait(engine.keys().rename(ready->profile, from, to, options.replace,
                                                       options.consent.consent(), context.stop()));
  return sayMutation(context, ready->profile, report, "renamed " + words);
}

Outcome changeTtl(CommandContext& context, const TtlCommandOptions& options) {
  const auto key = options.keyForms.resolve(options.key);
  if (!key) return std::unexpected(key.error());
  const auto change = options.ttl.change();
  if (!change) return std::unexpected(change.error());
  if (std::holds_alternative<domain::KeepTtl>(*change)) {
    return fail(ErrorCode::validationError, "say which TTL to set: --seconds, --ms or --persist");
  }
  const auto ready = prepare(context, options.connection);
  if (!ready) return std::unexpected(ready.error());
  studio::Engine& engine = *ready->engine;
  const auto report = engine.wait(
      engine.keys().ttl(ready->profile, *key, *change, options.consent.consent(), context.stop()));
  return sayMutation(context, ready->profile, report,
                     fmt::format("TTL of '{}' changed", escapeForDisplay(*key)));
}

}  // namespace

void addKeysChanges(CommandGroup& keys) {
  auto remove = keys.add<DeleteOptions>("delete", "Delete a key; its snapshot leads back", &deleteKey);
  addText(remove.app, "CONN", remove.options.connection, "Name or id of the connection");
  addText(remove.app, "KEY", remove.options.key, "The key");
  remove.options.keyForms.addTo(remove.app);
  remove.options.consent.addTo(remove.app);

  auto rename = keys.add<RenameOptions>("rename", "Give a key another name", &renameKey);
  addText(rename.app, "CONN", rename.options.connection, "Name or id of the connection");
  addText(rename.app, "FROM", rename.options.first, "The key, unless --from-base64 gives it");
  addText(rename.app, "TO", rename.options.second, "Its new name, unless --to-base64 gives it");
  rename.options.fromForms.addTo(rename.app, "--from-base64");
  rename.options.toForms.addTo(rename.app, "--to-base64");
  rename.app.addFlag("--replace", rename.options.replace, "Overwrite a key of that name");
  rename.options.consent.addTo(rename.app);

  auto ttl = keys.add<TtlCommandOptions>("ttl", "Set or take away a key's TTL", &changeTtl);
  addText(ttl.app, "CONN", ttl.options.connection, "Name or id of the connection");
  addText(ttl.app, "KEY", ttl.options.key, "The key");
  ttl.options.keyForms.addTo(ttl.app);
  ttl.options.ttl.addTo(ttl.app, "--seconds", "--ms", "--persist");
  ttl.options.consent.addTo(ttl.app);
}

}  // namespace cachify::cli
