#include "plugin_host/child/publisher_calls.hpp"

#include <fmt/format.h>

#include "plugin_host/child/json_parameters.hpp"
#include "plugin_host/child/problem_sink.hpp"

namespace cachify::plugin_host {
namespace {

cachify_alert alertOf(const WireAlert& alert) {
  return {.struct_size = sizeof(cachify_alert),
          .severity = alert.severity,
          .count = alert.count,
          .created_at_ms = alert.createdAtMs,
          .id = textOf(alert.id),
          .title = textOf(alert.title),
          .message = textOf(alert.message),
          .source = textOf(alert.source),
          .connection = textOf(alert.connection),
          .environment = textOf(alert.environment),
          .json = textOf(alert.json)};
}

}  // namespace

PublisherCalls::PublisherCalls(EngineSocket& engine, const void* publisher)
    : engine_(engine), publisher_(static_cast<const cachify_alert_publisher*>(publisher)) {
  if (publisher_ == nullptr)
    engine.endWith(Fault::brokenContract, "it is no alert publisher, as its manifest says");
  if (publisher_->struct_size < sizeof(cachify_alert_publisher))
    engine.endWith(Fault::wrongAbi, "its table of a publisher is too short");
  const bool whole = publisher_->describe != nullptr && publisher_->configure != nullptr &&
                     publisher_->deliver != nullptr && publisher_->health != nullptr;
  if (!whole) engine.endWith(Fault::brokenContract, "a function of its publisher is missing");
}

LoadedReply PublisherCalls::describe() {
  cachify_publisher_description description{};
  description.struct_size = sizeof(description);
  guarded(engine_, [&] { publisher_->describe(&description); });
  return {.name = Bytes(viewOf(description.publisher)),
          .title = Bytes(viewOf(description.title)),
          .summary = Bytes(viewOf(description.summary)),
          .schema = Bytes(viewOf(description.configuration_schema))};
}

bool PublisherCalls::answer(const Received& question) {
  switch (question.type) {
    case MessageType::configure:
      configure(question);
      return true;
    case MessageType::deliver:
      deliver(question);
      return true;
    case MessageType::health:
      health();
      return true;
    default:
      return false;
  }
}

void PublisherCalls::sayHow(cachify_status status, const ProblemSink& problem) {
  if (status == CACHIFY_OK) return engine_.send(MessageType::done, NoBody{});
  if (status > CACHIFY_OK)
    engine_.endWith(Fault::brokenContract,
                    fmt::format("it answered a status {} that means nothing here", status));
  engine_.send(MessageType::failed, problem.failure(status));
}

void PublisherCalls::configure(const Received& question) {
  JsonRequest request;
  if (!decodeBody(question.body, request)) engine_.endWith(Fault::garbage, "a question that cannot be read");
  const JsonParameters configuration(request.json);
  const ProblemSink problem;
  sayHow(guarded(engine_, [&] { return publisher_->configure(configuration.table(), problem.table()); }),
         problem);
}

void PublisherCalls::deliver(const Received& question) {
  DeliverRequest request;
  if (!decodeBody(question.body, request)) engine_.endWith(Fault::garbage, "a question that cannot be read");
  std::vector<cachify_alert> alerts;
  std::vector<const cachify_alert*> pointers;
  alerts.reserve(request.alerts.size());
  for (const auto& alert : request.alerts) pointers.push_back(&alerts.emplace_back(alertOf(alert)));
  const cachify_alert_batch batch{.struct_size = sizeof(cachify_alert_batch),
                                  .reserved = 0,
                                  .idempotency_key = textOf(request.idempotencyKey),
                                  .deadline_ms = request.deadlineMs,
                                  .alert_count = pointers.size(),
                                  .alerts = pointers.data()};
  cachify_delivery delivery{
      .struct_size = sizeof(cachify_delivery), .outcome = CACHIFY_DELIVERED, .retry_after_ms = 0};
  const ProblemSink problem;
  const auto status =
      guarded(engine_, [&] { return publisher_->deliver(&batch, &delivery, problem.table()); });
  if (status > CACHIFY_OK || delivery.outcome > CACHIFY_DELIVERY_FAILED)
    engine_.endWith(Fault::brokenContract, "deliver answered an outcome that is none");
  if (status < CACHIFY_OK) delivery.outcome = CACHIFY_DELIVERY_FAILED;
  engine_.send(MessageType::delivered, DeliveredReply{.outcome = static_cast<std::uint8_t>(delivery.outcome),
                                                      .retryAfterMs = delivery.retry_after_ms,
                                                      .message = problem.message()});
}

void PublisherCalls::health() {
  const ProblemSink problem;
  sayHow(guarded(engine_, [&] { return publisher_->health(problem.table()); }), problem);
}

}  // namespace cachify::plugin_host
