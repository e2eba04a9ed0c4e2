#include "views/workflow_executions.hpp"

#include <array>
#include <map>

#include "views/query_filter.hpp"
#include "views/read_model.hpp"
#include "views/statement.hpp"

namespace cachify::views {
namespace {

constexpr std::array kTables{ViewTable{"workflow_executions", "position"},
                             ViewTable{"workflow_templates", "id"}};
constexpr std::size_t kMaxPage = 1'000;

constexpr std::string_view kInsertRun = R"sql(
  INSERT OR IGNORE INTO workflow_executions (position, id, template_id, workflow_name, workflow_kind, connection_id,
    environment, started_at, status, dry_run, plan_id, undoes, parameters_json, total, succeeded, failed, skipped,
    retry_count)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, 0, 0, 0, 0, 0))sql";

constexpr std::string_view kCount = R"sql(
  UPDATE workflow_executions SET succeeded = succeeded + ?, failed = failed + ?, skipped = skipped + ?,
    retry_count = retry_count + ? WHERE id = ?)sql";

constexpr std::string_view kFinish = R"sql(
  UPDATE workflow_executions SET status = ?, finished_at = ?, total = ?, succeeded = ?, failed = ?, skipped = ?,
    retry_count = ?, duration_us = ?, error_message = nullif(?, '') WHERE id = ?)sql";

constexpr std::string_view kSaveTemplate = R"sql(
  INSERT OR REPLACE INTO workflow_templates (id, name, kind, parameters_json, requires_approval_on_prod,
    supports_dry_run, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?))sql";

constexpr std::string_view kColumns = R"sql(
  SELECT position, id, template_id, workflow_name, workflow_kind, connection_id, environment, started_at, finished_at,
    status, dry_run, plan_id, undoes, parameters_json, total, succeeded, failed, skipped, retry_count, duration_us,
    error_message
  FROM workflow_executions)sql";

/// Steps come by the million: they are counted here and written before each commit.
struct StepCounts {
  std::int64_t succeeded = 0;
  std::int64_t failed = 0;
  std::int64_t skipped = 0;
  std::int64_t retries = 0;
};

class WorkflowExecutions final : public ReadModel {
 public:
  explicit WorkflowExecutions(sqlite3& db)
      : insert_(db, kInsertRun),
        count_(db, kCount),
        finish_(db, kFinish),
        status_(db, "UPDATE workflow_executions SET status = ?, finished_at = NULL WHERE id = ?"),
        total_(db, "UPDATE workflow_executions SET total = ? WHERE id = ?"),
        save_(db, kSaveTemplate),
        erase_(db, "DELETE FROM workflow_templates WHERE id = ?") {}

  Result<void> apply(const EventRecord& record) override {
    return std::visit([&](const auto& event) { return on(record, event); }, record.event);
  }

  Result<void> flush() override {
    for (const auto& [run, counts] : counts_) {
      auto ok = count_.run(counts.succeeded, counts.failed, counts.skipped, counts.retries, run);
      if (!ok) return ok;
    }
    counts_.clear();
    return {};
  }

