// The events that begin, end and hand over a run.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "domain/words.hpp"
#include "events/json_fields.hpp"
#include "events/workflow_events.hpp"

namespace cachify::events {

namespace json = boost::json;

namespace {

constexpr domain::Words<domain::RunStatus, 7> kStatuses{{{domain::RunStatus::pending, "pending"},
                                                         {domain::RunStatus::running, "running"},
                                                         {domain::RunStatus::success, "success"},
                                                         {domain::RunStatus::error, "error"},
                                                         {domain::RunStatus::aborted, "aborted"},
                                                         {domain::RunStatus::cancelled, "cancelled"},
                                                         {domain::RunStatus::interrupted, "interrupted"}}};
constexpr domain::Words<domain::OnDrift, 2> kChoices{
    {{domain::OnDrift::skip, "skip"}, {domain::OnDrift::apply, "apply"}}};

/// Takes what a parser of its own made of a field, or remembers why it made nothing.
template <class T>
void take(Fields& fields, const Result<T>& parsed, T& out) {
  if (parsed) {
    out = *parsed;
  } else {
    fields.reject(parsed.error());
  }
}

json::object retryToJson(const domain::RetryPolicy& retry) {
  return {{"maxAttempts", retry.maxAttempts},
          {"backoffMs", retry.backoff.count()},
          {"backoffStrategy", domain::wireName(retry.strategy)},
          {"abortOnErrorRate", retry.abortOnErrorRate}};
}

domain::RetryPolicy retryFromJson(Fields& outer, const json::object& object) {
  Fields fields(object);
  domain::RetryPolicy retry;
  retry.maxAttempts = fields.count32("maxAttempts");
  retry.backoff = std::chrono::milliseconds(fields.count32("backoffMs"));
  take(fields, domain::parseBackoffStrategy(fields.text("backoffStrategy")), retry.strategy);
  retry.abortOnErrorRate = fields.number("abortOnErrorRate");
  if (auto ok = fields.finish(); !ok) outer.reject(ok.error());
  return retry;
}

json::object settingsToJson(const domain::RunSettings& settings) {
  json::object object{{"concurrency", settings.concurrency},
                      {"maxStepsPerSecond", settings.maxStepsPerSecond},
                      {"onDrift", domain::wireName(settings.onDrift)},
                      {"exact", settings.exact}};
  if (settings.retry) object["retry"] = retryToJson(*settings.retry);
  return object;
}

domain::RunSettings settingsFromJson(Fields& outer, const json::object& object) {
  Fields fields(object);
  domain::RunSettings settings;
  settings.concurrency = fields.count32("concurrency");
  settings.maxStepsPerSecond = fields.count("maxStepsPerSecond");
  take(fields, domain::parseWord(kChoices, "onDrift", fields.text("onDrift")), settings.onDrift);
  settings.exact = fields.boolean("exact");
  if (object.contains("retry")) settings.retry = retryFromJson(fields, fields.object("retry"));
  if (auto ok = fields.finish(); !ok) outer.reject(ok.error());
  return settings;
}

/// For events whose one field names a session.
Result<void> decodeSession(std::string_view payload, SessionId& session) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  session = SessionId(fields.uuid("sessionId"));
  return fields.finish();
}

}  // namespace

std::string encode(const RunStarted& event) {
  json::object object{{"sessionId", event.session.toString()},
                      {"connectionId", event.connectionId.toString()},
                      {"environment", domain::wireName(event.environment)},
                      {"name", event.name},
                      {"kind", event.kind},
                      {"parameters", event.parameters},
                      {"dryRun", event.dryRun},
                      {"requiresApproval", event.requiresApproval},
                      {"confirmed", event.confirmed},
                      {"acceptedNoUndo", event.acceptedNoUndo},
                      {"settings", settingsToJson(event.settings)}};
  if (!event.templateId.empty()) object["templateId"] = event.templateId;
  if (!event.parametersPack.isNil()) object["parametersPack"] = event.parametersPack.toString();
  if (!event.plan.value().isNil()) object["planId"] = event.plan.toString();
  if (!event.undoes.value().isNil()) object["undoes"] = event.undoes.toString();
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, RunStarted& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.session = SessionId(fields.uuid("sessionId"));
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  take(fields, domain::parseEnvironment(fields.text("environment")), event.environment);
  event.templateId = fields.textOr("templateId", "");
  event.name = fields.text("name");
  event.kind = fields.text("kind");
  event.parameters = fields.text("parameters");
  event.parametersPack = fields.uuidOrNil("parametersPack");
  event.dryRun = fields.boolean("dryRun");
  event.plan = ExecutionId(fields.uuidOrNil("planId"));
  event.undoes = ExecutionId(fields.uuidOrNil("undoes"));
  event.requiresApproval = fields.boolean("requiresApproval");
  event.confirmed = fields.boolean("confirmed");
  event.acceptedNoUndo = fields.boolean("acceptedNoUndo");
  event.settings = settingsFromJson(fields, fields.object("settings"));
  return fields.finish();
}

std::string encode(const RunFinished& event) {
  json::object object{{"connectionId", event.connectionId.toString()},
                      {"status", domain::wireName(event.status)},
                      {"total", event.totals.total},
                      {"succeeded", event.totals.succeeded},
                      {"failed", event.totals.failed},
                      {"skipped", event.totals.skipped},
                      {"retries", event.totals.retries},
                      {"durationUs", event.duration.count()}};
  if (!event.message.empty()) object["message"] = asText(event.message);
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, RunFinished& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  take(fields, domain::parseWord(kStatuses, "status", fields.text("status")), event.status);
  event.totals.total = fields.count("total");
  event.totals.succeeded = fields.count("succeeded");
  event.totals.failed = fields.count("failed");
  event.totals.skipped = fields.count("skipped");
  event.totals.retries = fields.count("retries");
  event.duration = fields.microseconds("durationUs");
  event.message = fields.textOr("message", "");
  return fields.finish();
}

std::string encode(const RunCancelled& event) {
  return json::serialize(json::object{{"reason", asText(event.reason)}});
}
Result<void> decode(std::string_view payload, RunCancelled& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.reason = fields.text("reason");
  return fields.finish();
}

std::string encode(const RunInterrupted& event) {
  return json::serialize(json::object{{"sessionId", event.session.toString()}});
}
std::string encode(const RunResumed& event) {
  return json::serialize(json::object{{"sessionId", event.session.toString()}});
}
Result<void> decode(std::string_view payload, RunInterrupted& event) {
  return decodeSession(payload, event.session);
}
Result<void> decode(std::string_view payload, RunResumed& event) {
  return decodeSession(payload, event.session);
}

std::string encode(const RunClaimed& event) {
  return json::serialize(json::object{{"executionId", event.execution.toString()}});
}
Result<void> decode(std::string_view payload, RunClaimed& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.execution = ExecutionId(fields.uuid("executionId"));
  return fields.finish();
}

}  // namespace cachify::events
