// keys list

#include <fmt/format.h>

#include <future>
#include <utility>

#include "core/glob.hpp"
#include "core/invalid_value.hpp"
#include "keys/keys_commands.hpp"
#include "keys/scan_output.hpp"
#include "options/number.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"

namespace cachify::cli {

using actions::Describe;
using actions::KeyPage;
using actions::KeySource;
using actions::ListedKey;

namespace {

constexpr std::string_view kTypes = "string, hash, list, set, zset, stream, json";
constexpr std::int64_t kMostKeysAPage = 100'000;
/// With --all a page is no more than a step of progress.
constexpr std::uint64_t kScannedAStep = 50'000;
constexpr std::uint32_t kKeysAStep = 10'000;

struct ListOptions {
  std::string connection;
  std::string match = "*";
  bool exact = false;
  std::string limit = "100";
  std::string cursor;
  OptionalText type;
  bool describe = false;
  bool all = false;
};

Result<cache::ScanRequest> requestOf(const ListOptions& options) {
  const auto limit = parseInteger("limit", options.limit, 1, kMostKeysAPage);
  if (!limit) return std::unexpected(limit.error());
  cache::ScanRequest request{.pattern = options.exact ? escapeGlob(options.match) : options.match,
                             .cursor = options.cursor,
                             .limit = static_cast<std::uint32_t>(*limit)};
  if (options.type) {
    const auto type = domain::parseValueType(*options.type);
    if (!type) return invalidValue("type", *options.type, fmt::format("one of {}", kTypes));
    request.type = *type;
  }
  if (options.all) {
    request.limit = kKeysAStep;
    request.maxScanned = kScannedAStep;
    request.whole = true;
  }
  return request;
}

json::object toJson(const ListedKey& listed) {
  json::object object;
  putBytes(object, "key", listed.key);
  if (!listed.description) return object;
  object["type"] = domain::wireName(listed.description->type);
  putTtl(object, listed.description->ttl, listed.description->ttlKnown);
  if (listed.description->sizeBytes) object["sizeBytes"] = *listed.description->sizeBytes;
  return object;
}

std::string_view sourceName(KeySource source) {
  return source == KeySource::index ? "index" : "server";
}

/// Writes pages as they come: one document, JSON lines, or a table that goes on.
class KeyWriter {
 public:
  KeyWriter(Output& output, bool described, bool lines)
      : output_(output), described_(described), lines_(lines), table_(columns(described)) {}

  void write(const KeyPage& page) {
    shown_ += page.keys.size();
    if (!output_.json()) return writeRows(page);
    if (!lines_) return writeDocument(page);
    for (const auto& listed : page.keys) writeLine(listed, page.source);
  }

  [[nodiscard]] std::uint64_t shown() const { return shown_; }

 private:
  static std::vector<Column> columns(bool described) {
    if (!described) return {{"KEY"}};
    return {{"TYPE"}, {"TTL", Column::Align::right}, {"SIZE", Column::Align::right}, {"KEY"}};
  }

  void writeLine(const ListedKey& listed, KeySource source) {
    json::object object = toJson(listed);
    if (source == KeySource::index) object["source"] = sourceName(source);
    output_.document(object);
  }

  void writeRows(const KeyPage& page) {
    if (page.keys.empty()) return;
    for (const auto& listed : page.keys) {
      if (!described_) {
        table_.add({escapeForDisplay(listed.key)});
        continue;
      }
      const auto description = listed.description.value_or(cache::KeyDescription{});
      table_.add({std::string(domain::wireName(description.type)),
                  ttlWords(description.ttl, description.ttlKnown),
                  description.sizeBytes ? sizeWords(*description.sizeBytes) : std::string("?"),
                  escapeForDisplay(listed.key)});
    }
    table_.print(output_);
  }

  void writeDocument(const KeyPage& page) {
    json::array keys;
    for (const auto& listed : page.keys) keys.push_back(toJson(listed));
    json::object object{{"keys", std::move(keys)},
                        {"nextCursor", nullptr},
                        {"scanned", page.scanned},
                        {"total", nullptr},
                        {"partOfCluster", page.partOfCluster}};
    if (!page.nextCursor.empty()) object["nextCursor"] = page.nextCursor;
    if (page.total) object["total"] = *page.total;
    object["source"] = sourceName(page.source);
    output_.document(object);
  }

  Output& output_;
  bool described_;
  bool lines_;
  Table table_;
  std::uint64_t shown_ = 0;
};

void saySource(Output& output, const KeyPage& page) {
  if (page.noListing.empty() || output.json()) return;
  output.warning(
      fmt::format("{}. These are keys that Cachify has read or changed before, and that are still there; "
                  "others may be missing.",
                  page.noListing));
}

void sayHowFar(Output& output, const KeyWriter& writer, std::uint64_t scanned, const KeyPage& last) {
  if (output.json()) return;
  output.note(fmt::format("{}, {}.", plural(writer.shown(), "key"), scannedWords(scanned, last.total)));
  if (!last.nextCursor.empty())
    output.note(fmt::format("There is more: --cursor '{}', or --all.", last.nextCursor));
}

Outcome listKeys(CommandContext& context, const ListOptions& options) {
  auto request = requestOf(options);
  if (!request) return std::unexpected(request.error());
  const auto profile = context.profile(options.connection);
  if (!profile) return std::unexpected(profile.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const Describe describe = options.describe ? Describe::all : Describe::namesOnly;
  const auto fetch = [&, engine = *engine] {
    return std::async(std::launch::async, [&, from = *request] {
      return engine->wait(engine->keys().list(*profile, from, describe, context.stop()));
    });
  };
  KeyWriter writer(context.output(), options.describe, options.all);
  std::uint64_t scanned = 0;
  bool warned = false;
  auto coming = fetch();
  for (;;) {
    const auto page = coming.get();
    if (!page) return std::unexpected(page.error());
    const bool goesOn = options.all && !page->nextCursor.empty();
    // The next page comes while this one is written.
    request->cursor = page->nextCursor;
    if (goesOn) coming = fetch();
    scanned += page->scanned;
    saySource(context.output(), *page);
    if (page->partOfCluster && !std::exchange(warned, true)) warnOfOneNode(context.output(), *profile);
    writer.write(*page);
    context.output().flush();
    if (auto ok = context.goOn(); !ok) return std::unexpected(ok.error());
    if (!goesOn) {
      sayHowFar(context.output(), writer, scanned, *page);
      return ExitCode::done;
    }
    context.output().progress(scannedWords(scanned, page->total));
  }
}

}  // namespace

void addKeysList(CommandGroup& keys) {
  auto list = keys.add<ListOptions>("list", "Find keys, page by page or all as a stream", &listKeys);
  addText(list.app, "CONN", list.options.connection, "Name or id of the connection");
  auto& app = list.app;
  app.addOption("--match", list.options.match, "Redis glob pattern (default *)").typeName("PATTERN");
  app.addFlag("--exact", list.options.exact, "The pattern is a key's name, not a glob");
  addText(app, "--type", list.options.type, fmt::format("Only keys of this type: {}", kTypes)).typeName("T");
  app.addFlag("--describe", list.options.describe, "Type, TTL and size of each key, too");
  auto limit =
      app.addOption("--limit", list.options.limit, "About so many keys a page (default 100)").typeName("N");
  auto cursor = app.addOption("--cursor", list.options.cursor, "Where the page before ended").typeName("C");
  app.addFlag("--all", list.options.all, "All pages; with --json one line a key")
      .excludes(limit)
      .excludes(cursor);
}

}  // namespace cachify::cli
