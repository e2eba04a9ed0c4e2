// snapshots list, show

#include <fmt/format.h>

#include "keys/value_json.hpp"
#include "options/bytes_options.hpp"
#include "options/list_options.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"
#include "snapshots/snapshots_commands.hpp"
#include "views/key_snapshots.hpp"

namespace cachify::cli {

using views::SnapshotPage;
using views::SnapshotRow;

namespace {

struct ListOptions {
  OptionalText connection;
  OptionalText key;
  KeyOption keyForms;
  std::string limit = "100";
  OptionalText cursor;
};
struct SnapshotShowOptions {
  std::string id;
  bool value = false;
};

/// What was left of the TTL when the snapshot was taken.
std::optional<std::chrono::milliseconds> ttlThen(const SnapshotRow& row) {
  if (!row.state.deadline) return std::nullopt;
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(*row.state.deadline - row.capturedAt);
  return std::max(left, std::chrono::milliseconds(0));
}

/// Taking a TTL away is a change of the TTL to whoever reads this.
std::string_view reasonOf(const SnapshotRow& row) {
  return row.reason == "persist" ? std::string_view("ttl") : row.reason;
}

json::object toJson(const SnapshotRow& row) {
  json::object object{{"id", row.id.toString()}, {"connectionId", row.connectionId.toString()}};
  putBytes(object, "key", row.key);
  object["capturedAt"] = toIso8601(row.capturedAt);
  object["existed"] = row.existed();
  object["type"] = domain::wireName(row.state.type);
  putTtl(object, ttlThen(row), row.state.deadlineKnown);
  object["sizeBytes"] = row.state.sizeBytes;
  object["digest"] = row.state.digest;
  object["reason"] = reasonOf(row);
  object["position"] = row.position;
  object["mutationStatus"] = row.mutationStatus;
  if (!row.mutationId.isNil()) object["mutationId"] = row.mutationId.toString();
  if (!row.notCaptured.empty()) object["notCaptured"] = row.notCaptured;
  return object;
}

Result<views::SnapshotFilter> filterOf(CommandContext& context, const ListOptions& options) {
  views::SnapshotFilter filter;
  const auto range = listRange(context, options.limit, options.cursor, options.connection);
  if (!range) return std::unexpected(range.error());
  range->putInto(filter);
  if (!options.key && !options.keyForms.base64) return filter;
  if (!options.connection) return fail(ErrorCode::validationError, "name the connection whose key is meant");
  auto key = options.keyForms.resolve(options.key);
  if (!key) return std::unexpected(key.error());
  filter.key = std::move(*key);
  return filter;
}

void printPage(const SnapshotPage& page, Output& output) {
  Table table({{"CAPTURED"},
               {"BEFORE"},
               {"WAS"},
               {"SIZE", Column::Align::right},
               {"TTL", Column::Align::right},
               {"ID"},
               {"KEY"}});
  for (const auto& row : page.rows) {
    table.add({toIso8601(row.capturedAt), std::string(reasonOf(row)),
               row.existed() ? std::string(domain::wireName(row.state.type)) : std::string("absent"),
               row.existed() ? sizeWords(row.state.sizeBytes) : std::string(),
               row.existed() ? ttlWords(ttlThen(row), row.state.deadlineKnown) : std::string(),
               Cell(row.id.toString(), row.notCaptured.empty() ? Style::plain : Style::warning),
               escapeForDisplay(row.key)});
  }
  table.print(output);
  if (page.next) output.note(fmt::format("There is more: --cursor {}.", *page.next));
}

Outcome listSnapshots(CommandContext& context, const ListOptions& options) {
  const auto filter = filterOf(context, options);
  if (!filter) return std::unexpected(filter.error());
  const auto page =
      queryViews<SnapshotPage>(context, [&](sqlite3& db) { return views::listSnapshots(db, *filter); });
  if (!page) return std::unexpected(page.error());
  Output& output = context.output();
  if (output.json()) {
    json::array snapshots;
    for (const auto& row : page->rows) snapshots.push_back(toJson(row));
    json::object object{{"snapshots", std::move(snapshots)}, {"nextCursor", nullptr}};
    if (page->next) object["nextCursor"] = fmt::to_string(*page->next);
    output.document(object);
  } else if (page->rows.empty()) {
    output.note("No snapshots: each change of a key leaves one.");
  } else {
    printPage(*page, output);
  }
  return ExitCode::done;
}

void printRow(const SnapshotRow& row, Output& output) {
  const auto show = [&](std::string_view label, std::string_view text) {
    output.composed(fmt::format("{} {}", output.styled(fmt::format("{:<12}", label), Style::faint),
                                output.styled(text, Style::plain)));
  };
  show("key", escapeForDisplay(row.key));
  show("id", row.id.toString());
  show("connection", row.connectionId.toString());
  show("captured", toIso8601(row.capturedAt));
  show("before",
       fmt::format("{}{}", reasonOf(row),
                   row.mutationStatus.empty() ? std::string() : fmt::format(" ({})", row.mutationStatus)));
  if (!row.existed()) {
    show("was", "absent");
  } else {
    show("was", fmt::format("{}, {}, TTL {}", domain::wireName(row.state.type),
                            sizeWords(row.state.sizeBytes), ttlWords(ttlThen(row), row.state.deadlineKnown)));
  }
  if (!row.notCaptured.empty()) show("no way back", row.notCaptured);
  if (row.notCaptured.empty() && !row.state.deadlineKnown) show("way back", "with --ttl N or --no-ttl");
}

Outcome showSnapshot(CommandContext& context, const SnapshotShowOptions& options) {
  const auto id = parseSnapshotId(options.id);
  if (!id) return std::unexpected(id.error());
  const auto row =
      queryViews<SnapshotRow>(context, [&](sqlite3& db) { return views::snapshotById(db, *id); });
  if (!row) return std::unexpected(row.error());
  domain::LogicalValue value;
  std::size_t elements = 0;
  if (options.value) {
    const auto engine = context.engine();
    if (!engine) return std::unexpected(engine.error());
    auto opened = (*engine)->wait((*engine)->rollback().show(*id));
    if (!opened) return std::unexpected(opened.error());
    value = std::move(opened->capture.logical);
    elements = opened->capture.elements.size();
  }
  Output& output = context.output();
  if (output.json()) {
    json::object object = toJson(*row);
    if (options.value) putValue(object, value);
    if (elements > 0) object["elements"] = elements;
    output.document(object);
    return ExitCode::done;
  }
  printRow(*row, output);
  if (elements > 0)
    output.note(fmt::format(
        "Of this large value just what was to be changed was kept: {}, of which these were there:",
        plural(elements, "element")));
  if (options.value) printValue(output, value);
  if (options.value && row->existed() && value.index() == 0)
    output.note("This snapshot has no readable copy of the value, only one to restore.");
  return ExitCode::done;
}

}  // namespace

void addSnapshotsReads(CommandGroup& snapshots) {
  auto list = snapshots.add<ListOptions>("list", "Newest first", &listSnapshots);
  auto& options = list.options;
  addText(list.app, "CONN", options.connection, "Of this connection alone");
  addText(list.app, "--key", options.key, "Of this key alone").typeName("KEY");
  options.keyForms.addTo(list.app);
  list.app.addOption("--limit", options.limit, "So many a page, at most 1000 (default 100)").typeName("N");
  addText(list.app, "--cursor", options.cursor, "Where the page before ended").typeName("C");

  auto show = snapshots.add<SnapshotShowOptions>("show", "One snapshot", &showSnapshot);
  addText(show.app, "ID", show.options.id, "The snapshot's id");
  show.app.addFlag("--value", show.options.value, "With the value it holds");
}

}  // namespace cachify::cli
