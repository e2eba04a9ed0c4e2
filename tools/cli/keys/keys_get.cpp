// keys get

#include <fmt/format.h>

#include "keys/keys_commands.hpp"
#include "keys/value_json.hpp"
#include "options/bytes_options.hpp"
#include "options/number.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using cache::ReadValue;
using domain::ValueType;

namespace {

constexpr std::int64_t kMostBytes = 512LL << 20;  // Redis' own limit of a string
constexpr std::int64_t kMostItems = 1'000'000;

struct GetOptions {
  std::string connection;
  OptionalText key;
  KeyOption keyForms;
  OptionalText maxBytes;
  OptionalText maxItems;
  std::string cursor;
  bool raw = false;
};

Result<cache::ReadRange> rangeOf(const GetOptions& options) {
  cache::ReadRange range{.cursor = options.cursor};
  if (options.maxBytes) {
    const auto bytes = parseInteger("maxBytes", *options.maxBytes, 1, kMostBytes);
    if (!bytes) return std::unexpected(bytes.error());
    range.maxBytes = static_cast<std::uint64_t>(*bytes);
  }
  if (options.maxItems) {
    const auto items = parseInteger("maxItems", *options.maxItems, 1, kMostItems);
    if (!items) return std::unexpected(items.error());
    range.maxItems = static_cast<std::uint64_t>(*items);
  }
  // Asked for as it is, a string comes whole.
  if (options.raw && !options.maxBytes) range.maxBytes = static_cast<std::uint64_t>(kMostBytes);
  return range;
}

/// Nothing of it is missing: neither pages before or behind, nor the end of a long string.
bool isWhole(const ReadValue& value, const GetOptions& options) {
  if (!options.cursor.empty() || !value.nextCursor.empty()) return false;
  const auto* text = std::get_if<Bytes>(&value.value);
  return text == nullptr || text->size() == value.sizeBytes;
}

json::object toJson(const Bytes& key, const ReadValue& value, bool whole) {
  json::object object;
  putBytes(object, "key", key);
  object["exists"] = value.type != ValueType::none;
  object["type"] = domain::wireName(value.type);
  object["ttlMs"] = toJsonMs(value.ttl);
  object["sizeBytes"] = value.sizeBytes;
  putValue(object, value.value);
  object["encoding"] = value.encoding;
  object["flags"] = value.flags;
  object["digest"] = nullptr;
  if (whole && value.value.index() != 0) object["digest"] = toHex(domain::contentDigest(value.value));
  object["complete"] = whole;
  object["nextCursor"] = nullptr;
  if (!value.nextCursor.empty()) object["nextCursor"] = value.nextCursor;
  return object;
}

void printForPeople(Output& output, const Bytes& key, const ReadValue& value, bool whole) {
  std::string facts = fmt::format("{}, {}, TTL {}", domain::wireName(value.type), sizeWords(value.sizeBytes),
                                  ttlWords(value.ttl));
  if (!value.encoding.empty()) facts += fmt::format(", {}", escapeForDisplay(value.encoding));
  if (value.flags != 0) facts += fmt::format(", flags {}", value.flags);
  output.note(fmt::format("{}: {}", escapeForDisplay(key), facts));
  printValue(output, value.value);
  if (whole) {
    if (value.value.index() != 0)
      output.note(fmt::format("digest {}", toHex(domain::contentDigest(value.value))));
    return;
  }
  output.note(value.nextCursor.empty() ? "This is a part of the value: --max-bytes N, or --raw for all of it."
                                       : fmt::format("There is more: --cursor '{}'.", value.nextCursor));
}

Result<void> printRaw(Output& output, const ReadValue& value) {
  const auto* bytes = std::get_if<Bytes>(&value.value);
  if (bytes == nullptr) {
    return fail(ErrorCode::validationError, fmt::format("--raw is for strings, and this is a {}; use --json",
                                                        domain::wireName(value.type)));
  }
  output.raw(*bytes);
  return {};
}

Outcome getKey(CommandContext& context, const GetOptions& options) {
  const auto key = options.keyForms.resolve(options.key);
  if (!key) return std::unexpected(key.error());
  const auto range = rangeOf(options);
  if (!range) return std::unexpected(range.error());
  const auto profile = context.profile(options.connection);
  if (!profile) return std::unexpected(profile.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto value = (*engine)->wait((*engine)->keys().get(*profile, *key, *range, context.stop()));
  if (!value) return std::unexpected(value.error());

  Output& output = context.output();
  const bool exists = value->type != ValueType::none;
  const bool whole = isWhole(*value, options);
  if (output.json()) {
    output.document(toJson(*key, *value, whole));
  } else if (!exists) {
    return fail(ErrorCode::notFound, fmt::format("there is no key '{}'", escapeForDisplay(*key)));
  } else if (options.raw) {
    if (auto ok = printRaw(output, *value); !ok) return std::unexpected(ok.error());
  } else {
    printForPeople(output, *key, *value, whole);
  }
  return exists ? ExitCode::done : ExitCode::notFound;
}

}  // namespace

void addKeysGet(CommandGroup& keys) {
  auto get = keys.add<GetOptions>("get", "Show a key's value, type, TTL and digest", &getKey);
  addText(get.app, "CONN", get.options.connection, "Name or id of the connection");
  addText(get.app, "KEY", get.options.key, "The key");
  get.options.keyForms.addTo(get.app);
  addText(get.app, "--max-bytes", get.options.maxBytes, "Read no more of a value than this (default 64 MiB)")
      ->type_name("N");
  addText(get.app, "--max-items", get.options.maxItems, "Elements of a collection a page (default 1000)")
      ->type_name("N");
  get.app.add_option("--cursor", get.options.cursor, "Where the page before ended")->type_name("C");
  get.app.add_flag("--raw", get.options.raw, "A string's bytes as they are, and nothing else");
}

}  // namespace cachify::cli
