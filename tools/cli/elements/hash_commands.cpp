// hash get, set, remove, ttl, list

#include "elements/element_reads.hpp"
#include "elements/elements_commands.hpp"
#include "options/ttl_options.hpp"

namespace cachify::cli {
namespace {

using domain::ValueChange;

struct GetOptions {
  ElementArguments elements;
  bool raw = false;
};
struct SetFieldsOptions {
  EditArguments edit;
  ValueOption value;
  bool onlyIfAbsent = false;
};
struct TtlFieldsOptions {
  EditArguments edit;
  TtlOptions ttl;
};

Outcome getField(CommandContext& context, const GetOptions& options) {
  const auto named = options.elements.resolve();
  if (!named) return std::unexpected(named.error());
  if (auto ok = named->mustBe(1); !ok) return std::unexpected(ok.error());
  auto field = named->bytes(0);
  if (!field) return std::unexpected(field.error());
  return runElementLook(context, options.elements.connection,
                        {.type = domain::ValueType::hash,
                         .key = named->key(),
                         .element = cache::ElementNamed{*std::move(field)},
                         .raw = options.raw});
}

/// Pairs, or one field whose value an option gives.
Result<ValueChange> fieldsOf(const NamedElements& named, const SetFieldsOptions& options) {
  domain::SetFields change{.fields = {}, .onlyIfAbsent = options.onlyIfAbsent};
  if (!options.value.given()) {
    auto pairs = named.pairs();
    if (!pairs) return std::unexpected(pairs.error());
    change.fields = *std::move(pairs);
    return change;
  }
  if (auto ok = named.mustBe(1); !ok) return std::unexpected(ok.error());
  auto field = named.bytes(0);
  if (!field) return std::unexpected(field.error());
  auto value = options.value.resolve(std::nullopt);
  if (!value) return std::unexpected(value.error());
  change.fields.push_back({*std::move(field), *std::move(value)});
  return change;
}

Outcome setFields(CommandContext& context, const SetFieldsOptions& options) {
  const auto named = options.edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  return runEdit(context, options.edit, named->key(), fieldsOf(*named, options), "set fields of",
                 {"new fields", ResultWords::Form::number});
}

Outcome removeFields(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  auto fields = named->allBytes();
  if (!fields) return std::unexpected(fields.error());
  return runEdit(context, edit, named->key(), domain::RemoveFields{*std::move(fields)}, "removed fields of",
                 {"removed", ResultWords::Form::number});
}

Outcome expireFields(CommandContext& context, const TtlFieldsOptions& options) {
  const auto named = options.edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  auto fields = named->allBytes();
  if (!fields) return std::unexpected(fields.error());
  const auto ttl = options.ttl.change();
  if (!ttl) return std::unexpected(ttl.error());
  if (std::holds_alternative<domain::KeepTtl>(*ttl))
    return fail(ErrorCode::validationError, "say which TTL to set: --seconds, --ms or --persist");
  domain::ExpireFields change{.fields = *std::move(fields)};
  if (const auto* time = std::get_if<std::chrono::milliseconds>(&*ttl)) change.ttl = *time;
  return runEdit(context, options.edit, named->key(), ValueChange(std::move(change)),
                 "TTL of fields changed in", {"fields", ResultWords::Form::number});
}

Outcome listFields(CommandContext& context, const PageArguments& arguments) {
  return runElementPage(context, arguments, domain::ValueType::hash);
}

}  // namespace

void addHashCommands(CommandGroup& root) {
  CommandGroup hash = root.group("hash", "Fields of a hash: get, set, remove, ttl, list");

  auto get = hash.add<GetOptions>("get", "Show the value of a field", &getField);
  get.options.elements.addTo(get.app, "FIELD", "The field");
  get.app.addFlag("--raw", get.options.raw, "The value's bytes as they are, and nothing else");

  auto set = hash.add<SetFieldsOptions>("set", "Set fields; a key that is not there is made", &setFields);
  set.options.edit.addTo(set.app, "FIELD VALUE", "Fields, each with its value");
  set.options.value.addTo(set.app);
  set.app.addFlag("--if-absent", set.options.onlyIfAbsent, "Only if none of the fields is there");

  auto remove =
      hash.add<EditArguments>("remove", "Remove fields; the key goes with the last one", &removeFields);
  remove.options.addTo(remove.app, "FIELD", "The fields");

  auto ttl = hash.add<TtlFieldsOptions>("ttl", "Set or take away a TTL of fields (Redis 7.4)", &expireFields);
  ttl.options.edit.addTo(ttl.app, "FIELD", "The fields");
  ttl.options.ttl.addTo(ttl.app, "--seconds", "--ms", "--persist");

  auto list = hash.add<PageArguments>("list", "Show the fields, a page at a time", &listFields);
  list.options.addTo(list.app);
}

}  // namespace cachify::cli
