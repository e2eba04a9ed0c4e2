#include "keys/mutation_output.hpp"

#include <fmt/format.h>

#include <charconv>

#include "options/consent_options.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"

namespace cachify::cli {

using actions::MutationReport;

namespace {

/// Numbers up to those of Memcached, which have 64 bits and no sign.
json::value resultOf(const MutationReport& report, const ResultWords& words) {
  const std::string& text = report.result;
  if (words.form == ResultWords::Form::text) return json::value(text);
  std::uint64_t size = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), size).ec == std::errc()) return size;
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

json::object toJson(const MutationReport& report, const ResultWords& words) {
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
  if (report.valueKept) object["valueKept"] = true;
  if (!report.result.empty() && words.form != ResultWords::Form::none)
    object["result"] = resultOf(report, words);
  return object;
}

}  // namespace

Outcome sayMutation(CommandContext& context, const domain::ConnectionProfile& profile,
                    const Result<MutationReport>& report, std::string_view did, const ResultWords& words) {
  if (!report) return std::unexpected(report.error());
  Output& output = context.output();
  if (output.json()) {
    output.document(toJson(*report, words));
    return ExitCode::done;
  }
  const bool saysMore = !report->result.empty() && words.form != ResultWords::Form::none;
  output.done(fmt::format("{}{}: {}{}", report->repeated ? "done before: " : "", did, report->change,
                          saysMore ? fmt::format(" ({} {})", words.label, report->result) : ""));
  if (!report->undoable && report->valueKept) {
    output.warning(fmt::format("the TTL cannot be brought back: {}", report->noUndoReason));
    output.note(fmt::format("Back, but for the TTL: cachify snapshots restore {} --ttl N{} (or --no-ttl)",
                            report->snapshots.front().id.toString(), confirmWords(profile)));
  } else if (!report->undoable) {
    output.warning(fmt::format("no rollback possible: {}", report->noUndoReason));
  } else if (!report->snapshots.empty()) {
    output.note(fmt::format("Back: cachify snapshots restore {}{}", report->snapshots.front().id.toString(),
                            confirmWords(profile)));
  }
  return ExitCode::done;
}

}  // namespace cachify::cli