 private:
  template <class Event>
  Result<void> on(const EventRecord&, const Event&) {
    return {};
  }
  Result<void> on(const EventRecord& record, const events::RunStarted& run) {
    return insert_.run(record.position, record.id, orNothing(run.templateId), run.name, run.kind,
                       run.connectionId, wireName(run.environment), record.recordedAt, int{run.dryRun},
                       run.plan, run.undoes, run.parameters);
  }
  Result<void> on(const EventRecord& record, const events::PlanExtended& piece) {
    return total_.run(piece.first + piece.count, record.correlationId);
  }
  Result<void> on(const EventRecord& record, const events::RunPlanned& plan) {
    return total_.run(plan.total, record.correlationId);
  }
  Result<void> on(const EventRecord& record, const events::StepSucceeded& step) {
    auto& counts = counts_[record.correlationId];
    ++counts.succeeded;
    counts.retries += retriesOf(step.attempts);
    return {};
  }
  Result<void> on(const EventRecord& record, const events::StepFailed& step) {
    auto& counts = counts_[record.correlationId];
    ++counts.failed;
    counts.retries += retriesOf(step.attempts);
    return {};
  }
  Result<void> on(const EventRecord& record, const events::StepSkipped&) {
    ++counts_[record.correlationId].skipped;
    return {};
  }
  Result<void> on(const EventRecord& record, const events::RunFinished& end) {
    counts_.erase(record.correlationId);  // they are in the totals
    return finish_.run(wireName(end.status), record.recordedAt, end.totals.total, end.totals.succeeded,
                       end.totals.failed, end.totals.skipped, end.totals.retries, end.duration.count(),
                       end.message, record.correlationId);
  }
  Result<void> on(const EventRecord& record, const events::RunInterrupted&) {
    return status_.run("interrupted", record.correlationId);
  }
  Result<void> on(const EventRecord& record, const events::RunResumed&) {
    return status_.run("running", record.correlationId);
  }
  Result<void> on(const EventRecord&, const events::TemplateCreated& saved) { return save(saved.form); }
  Result<void> on(const EventRecord&, const events::TemplateUpdated& saved) { return save(saved.form); }
  Result<void> on(const EventRecord&, const events::TemplateDeleted& gone) {
    return erase_.run(gone.templateId);
  }

  Result<void> save(const domain::WorkflowTemplate& form) {
    return save_.run(form.id, form.name, form.kind, form.parameters, int{form.requiresApprovalOnProd},
                     int{form.supportsDryRun}, form.createdAt, form.updatedAt);
  }
  static std::optional<std::string> orNothing(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  }
  static std::int64_t retriesOf(std::uint32_t attempts) { return attempts > 1 ? attempts - 1 : 0; }

  Statement insert_;
  Statement count_;
  Statement finish_;
  Statement status_;
  Statement total_;
  Statement save_;
  Statement erase_;
  std::map<Uuid, StepCounts> counts_;
};

std::uint64_t countIn(const Statement& in, int column) {
  return static_cast<std::uint64_t>(in.integer(column));
}

ExecutionRow readRow(const Statement& in) {
  return {.position = static_cast<log::Position>(in.integer(0)),
          .id = ExecutionId(in.uuid(1)),
          .templateId = in.text(2),
          .name = in.text(3),
          .kind = in.text(4),
          .connectionId = ConnectionId(in.uuid(5)),
          .environment = in.text(6),
          .startedAt = in.time(7),
          .finishedAt = in.optionalTime(8),
          .status = in.text(9),
          .dryRun = in.integer(10) != 0,
          .plan = ExecutionId(in.uuid(11)),
          .undoes = ExecutionId(in.uuid(12)),
          .parametersJson = in.text(13),
          .total = countIn(in, 14),
          .succeeded = countIn(in, 15),
          .failed = countIn(in, 16),
          .skipped = countIn(in, 17),
          .retryCount = countIn(in, 18),
          .duration = std::chrono::microseconds(in.integer(19)),
          .message = in.text(20)};
}

}  // namespace

ReadModelSpec workflowExecutionsModel() {
  return {"workflow_executions", 1, kTables, &makeReadModel<WorkflowExecutions>};
}

Result<ExecutionPage> listExecutions(sqlite3& db, const ExecutionFilter& filter) {
  QueryFilter where;
  if (filter.connectionId) where.add("connection_id = ?", filter.connectionId->value());
  if (!filter.kind.empty()) where.add("workflow_kind = ?", filter.kind);
  if (!filter.status.empty()) where.add("status = ?", filter.status);
  if (filter.dryRun) where.add("dry_run = ?", std::int64_t{*filter.dryRun});
  if (filter.before) where.add("position < ?", static_cast<std::int64_t>(*filter.before));
  const std::size_t limit = pageSize(filter.limit, kMaxPage);
  Statement select = where.select(db, kColumns, "ORDER BY position DESC", limit + 1);
  return readPage<ExecutionPage>(select, limit, &readRow);
}

}  // namespace cachify::views
