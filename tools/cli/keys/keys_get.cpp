// keys get

#include <fmt/format.h>

#include "keys/keys_commands.hpp"
#include "keys/read_output.hpp"
#include "keys/value_view.hpp"
#include "options/bytes_options.hpp"
#include "options/page_options.hpp"

namespace cachify::cli {

using cache::ReadValue;
using domain::ValueType;

namespace {

/// What is held in memory of a value that is passed on as it is.
constexpr std::uint64_t kRawPartBytes = 16ULL << 20;

struct GetOptions {
  std::string connection;
  OptionalText key;
  KeyOption keyForms;
  PageOptions page;
  ViewOption view;
  bool raw = false;
};

struct Reading {
  CommandContext& context;
  studio::Engine& engine;
  domain::ConnectionProfile profile;
  Bytes key;

  [[nodiscard]] Result<ReadValue> operator()(const cache::ReadRange& range) const {
    return engine.wait(engine.keys().get(profile, key, range, context.stop()));
  }
};

std::unexpected<Error> noSuchKey(const Bytes& key) {
  return fail(ErrorCode::notFound, fmt::format("there is no key '{}'", escapeForDisplay(key)));
}

/// Part by part, but one version of the value: as far as its length tells.
Outcome printRaw(const Reading& reading, cache::ReadRange range, bool inParts) {
  if (inParts) range.maxBytes = kRawPartBytes;
  std::optional<std::uint64_t> length;
  do {
    const auto value = reading(range);
    if (!value) return std::unexpected(value.error());
    if (value->type == ValueType::none && !length) return noSuchKey(reading.key);
    const auto* bytes = std::get_if<Bytes>(&value->value);
    if (bytes == nullptr && !length) {
      return fail(
          ErrorCode::validationError,
          fmt::format("--raw is for strings, and this is a {}; use --json", domain::wireName(value->type)));
    }
    if (bytes == nullptr || length.value_or(value->sizeBytes) != value->sizeBytes)
      return fail(ErrorCode::conflict,
                  "the value changed while it was read; what was written is no version of it");
    length = value->sizeBytes;
    reading.context.output().raw(*bytes);
    if (auto ok = reading.context.goOn(); !ok) return std::unexpected(ok.error());
    range.cursor = value->nextCursor;
  } while (inParts && !range.cursor.empty());
  return ExitCode::done;
}

/// The value as a document or for people, and where a view was asked for, as that too.
Outcome show(const Reading& reading, const cache::ReadRange& range, std::optional<decode::View> view) {
  Output& output = reading.context.output();
  const auto value = reading(range);
  if (!value) return std::unexpected(value.error());
  const bool exists = value->type != ValueType::none;
  if (!exists && !output.json()) return noSuchKey(reading.key);
  std::optional<decode::Decoded> seen;
  if (view && exists) {
    auto result = viewed(*value, *view);
    if (!result) return std::unexpected(result.error());
    seen = *std::move(result);
  }
  const bool whole = isWhole(*value, range);
  if (output.json()) {
    output.document(toJson(reading.key, *value, whole, seen));
  } else {
    printForPeople(output, reading.key, *value, whole, seen);
  }
  return exists ? ExitCode::done : ExitCode::notFound;
}

Outcome getKey(CommandContext& context, const GetOptions& options) {
  auto key = options.keyForms.resolve(options.key);
  if (!key) return std::unexpected(key.error());
  const auto view = options.view.resolve();
  if (!view) return std::unexpected(view.error());
  auto range = options.page.range();
  if (!range) return std::unexpected(range.error());
  if (*view && !options.page.maxBytes) range->maxBytes = kViewedBytes;
  auto profile = context.profile(options.connection);
  if (!profile) return std::unexpected(profile.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const Reading reading{context, **engine, *std::move(profile), *std::move(key)};
  if (options.raw && !context.output().json())
    return printRaw(reading, *range, !options.page.maxBytes.has_value());
  return show(reading, *range, *view);
}

}  // namespace

void addKeysGet(CommandGroup& keys) {
  auto get = keys.add<GetOptions>("get", "Show a key's value, type, TTL and digest", &getKey);
  addText(get.app, "CONN", get.options.connection, "Name or id of the connection");
  addText(get.app, "KEY", get.options.key, "The key");
  get.options.keyForms.addTo(get.app);
  get.options.page.addTo(get.app);
  auto raw =
      get.app.addFlag("--raw", get.options.raw, "A string's bytes as they are, whole, and nothing else");
  get.options.view.addTo(get.app).excludes(raw);
}

}  // namespace cachify::cli
