// keys set

#include <fmt/format.h>

#include <limits>

#include "keys/keys_commands.hpp"
#include "keys/mutation_output.hpp"
#include "options/bytes_options.hpp"
#include "options/consent_options.hpp"
#include "options/number.hpp"
#include "options/ttl_options.hpp"

namespace cachify::cli {
namespace {

struct SetOptions {
  std::string connection;
  OptionalText first;
  OptionalText second;
  KeyOption keyForms;
  ValueOption valueForms;
  TtlOptions ttl;
  OptionalText flags;
  OptionalText ifDigest;
  std::string mode;
  bool force = false;
  ConsentOptions consent;
};

struct KeyAndValue {
  Bytes key;
  Bytes value;
};

/// With --key-base64 the first positional is the value.
Result<KeyAndValue> keyAndValueOf(const SetOptions& options) {
  const bool keyElsewhere = options.keyForms.base64.has_value();
  if (keyElsewhere && options.second) {
    return fail(ErrorCode::validationError, "with --key-base64 give the value alone, without KEY");
  }
  auto key = options.keyForms.resolve(keyElsewhere ? std::nullopt : options.first);
  if (!key) return std::unexpected(key.error());
  auto value = options.valueForms.resolve(keyElsewhere ? options.first : options.second);
  if (!value) return std::unexpected(value.error());
  return KeyAndValue{std::move(*key), std::move(*value)};
}

Result<actions::SetOptions> settingsOf(const SetOptions& options) {
  actions::SetOptions settings;
  const auto ttl = options.ttl.change();
  if (!ttl) return std::unexpected(ttl.error());
  settings.ttl = *ttl;
  if (options.flags) {
    const auto flags = parseInteger("flags", *options.flags, 0, std::numeric_limits<std::uint32_t>::max());
    if (!flags) return std::unexpected(flags.error());
    settings.flags = static_cast<std::uint32_t>(*flags);
  }
  if (options.ifDigest) settings.ifDigest = toLowerAscii(*options.ifDigest);
  if (options.mode == "add") settings.mode = domain::SetMode::add;
  if (options.mode == "replace") settings.mode = domain::SetMode::replace;
  settings.force = options.force;
  return settings;
}

Outcome setKey(CommandContext& context, const SetOptions& options) {
  auto given = keyAndValueOf(options);
  if (!given) return std::unexpected(given.error());
  auto settings = settingsOf(options);
  if (!settings) return std::unexpected(settings.error());
  const auto profile = context.profile(options.connection);
  if (!profile) return std::unexpected(profile.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto report =
      (*engine)->wait((*engine)->keys().set(*profile, given->key, std::move(given->value),
                                            std::move(*settings), options.consent.consent(), context.stop()));
  return sayMutation(context, *profile, report, fmt::format("set '{}'", escapeForDisplay(given->key)));
}

}  // namespace

void addKeysSet(CommandGroup& keys) {
  auto set = keys.add<SetOptions>("set", "Store a string; the TTL stays unless one is given", &setKey);
  auto& options = set.options;
  addText(set.app, "CONN", options.connection, "Name or id of the connection");
  addText(set.app, "KEY", options.first, "The key, unless --key-base64 gives it");
  addText(set.app, "VALUE", options.second, "The value, unless an option gives it");
  options.keyForms.addTo(set.app);
  options.valueForms.addTo(set.app);
  options.ttl.addTo(set.app, "--ttl", "--ttl-ms", "--no-ttl");
  addText(set.app, "--flags", options.flags, "Memcached client flags").typeName("N");
  addText(set.app, "--if-digest", options.ifDigest,
          "Only if the value still has this digest (`keys get` shows it)")
      .typeName("HEX");
  set.app.addFlag("--force", options.force, "Whatever the digest is, and whatever type the key holds");
  set.app.addOption("--mode", options.mode, "add: only if the key is not there; replace: only if it is")
      .oneOf({"add", "replace"});
  options.consent.addTo(set.app);
}

}  // namespace cachify::cli
