#include "workflows/run_output.hpp"

#include <fmt/format.h>

#include "options/consent_options.hpp"
#include "output/plain_words.hpp"
#include "output/table.hpp"

namespace cachify::cli {

using actions::PlannedStep;
using actions::RunState;
using actions::StepRow;
using domain::RunStatus;

namespace {

Outcome exitOf(RunStatus status) {
  if (status == RunStatus::cancelled) return ExitCode::interrupted;
  const bool isBad = status == RunStatus::error || status == RunStatus::aborted;
  return isBad ? ExitCode::failed : ExitCode::done;
}

Style styleOf(RunStatus status) {
  if (status == RunStatus::success) return Style::good;
  return status == RunStatus::running ? Style::plain : Style::bad;
}

json::object toJson(const StepRow& row) {
  json::object object;
  putBytes(object, "key", row.key);
  object["action"] = row.action;
  object["status"] = domain::wireName(row.status);
  object["attempts"] = row.attempts;
  if (!row.message.empty()) object["message"] = row.message;
  if (!row.errorCode.empty()) object["errorCode"] = row.errorCode;
  if (row.snapshot != 0) object["snapshotPosition"] = row.snapshot;
  return object;
}

std::optional<std::chrono::milliseconds> ttlAt(const std::optional<WallTime>& deadline, WallTime now) {
  if (!deadline) return std::nullopt;
  return std::max(std::chrono::duration_cast<std::chrono::milliseconds>(*deadline - now),
                  std::chrono::milliseconds(0));
}

/// What the TTL is to become; nothing where it stays, or the key goes.
std::optional<std::chrono::milliseconds> nextTtl(const PlannedStep& step) {
  return step.item.ttl;
}

json::object toJson(const PlannedStep& step, WallTime plannedAt) {
  json::object object;
  putBytes(object, "key", step.item.key);
  object["action"] = domain::wireName(step.item.action);
  object["status"] = "planned";
  object["attempts"] = 0;
  if (step.facts) {
    object["type"] = domain::wireName(step.facts->type);
    object["ttlMs"] = toJsonMs(ttlAt(step.facts->deadline, plannedAt));
    object["sizeBytes"] = step.facts->sizeBytes ? json::value(*step.facts->sizeBytes) : json::value();
  }
  if (nextTtl(step)) object["nextTtlMs"] = nextTtl(step)->count();
  return object;
}

json::object toJson(const RunState& run) {
  json::object object{{"id", run.id.toString()},
                      {"kind", run.started.kind},
                      {"name", run.started.name},
                      {"connectionId", run.started.connectionId.toString()},
                      {"status", domain::wireName(run.status)},
                      {"dryRun", run.started.dryRun},
                      {"parameters", run.started.parameters},
                      {"startedAt", toIso8601(run.startedAt)},
                      {"total", run.totals.total},
                      {"succeeded", run.totals.succeeded},
                      {"failed", run.totals.failed},
                      {"skipped", run.totals.skipped},
                      {"retryCount", run.totals.retries},
                      {"durationMs", std::chrono::duration<double, std::milli>(run.duration).count()}};
  if (run.finishedAt) object["finishedAt"] = toIso8601(*run.finishedAt);
  if (run.started.dryRun && run.planned) object["planId"] = run.id.toString();
  if (!run.started.dryRun && !run.started.plan.value().isNil())
    object["planId"] = run.started.plan.toString();
  if (run.planned) object["planDigest"] = run.planned->digest;
  if (!run.started.undoes.value().isNil()) object["undoes"] = run.started.undoes.toString();
  if (!run.message.empty()) object["message"] = run.message;
  return object;
}

void printHead(Output& output, const RunState& run) {
  output.composed(fmt::format(
      "{} {}{}: {}", output.styled(run.started.dryRun ? "dry run" : "run", Style::strong),
      output.styled(run.id.toString(), Style::plain), output.styled(" of " + run.started.name, Style::plain),
      output.styled(domain::wireName(run.status), styleOf(run.status))));
  output.line(fmt::format("{} in the plan, {} done, {} failed, {} skipped, {}",
                          plural(run.totals.total, "step"), countWords(run.totals.succeeded),
                          countWords(run.totals.failed), countWords(run.totals.skipped),
                          durationWords(run.duration)));
  if (!run.message.empty()) output.line(run.message, Style::warning);
}

/// As it is typed.
std::string connectionWord(studio::Engine& engine, ConnectionId id) {
  const auto known = engine.control().profile(id);
  return known && !known->profile.name.starts_with('-') ? shellWord(known->profile.name) : id.toString();
}

std::string confirmWordsFor(studio::Engine& engine, ConnectionId id) {
  const auto known = engine.control().profile(id);
  return known ? confirmWords(known->profile) : std::string();
}

Outcome showPlanned(CommandContext& context, studio::Engine& engine, const RunState& run,
                    const StepsPage& page) {
  const auto planned = engine.wait(engine.workflows().plannedSteps(run.id, page.from, page.limit));
  if (!planned) return std::unexpected(planned.error());
  const WallTime plannedAt = run.plannedAt.value_or(run.startedAt);
  Output& output = context.output();
  if (output.json()) {
    json::object object = toJson(run);
    json::array steps;
    for (const auto& step : planned->steps) steps.push_back(toJson(step, plannedAt));
    object["steps"] = std::move(steps);
    object["nextCursor"] = planned->next ? json::value(fmt::to_string(*planned->next)) : json::value();
    output.document(object);
    return exitOf(run.status);
  }
  printHead(output, run);
  Table table({{"ACTION"}, {"TYPE"}, {"SIZE", Column::Align::right}, {"TTL"}, {"NEXT TTL"}, {"KEY"}});
  for (const auto& step : planned->steps) {
    const auto facts = step.facts.value_or(domain::PlannedFacts());
    table.add({std::string(domain::wireName(step.item.action)), std::string(domain::wireName(facts.type)),
               facts.sizeBytes ? sizeWords(*facts.sizeBytes) : std::string(),
               step.facts ? ttlWords(ttlAt(facts.deadline, plannedAt)) : std::string(),
               nextTtl(step) ? ttlWords(nextTtl(step)) : std::string(), escapeForDisplay(step.item.key)});
  }
  table.print(output);
  if (planned->next)
    output.note(fmt::format("There is more: cachify workflows show {} --cursor {}", run.id.toString(),
                            *planned->next));
  if (run.planned && run.planned->total > 0)
    output.note(fmt::format("Execute just this: cachify workflows run {} --plan {}{}",
                            connectionWord(engine, run.started.connectionId), run.id.toString(),
                            confirmWordsFor(engine, run.started.connectionId)));
  return exitOf(run.status);
}

Outcome showDone(CommandContext& context, studio::Engine& engine, const RunState& run,
                 const StepsPage& page) {
  const auto rows = engine.wait(engine.workflows().steps(run.id, page.from, page.limit));
  if (!rows) return std::unexpected(rows.error());
  const bool isMore = rows->size() == page.limit && rows->back().streamVersion < run.streamVersion;
  Output& output = context.output();
  if (output.json()) {
    json::object object = toJson(run);
    json::array steps;
    for (const auto& row : *rows) steps.push_back(toJson(row));
    object["steps"] = std::move(steps);
    object["nextCursor"] = isMore ? json::value(fmt::to_string(rows->back().streamVersion)) : json::value();
    output.document(object);
    return exitOf(run.status);
  }
  printHead(output, run);
  Table table({{"ACTION"}, {"STATUS"}, {"TRIES", Column::Align::right}, {"KEY"}, {"WHY"}});
  for (const auto& row : *rows) {
    const bool isBad = row.status == domain::StepStatus::failed;
    table.add({row.action, Cell(std::string(domain::wireName(row.status)), isBad ? Style::bad : Style::plain),
               fmt::to_string(row.attempts), escapeForDisplay(row.key), row.message});
  }
  table.print(output);
  if (isMore) {
    output.note(fmt::format("There is more: cachify workflows show {} --cursor {}", run.id.toString(),
                            rows->back().streamVersion));
  }
  return exitOf(run.status);
}

std::string progressWords(const actions::RunProgress& progress, bool dryRun) {
  const auto& totals = progress.totals;
  const auto total = progress.planComplete ? std::optional(totals.total) : progress.expectedTotal;
  if (dryRun) return fmt::format("{} planned …", plural(totals.total, "step"));
  std::string words =
      fmt::format("{}{} done", countWords(totals.done()), total ? " of " + countWords(*total) : "");
  if (totals.failed > 0) words += fmt::format(", {} failed", countWords(totals.failed));
  if (totals.skipped > 0) words += fmt::format(", {} skipped", countWords(totals.skipped));
  words += fmt::format(", {}/s", countWords(static_cast<std::uint64_t>(progress.stepsPerSecond)));
  if (progress.remaining) words += fmt::format(", {} s left", progress.remaining->count());
  return words;
}

Outcome showSteps(CommandContext& context, studio::Engine& engine, const RunState& run,
                  const StepsPage& page) {
  return run.started.dryRun ? showPlanned(context, engine, run, page) : showDone(context, engine, run, page);
}

}  // namespace

actions::RunWatch watchRun(CommandContext& context, bool dryRun) {
  // The main thread waits for the run's end meanwhile, so the output is the network thread's alone.
  Output& output = context.output();
  return {.stop = context.stop(), .onProgress = [&output, dryRun](const actions::RunProgress& progress) {
            output.progress(progressWords(progress, dryRun));
          }};
}

Outcome showRun(CommandContext& context, ExecutionId id, const StepsPage& page) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto run = (*engine)->wait((*engine)->workflows().show(id));
  if (!run) return std::unexpected(run.error());
  return showSteps(context, **engine, *run, page);
}

Outcome showReport(CommandContext& context, const Result<actions::RunReport>& report,
                   std::optional<ExecutionId> undone) {
  context.output().progress("");
  if (!report) return std::unexpected(report.error());
  if (report->repeated)
    context.output().note("It was started before under this idempotency key; this is what came of it.");
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto run = (*engine)->wait((*engine)->workflows().show(report->id));
  if (!run) return std::unexpected(run.error());
  const StepsPage page;
  auto shown = showSteps(context, **engine, *run, page);
  if (!shown) return shown;
  const std::string confirm = confirmWordsFor(**engine, run->started.connectionId);
  if (report->totals.succeeded > 0)
    context.output().note(
        fmt::format("Back: cachify workflows rollback {}{}", report->id.toString(), confirm));
  if (undone && report->totals.skipped > 0)
    context.output().note(
        fmt::format("{} left alone (WHY says why). Over what was changed since, too: cachify workflows "
                    "rollback {} --force{}",
                    plural(report->totals.skipped, "key"), undone->toString(), confirm));
  // The run is told as it is; the exit code says what it was that ended it.
  return *shown == ExitCode::failed && report->error ? exitCodeOf(*report->error) : *shown;
}

}  // namespace cachify::cli
