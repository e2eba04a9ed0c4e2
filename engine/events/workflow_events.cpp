#include "events/workflow_events.hpp"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iterator>

#include "events/json_fields.hpp"
#include "events/plain_text.hpp"
#include "events/state_json.hpp"

namespace cachify::events {

namespace json = boost::json;

namespace {

std::int64_t millisecondsOf(WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::string encodeForm(const domain::WorkflowTemplate& form, Uuid parametersPack) {
  json::object object{{"id", form.id},
                      {"name", form.name},
                      {"kind", form.kind},
                      {"parameters", form.parameters},
                      {"requiresApprovalOnProd", form.requiresApprovalOnProd},
                      {"supportsDryRun", form.supportsDryRun},
                      {"createdAtMs", millisecondsOf(form.createdAt)},
                      {"updatedAtMs", millisecondsOf(form.updatedAt)}};
  if (!parametersPack.isNil()) object["parametersPack"] = parametersPack.toString();
  return json::serialize(object);
}

Result<void> decodeForm(std::string_view payload, domain::WorkflowTemplate& form, Uuid& parametersPack) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  form.id = fields.text("id");
  form.name = fields.text("name");
  form.kind = fields.text("kind");
  form.parameters = fields.text("parameters");
  form.requiresApprovalOnProd = fields.boolean("requiresApprovalOnProd");
  form.supportsDryRun = fields.boolean("supportsDryRun");
  form.createdAt = fields.optionalTime("createdAtMs").value_or(WallTime());
  form.updatedAt = fields.optionalTime("updatedAtMs").value_or(WallTime());
  parametersPack = fields.uuidOrNil("parametersPack");
  return fields.finish();
}

/// What a step's payload takes besides its key and the state after it.
constexpr std::size_t kUsualStepBytes = 96;

/// The fields that every step has, without braces.
void appendStep(std::string& out, BytesView key, std::string_view action) {
  appendBytes(out, "key", key);
  appendParts(out, R"(,"action":")", action, "\"");
}

}  // namespace

std::string runStream(ExecutionId execution) {
  return "runs/" + execution.toString();
}
std::string claimsStream(SessionId session) {
  return "claims/" + session.toString();
}

std::string encode(const TemplateCreated& event) {
  return encodeForm(event.form, event.parametersPack);
}
std::string encode(const TemplateUpdated& event) {
  return encodeForm(event.form, event.parametersPack);
}
std::string encode(const TemplateDeleted& event) {
  return json::serialize(json::object{{"templateId", event.templateId}, {"name", event.name}});
}
Result<void> decode(std::string_view payload, TemplateCreated& event) {
  return decodeForm(payload, event.form, event.parametersPack);
}
Result<void> decode(std::string_view payload, TemplateUpdated& event) {
  return decodeForm(payload, event.form, event.parametersPack);
}
Result<void> decode(std::string_view payload, TemplateDeleted& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.templateId = fields.text("templateId");
  event.name = fields.text("name");
  return fields.finish();
}

std::string encode(const PlanExtended& event) {
  return json::serialize(
      json::object{{"first", event.first}, {"count", event.count}, {"packId", event.packId.toString()}});
}
Result<void> decode(std::string_view payload, PlanExtended& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.first = fields.count("first");
  event.count = fields.count("count");
  event.packId = fields.uuid("packId");
  return fields.finish();
}

std::string encode(const RunPlanned& event) {
  return json::serialize(json::object{{"total", event.total}, {"digest", event.digest}});
}
Result<void> decode(std::string_view payload, RunPlanned& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.total = fields.count("total");
  event.digest = fields.text("digest");
  return fields.finish();
}

std::string encode(const StepSucceeded& event) {
  std::string out = "{";
  out.reserve(event.key.size() + kUsualStepBytes);
  appendStep(out, event.key, event.action);
  appendParts(out, R"(,"attempts":)", event.attempts, R"(,"snapshot":)", event.snapshot);
  // The usual end of a deletion needs no words.
  if (event.after.existed() || event.after.key != event.key) {
    out += R"(,"after":{)";
    appendState(out, event.after);
    out += '}';
  }
  out += '}';
  return out;
}
namespace {

bool decodePlainStep(std::string_view payload, StepSucceeded& event) {
  PlainText plain(payload);
  plain.word(R"({"key":")");
  event.key = plain.text();
  plain.word(R"(","action":")");
  event.action = plain.text();
  plain.word(R"(","attempts":)").number(event.attempts).word(R"(,"snapshot":)").number(event.snapshot);
  event.after = KeyState{.key = event.key};
  if (plain.next(R"(,"after":{)")) {
    event.after = {};
    readPlainState(plain, event.after);
    plain.word("}");
  }
  return plain.word("}").isWhole();
}

}  // namespace

Result<void> decode(std::string_view payload, StepSucceeded& event) {
  if (decodePlainStep(payload, event)) return {};
  event = {};
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.key = fields.bytes("key");
  event.action = fields.text("action");
  event.attempts = fields.count32("attempts");
  event.snapshot = fields.count("snapshot");
  event.after = KeyState{.key = event.key};
  if (const auto* after = object->if_contains("after"); after != nullptr) {
    Fields state(fields.object("after"));
    event.after = readState(state);
    if (auto ok = state.finish(); !ok) return ok;
  }
  return fields.finish();
}

std::string encode(const StepFailed& event) {
  std::string out = "{";
  appendStep(out, event.key, event.action);
  fmt::format_to(std::back_inserter(out),
                 R"(,"attempts":{},"snapshot":{},"errorCode":"{}","message":{},"unknown":{}}})",
                 event.attempts, event.snapshot, event.errorCode,
                 json::serialize(json::value(asText(event.message))), event.unknown);
  return out;
}
Result<void> decode(std::string_view payload, StepFailed& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.key = fields.bytes("key");
  event.action = fields.text("action");
  event.attempts = fields.count32("attempts");
  event.snapshot = fields.count("snapshot");
  event.errorCode = fields.text("errorCode");
  event.message = fields.text("message");
  event.unknown = fields.boolean("unknown");
  return fields.finish();
}

std::string encode(const StepSkipped& event) {
  std::string out = "{";
  appendStep(out, event.key, event.action);
  out += R"(,"reason":)";
  out += json::serialize(json::value(asText(event.reason)));
  out += '}';
  return out;
}
Result<void> decode(std::string_view payload, StepSkipped& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.key = fields.bytes("key");
  event.action = fields.text("action");
  event.reason = fields.text("reason");
  return fields.finish();
}

}  // namespace cachify::events
