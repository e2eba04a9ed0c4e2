// json get, set, remove

#include <fmt/format.h>

#include "elements/element_reads.hpp"
#include "elements/elements_commands.hpp"

namespace cachify::cli {
namespace {

using domain::ValueChange;

struct JsonGetOptions {
  ElementArguments elements;
  bool raw = false;
};
struct SetOptions {
  EditArguments edit;
  ValueOption value;
};

/// Without one: the whole value.
Outcome getJson(CommandContext& context, const JsonGetOptions& options) {
  const auto named = options.elements.resolve();
  if (!named) return std::unexpected(named.error());
  if (named->count() > 1) return fail(ErrorCode::validationError, "give one path");
  return runElementLook(context, options.elements.connection,
                        {.type = domain::ValueType::json,
                         .key = named->key(),
                         .element = cache::ElementNamed{named->count() == 1 ? named->text(0) : "$"},
                         .raw = options.raw});
}

Result<ValueChange> settingOf(const NamedElements& named, const SetOptions& options) {
  if (auto ok = named.mustBe(options.value.given() ? 1 : 2); !ok) return std::unexpected(ok.error());
  OptionalText positional;
  if (named.count() == 2) positional = named.text(1);
  auto text = options.value.resolve(positional);
  if (!text) return std::unexpected(text.error());
  return domain::SetJson{named.text(0), *std::move(text)};
}

Outcome setJson(CommandContext& context, const SetOptions& options) {
  const auto named = options.edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  return runEdit(context, options.edit, named->key(), settingOf(*named, options), "set a part of", {});
}

Outcome removeJson(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  if (auto ok = named->mustBe(1); !ok) return std::unexpected(ok.error());
  return runEdit(context, edit, named->key(), domain::RemoveJson{named->text(0)}, "removed a part of",
                 {"removed", ResultWords::Form::number});
}

}  // namespace

void addJsonCommands(CommandGroup& root) {
  CommandGroup json = root.group("json", "Parts of a RedisJSON value: get, set, remove");

  auto get = json.add<JsonGetOptions>("get", "Show a RedisJSON value, or the part at a path", &getJson);
  get.options.elements.addTo(get.app, "PATH", "Where, such as $.items[0]");
  get.app.addFlag("--raw", get.options.raw, "The text as it is, and nothing else");

  auto set = json.add<SetOptions>("set", "Set the part at a path; $ is the whole value", &setJson);
  set.options.edit.addTo(set.app, "PATH JSON", "Where, and what");
  set.options.value.addTo(set.app);

  auto remove = json.add<EditArguments>("remove", "Remove the part at a path", &removeJson);
  remove.options.addTo(remove.app, "PATH", "Where");
}

}  // namespace cachify::cli
