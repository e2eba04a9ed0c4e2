// log verify, salvage. Both run in a child process and never open the log in this one: a damaged file could
// kill us.

#include <fmt/format.h>

#include <algorithm>

#include "interruption.hpp"
#include "log/log_commands.hpp"
#include "output/json_text.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"
#include "studio/log_tools.hpp"

namespace cachify::cli {
namespace {

struct VerifyOptions {};
struct SalvageOptions {
  std::string into;
};

std::filesystem::path checker() {
  return studio::siblingProgram("cachify-log-check");
}

json::object reportJson(const log::VerifyReport& report) {
  json::array problems;
  for (const auto& problem : report.problems) {
    problems.push_back(
        json::object{{"position", problem.position}, {"kind", problem.kind}, {"message", problem.message}});
  }
  return {{"ok", report.ok},
          {"events", report.events},
          {"firstPosition", report.firstPosition},
          {"lastPosition", report.lastPosition},
          {"chain", report.chain},
          {"packs", report.packs},
          {"problems", std::move(problems)},
          {"durationMs", report.duration.count()}};
}

void printReport(Output& output, const log::VerifyReport& report) {
  if (report.ok) {
    output.composed(fmt::format(
        "{} {}", output.styled("✓", Style::good),
        output.styled(fmt::format("{} verified in {}, positions {} to {}", plural(report.events, "event"),
                                  durationWords(report.duration), report.firstPosition, report.lastPosition),
                      Style::plain)));
    output.line(fmt::format("chain {}", report.chain));
    return;
  }
  output.line(fmt::format("✗ the log is damaged: {}", plural(report.problems.size(), "problem")), Style::bad);
  Table table({{"POSITION", Column::Align::right}, {"KIND"}, {"WHAT"}});
  for (const auto& problem : report.problems)
    table.add({fmt::to_string(problem.position), problem.kind, problem.message});
  table.print(output);
  output.note("`cachify log salvage DIRECTORY` brings what is sound into a new log.");
}

/// LMDB trusts its file: with a tree that is broken it must not be opened in this process, nor written to.
bool mayBeOpened(const log::VerifyReport& report) {
  return std::ranges::none_of(report.problems, [](const log::Problem& problem) {
    return problem.kind == "structure" || problem.kind == "truncated";
  });
}

/// An alert, where the damage lets the log be written to. The report has been given: it matters more than
/// this.
void raiseDamage(CommandContext& context, const log::VerifyReport& report) {
  if (!mayBeOpened(report)) return;
  context.output().flush();
  const auto engine = context.engine();
  if (!engine || report.problems.empty()) return;
  const auto raised = (*engine)->wait(
      (*engine)->alerts().reportDamage(report.problems.size(), report.problems.front().message));
  if (!raised) context.output().warning("the damage could not be recorded: " + raised.error().message);
}

Outcome verifyLog(CommandContext& context, const VerifyOptions&) {
  Interruption::exitAtOnce();
  context.output().progress("verifying …");
  const auto report = log::verifyLog(checker(), studio::logDirectory(context.dataDirectory()));
  if (!report) return std::unexpected(report.error());
  if (context.output().json()) {
    context.output().document(reportJson(*report));
  } else {
    printReport(context.output(), *report);
  }
  if (report->ok) return ExitCode::done;
  raiseDamage(context, *report);
  return ExitCode::verificationFailed;
}

Outcome salvageLog(CommandContext& context, const SalvageOptions& options) {
  Interruption::exitAtOnce();
  context.output().progress("salvaging …");
  const auto report = log::salvageLog(checker(), studio::logDirectory(context.dataDirectory()), options.into);
  if (!report) return std::unexpected(report.error());
  Output& output = context.output();
  if (output.json()) {
    json::array missing;
    for (const auto& [first, last] : report->missing)
      missing.push_back(json::object{{"first", first}, {"last", last}});
    output.document(json::object{{"frames", report->frames},
                                 {"events", report->events},
                                 {"chunks", report->chunks},
                                 {"missing", std::move(missing)}});
    return ExitCode::done;
  }
  output.line(fmt::format("{} in {} and {} of the vault brought into '{}'", plural(report->events, "event"),
                          plural(report->frames, "frame"), plural(report->chunks, "chunk"),
                          escapeForDisplay(options.into)));
  for (const auto& [first, last] : report->missing)
    output.line(fmt::format("missing: positions {} to {}", first, last), Style::warning);
  return ExitCode::done;
}

}  // namespace

void addLogChecks(CommandGroup& log) {
  log.add<VerifyOptions>("verify", "Check every byte, hash and index of the log", &verifyLog);
  auto salvage =
      log.add<SalvageOptions>("salvage", "Bring what is sound of a damaged log into a new one", &salvageLog);
  addText(salvage.app, "OUT", salvage.options.into, "Directory of the new log; must not exist");
}

}  // namespace cachify::cli
