#include "elements/element_reads.hpp"

#include <fmt/format.h>

#include "keys/read_output.hpp"
#include "output/json_text.hpp"

namespace cachify::cli {

using cache::ReadValue;
using domain::ValueType;

namespace {

/// Recorded as it is called: "hash.get".
Result<ReadValue> readAs(CommandContext& context, const std::string& connection, const Bytes& key,
                         cache::ReadRange range, ValueType type, std::string_view verb) {
  const auto profile = context.profile(connection);
  if (!profile) return std::unexpected(profile.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  range.type = type;
  return (*engine)->wait((*engine)->keys().get(*profile, key, std::move(range), context.stop(),
                                               fmt::format("{}.{}", domain::wireName(type), verb)));
}

/// What there is to say of the element beside its name; nothing where it is not there.
struct Found {
  bool exists = false;
  std::optional<Bytes> value{};
  std::optional<std::string> score{};
};

Found foundIn(const ReadValue& read) {
  if (const auto* hash = std::get_if<domain::HashValue>(&read.value); hash && !hash->entries.empty())
    return {.exists = true, .value = hash->entries.front().value};
  if (const auto* list = std::get_if<domain::ListValue>(&read.value); list && !list->items.empty())
    return {.exists = true, .value = list->items.front()};
  if (const auto* zset = std::get_if<domain::ZSetValue>(&read.value); zset && !zset->members.empty())
    return {.exists = true, .score = zset->members.front().score};
  if (const auto* text = std::get_if<Bytes>(&read.value)) return {.exists = true, .value = *text};
  const auto* set = std::get_if<domain::SetValue>(&read.value);
  return {.exists = set != nullptr && !set->members.empty()};
}

std::string_view nameOfElement(ValueType type) {
  if (type == ValueType::hash) return "field";
  return type == ValueType::json ? "path" : "member";
}

json::object toJson(const ElementLook& look, const ReadValue& read, const Found& found) {
  json::object object;
  putBytes(object, "key", look.key);
  object["type"] = domain::wireName(read.type);
  object["exists"] = found.exists;
  if (const auto* named = std::get_if<cache::ElementNamed>(&look.element))
    putBytes(object, nameOfElement(look.type), named->name);
  if (const auto* placed = std::get_if<cache::ElementAt>(&look.element)) object["index"] = placed->index;
  if (found.value) putBytes(object, "value", *found.value);
  if (found.score) object["score"] = *found.score;
  return object;
}

}  // namespace

Outcome runElementLook(CommandContext& context, const std::string& connection, const ElementLook& look) {
  cache::ReadRange range;
  range.element = look.element;
  const bool isSet = look.type == ValueType::set;
  const auto verb = isSet ? "has" : look.type == ValueType::zset ? "score" : "get";
  const auto read = readAs(context, connection, look.key, range, look.type, verb);
  if (!read) return std::unexpected(read.error());
  const Found found = foundIn(*read);
  Output& output = context.output();
  if (output.json()) {
    output.document(toJson(look, *read, found));
  } else if (!found.exists) {
    const auto named = escapeForDisplay(look.key);
    return fail(ErrorCode::notFound, read->type == ValueType::none
                                         ? fmt::format("there is no key '{}'", named)
                                         : fmt::format("'{}' has no such element", named));
  } else if (look.raw && found.value) {
    output.raw(*found.value);
  } else if (found.value) {
    output.block(*found.value);
  } else {
    output.line(found.score ? *found.score : "yes");
  }
  return found.exists ? ExitCode::done : ExitCode::notFound;
}

Outcome runElementLook(CommandContext& context, const ElementArguments& arguments, domain::ValueType type) {
  const auto named = arguments.resolve();
  if (!named) return std::unexpected(named.error());
  if (auto ok = named->mustBe(1); !ok) return std::unexpected(ok.error());
  auto element = named->bytes(0);
  if (!element) return std::unexpected(element.error());
  return runElementLook(
      context, arguments.connection,
      {.type = type, .key = named->key(), .element = cache::ElementNamed{*std::move(element)}});
}

void PageArguments::addTo(Arguments& app) {
  elements.addTo(app, "", "");
  page.addTo(app);
}

Result<cache::ReadRange> PageArguments::range() const {
  auto range = page.range();
  if (!range) return range;
  if (from) range->from = *from;
  range->backwards = backwards;
  if (lowest || highest) range->scores = cache::ScoreRange{lowest.value_or("-inf"), highest.value_or("+inf")};
  if (!lex.empty()) range->members = cache::MemberRange{lex.front(), lex.back()};
  return range;
}

Outcome runElementPage(CommandContext& context, const PageArguments& arguments, ValueType type) {
  const auto named = arguments.elements.resolve();
  if (!named) return std::unexpected(named.error());
  if (auto ok = named->mustBe(0); !ok) return std::unexpected(ok.error());
  const auto range = arguments.range();
  if (!range) return std::unexpected(range.error());
  const auto read = readAs(context, arguments.elements.connection, named->key(), *range, type, "list");
  if (!read) return std::unexpected(read.error());
  Output& output = context.output();
  const bool exists = read->type != ValueType::none;
  const bool whole = isWhole(*read, *range);
  if (output.json()) {
    output.document(toJson(named->key(), *read, whole));
  } else if (!exists) {
    return fail(ErrorCode::notFound, fmt::format("there is no key '{}'", escapeForDisplay(named->key())));
  } else {
    printForPeople(output, named->key(), *read, whole);
  }
  return exists ? ExitCode::done : ExitCode::notFound;
}

}  // namespace cachify::cli
