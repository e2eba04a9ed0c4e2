// keys append, prepend, increment

#include "elements/element_arguments.hpp"
#include "elements/elements_commands.hpp"
#include "options/number.hpp"

namespace cachify::cli {
namespace {

using domain::StringRules;
using domain::ValueChange;

struct ExtendOptions {
  EditArguments edit;
  ValueOption value;
};

Result<StringRules> rulesOf(CommandContext& context, const std::string& connection) {
  const auto profile = context.profile(connection);
  if (!profile) return std::unexpected(profile.error());
  return profile->engine == domain::CacheEngine::memcached ? StringRules::memcached : StringRules::redis;
}

Result<ValueChange> extensionOf(CommandContext& context, const NamedElements& named,
                                const ExtendOptions& options, domain::End end) {
  if (named.count() > 1) return fail(ErrorCode::validationError, "give one value");
  OptionalText positional;
  if (named.count() == 1) {
    auto given = named.bytes(0);
    if (!given) return std::unexpected(given.error());
    positional = *std::move(given);
  }
  auto text = options.value.resolve(positional);
  if (!text) return std::unexpected(text.error());
  const auto rules = rulesOf(context, options.edit.elements.connection);
  if (!rules) return std::unexpected(rules.error());
  return domain::ExtendText{end, *std::move(text), *rules};
}

Outcome extend(CommandContext& context, const ExtendOptions& options, domain::End end) {
  const auto named = options.edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  return runEdit(context, options.edit, named->key(), extensionOf(context, *named, options, end),
                 end == domain::End::right ? "appended to" : "prepended to",
                 {"new length", ResultWords::Form::number});
}

Outcome append(CommandContext& context, const ExtendOptions& options) {
  return extend(context, options, domain::End::right);
}

Outcome prepend(CommandContext& context, const ExtendOptions& options) {
  return extend(context, options, domain::End::left);
}

Result<ValueChange> incrementOf(CommandContext& context, const NamedElements& named,
                                const std::string& connection) {
  if (named.count() > 1) return fail(ErrorCode::validationError, "give one number");
  domain::IncrementNumber change;
  if (named.count() == 1) {
    const auto by = parseInteger("by", named.text(0));
    if (!by) return std::unexpected(by.error());
    change.by = *by;
  }
  const auto rules = rulesOf(context, connection);
  if (!rules) return std::unexpected(rules.error());
  change.rules = *rules;
  return change;
}

Outcome increment(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  return runEdit(context, edit, named->key(), incrementOf(context, *named, edit.elements.connection),
                 "incremented", {"now", ResultWords::Form::number});
}

}  // namespace

void addStringCommands(CommandGroup& keys) {
  auto end = keys.add<ExtendOptions>("append", "Add to the end of a string", &append);
  end.options.edit.addTo(end.app, "VALUE", "What to add");
  end.options.value.addTo(end.app);

  auto front = keys.add<ExtendOptions>("prepend", "Add to the beginning of a string", &prepend);
  front.options.edit.addTo(front.app, "VALUE", "What to add");
  front.options.value.addTo(front.app);

  auto number =
      keys.add<EditArguments>("increment", "Add to a number; below zero it is taken away", &increment);
  number.options.addTo(number.app, "BY", "How much (default 1)");
}

}  // namespace cachify::cli
