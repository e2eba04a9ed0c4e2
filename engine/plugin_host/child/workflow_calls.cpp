#include "plugin_host/child/workflow_calls.hpp"

#include <fmt/format.h>

#include "plugin_host/child/json_parameters.hpp"
#include "plugin_host/child/plan_sink.hpp"
#include "plugin_host/child/problem_sink.hpp"

namespace cachify::plugin_host {

WorkflowCalls::WorkflowCalls(EngineSocket& engine, EngineServices& services, const void* kind)
    : engine_(engine), services_(services), kind_(static_cast<const cachify_workflow_kind*>(kind)) {
  if (kind_ == nullptr) engine.endWith(Fault::brokenContract, "it is no workflow kind, as its manifest says");
  if (kind_->struct_size < sizeof(cachify_workflow_kind))
    engine.endWith(Fault::wrongAbi, "its table of a workflow kind is too short");
  const bool whole = kind_->describe != nullptr && kind_->validate != nullptr &&
                     kind_->plan_open != nullptr && kind_->plan_next != nullptr &&
                     kind_->plan_close != nullptr;
  if (!whole) engine.endWith(Fault::brokenContract, "a function of its workflow kind is missing");
}

LoadedReply WorkflowCalls::describe() {
  cachify_kind_description description{};
  description.struct_size = sizeof(description);
  guarded(engine_, [&] { kind_->describe(&description); });
  return {.name = Bytes(viewOf(description.kind)),
          .title = Bytes(viewOf(description.title)),
          .summary = Bytes(viewOf(description.summary)),
          .schema = Bytes(viewOf(description.parameters_schema)),
          .supportsDryRun = (description.flags & CACHIFY_KIND_SUPPORTS_DRY_RUN) != 0,
          .isDestructive = (description.flags & CACHIFY_KIND_IS_DESTRUCTIVE) != 0};
}

bool WorkflowCalls::answer(const Received& question) {
  switch (question.type) {
    case MessageType::validate:
      validate(question);
      return true;
    case MessageType::planOpen:
      open(question);
      return true;
    case MessageType::planNext:
      next();
      return true;
    case MessageType::planClose:
      close();
      engine_.send(MessageType::done, NoBody{});
      return true;
    default:
      return false;
  }
}

void WorkflowCalls::sayHow(cachify_status status, const ProblemSink& problem) {
  if (status == CACHIFY_OK) return engine_.send(MessageType::done, NoBody{});
  if (status > CACHIFY_OK)
    engine_.endWith(Fault::brokenContract,
                    fmt::format("it answered a status {} that means nothing here", status));
  engine_.send(MessageType::failed, problem.failure(status));
}

void WorkflowCalls::validate(const Received& question) {
  JsonRequest request;
  if (!decodeBody(question.body, request)) engine_.endWith(Fault::garbage, "a question that cannot be read");
  const JsonParameters parameters(request.json);
  const ProblemSink problem;
  sayHow(guarded(engine_, [&] { return kind_->validate(parameters.table(), problem.table()); }), problem);
}

void WorkflowCalls::open(const Received& question) {
  close();
  if (!decodeBody(question.body, bounds_)) engine_.endWith(Fault::garbage, "a question that cannot be read");
  const JsonParameters parameters(bounds_.json);
  const ProblemSink problem;
  services_.allow(true);
  const auto status = guarded(engine_, [&] {
    return kind_->plan_open(parameters.table(), services_.table(), &plan_, problem.table());
  });
  services_.allow(false);
  isOpen_ = status == CACHIFY_OK;
  sayHow(status, problem);
}

void WorkflowCalls::next() {
  if (!ready_ && !isOpen_)
    return engine_.send(MessageType::failed, FailedReply{.message = "no plan is open"});
  Prepared piece = ready_ ? std::move(*std::exchange(ready_, std::nullopt)) : prepare();
  engine_.send(piece.type, BytesView(piece.body));
  if (!piece.isLast) ready_ = prepare();
}

WorkflowCalls::Prepared WorkflowCalls::prepare() {
  PieceWriter piece(bounds_.pieceItems, bounds_.pieceBytes);
  const PlanSink sink(engine_, piece);
  const ProblemSink problem;
  services_.allow(true);
  const auto status =
      guarded(engine_, [&] { return kind_->plan_next(plan_, sink.table(), problem.table()); });
  services_.allow(false);
  if (status == CACHIFY_OK) return {.type = MessageType::piece, .body = piece.finish(false), .isLast = false};
  if (status > CACHIFY_DONE)
    engine_.endWith(Fault::brokenContract, fmt::format("plan_next answered a status {}", status));
  close();
  if (status == CACHIFY_DONE) return {.type = MessageType::piece, .body = piece.finish(true)};
  return {.type = MessageType::failed, .body = encodeBody(problem.failure(status))};
}

void WorkflowCalls::close() {
  ready_.reset();
  if (!std::exchange(isOpen_, false)) return;
  guarded(engine_, [&] { kind_->plan_close(plan_); });
  plan_ = nullptr;
}

}  // namespace cachify::plugin_host
