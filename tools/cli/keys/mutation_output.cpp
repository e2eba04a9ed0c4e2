#include "keys/mutation_output.hpp"

#include <fmt/format.h>

#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using actions::MutationReport;

namespace {

json::object toJson(const MutationReport& report) {
  json::array snapshots;
  for (const auto& snapshot : report.snapshots) {
    json::object object{{"id", snapshot.id.toString()}};
    putBytes(object, "key", snapshot.key);
    object["existed"] = snapshot.existed;
    snapshots.push_back(std::move(object));
  }
  json::object object{{"mutationId", report.id.toString()},
                      {"status", "applied"},
                      {"snapshots", std::move(snapshots)},
                      {"attempts", report.attempts},
                      {"durationMs", toMs(report.duration)},
                      {"undoable", report.undoable},
                      {"change", report.change},
                      {"repeated", report.repeated}};
  if (!report.undoable) object["noUndoReason"] = report.noUndoReason;
  return object;
}

}  // namespace

Outcome sayMutation(CommandContext& context, const Result<MutationReport>& report, std::string_view did) {
  if (!report) return std::unexpected(report.error());
  Output& output = context.output();
  if (output.json()) {
    output.document(toJson(*report));
    return ExitCode::done;
  }
  output.done(fmt::format("{}{}: {}", report->repeated ? "done before: " : "", did, report->change));
  if (!report->undoable) {
    output.warning(fmt::format("no rollback possible: {}", report->noUndoReason));
  } else if (!report->snapshots.empty()) {
    output.note(fmt::format("Back: cachify snapshots restore {}", report->snapshots.front().id.toString()));
  }
  return ExitCode::done;
}

}  // namespace cachify::cli
