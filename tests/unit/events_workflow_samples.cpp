#include "events/workflow_events.hpp"
#include "unit/events_samples.hpp"

namespace cachify::events {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using domain::RunStatus;
using domain::ValueType;

const WallTime kThen{1'790'000'000'123ms};
const Uuid kSomeId = *Uuid::parse("0192f000-0000-7000-8000-0000000000ab");
const Bytes kNoText = "user:\0\xff\xfe\"\\\n\xe2\x80\xae"s;
const std::string kSomeDigest(64, 'b');

domain::WorkflowTemplate form() {
  return {.id = "0192f000-0000-7000-8000-0000000000aa",
          .name = "Aufräumen \"nachts\"",
          .kind = "deleteByPattern",
          .parameters = R"({"pattern":"tmp:*"})",
          .requiresApprovalOnProd = false,
          .supportsDryRun = true,
          .createdAt = kThen,
          .updatedAt = kThen};
}

RunStarted plainRun() {
  return {.session = SessionId(kSomeId),
          .connectionId = ConnectionId(kSomeId),
          .name = "deleteByPattern",
          .kind = "deleteByPattern",
          .parameters = "{}"};
}

RunStarted fullRun() {
  RunStarted run = plainRun();
  run.environment = domain::Environment::prod;
  run.templateId = "builtin-delete-by-pattern";
  run.parametersPack = kSomeId;
  run.plan = ExecutionId(kSomeId);
  run.undoes = ExecutionId(kSomeId);
  run.requiresApproval = false;
  run.confirmed = true;
  run.acceptedNoUndo = true;
  run.settings = {
      .concurrency = 16, .maxStepsPerSecond = 1000, .onDrift = domain::OnDrift::apply, .exact = true};
  run.settings.retry = domain::RetryPolicy{10, 120'000ms, domain::BackoffStrategy::exponential, 0.3};
  return run;
}

KeyState stateAfter() {
  return {"user:1", ValueType::hash, 98, kThen, kSomeDigest};
}

void addSteps(std::vector<Sample>& all) {
  all.push_back(sampleOf("deleted", StepSucceeded{"user:1", "delete", 1, 17, {.key = "user:1"}}));
  all.push_back(sampleOf("expires", StepSucceeded{"user:1", "setTtl", 3, 17, stateAfter()}));
  KeyState moved = stateAfter();
  moved.key = kNoText;
  all.push_back(sampleOf("renamed to what is no text", StepSucceeded{kNoText, "rename", 1, 17, moved}));
  moved.key = "user:2";
  all.push_back(sampleOf("renamed", StepSucceeded{"user:1", "rename", 1, 17, moved}));
  all.push_back(sampleOf("no snapshot, empty key", StepSucceeded{"", "setValue", 1, 0, {.key = ""}}));
  all.push_back(
      sampleOf("lost answer", StepFailed{kNoText, "delete", 2, 17, "TIMEOUT", "no \"answer\"", true}));
  all.push_back(sampleOf("never tried", StepFailed{"user:1", "persist", 0, 0, "UNAUTHORIZED", "", false}));
  all.push_back(sampleOf("drift", StepSkipped{kNoText, "restore", "drift: the key is gone"}));
}

}  // namespace

void addWorkflows(std::vector<Sample>& all) {
  all.push_back(sampleOf("saved", TemplateCreated{form(), {}}));
  all.push_back(sampleOf("with values sealed", TemplateCreated{form(), kSomeId}));
  all.push_back(sampleOf("changed", TemplateUpdated{form(), kSomeId}));
  all.push_back(sampleOf("deleted", TemplateDeleted{form().id, form().name}));
  all.push_back(sampleOf("plain", plainRun()));
  all.push_back(sampleOf("with everything", fullRun()));
  all.push_back(sampleOf("a piece", PlanExtended{10'000, 1, kSomeId}));
  all.push_back(sampleOf("frozen", RunPlanned{10'001, kSomeDigest}));
  addSteps(all);
  all.push_back(sampleOf("success",
                         RunFinished{ConnectionId(kSomeId), RunStatus::success, {5, 4, 0, 1, 2}, 900us, ""}));
  all.push_back(sampleOf(
      "aborted", RunFinished{ConnectionId(kSomeId), RunStatus::aborted, {50, 4, 16, 0, 0}, 0us, "too many"}));
  all.push_back(sampleOf("asked for", RunCancelled{"asked for"}));
  all.push_back(sampleOf("process ended", RunInterrupted{SessionId(kSomeId)}));
  all.push_back(sampleOf("taken up", RunResumed{SessionId(kSomeId)}));
  all.push_back(sampleOf("claimed", RunClaimed{ExecutionId(kSomeId)}));
  all.push_back(
      sampleOf("a batch", MutationBatchRequested{ConnectionId(kSomeId), ExecutionId(kSomeId),
                                                 domain::Action::remove, 2000, 2000, 7, true, false}));
  all.push_back(sampleOf(
      "settled", MutationBatchSettled{MutationId(kSomeId), ConnectionId(kSomeId), 1998, 1, 1, 900us}));
}

}  // namespace cachify::events
