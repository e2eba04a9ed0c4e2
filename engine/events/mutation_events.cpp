#include "events/mutation_events.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "events/json_fields.hpp"
#include "events/plain_text.hpp"
#include "events/state_json.hpp"

namespace cachify::events {

namespace json = boost::json;
namespace {

json::array keysToJson(const std::vector<Bytes>& keys) {
  json::array array;
  for (const auto& key : keys) {
    json::object object;
    putBytes(object, "key", key);
    array.push_back(std::move(object));
  }
  return array;
}

json::array statesToJson(const std::vector<KeyState>& states) {
  json::array array;
  for (const auto& state : states) {
    json::object object;
    putState(object, state);
    array.push_back(std::move(object));
  }
  return array;
}

std::vector<KeyState> readStates(Fields& fields, std::string_view name) {
  std::vector<KeyState> states;
  for (const auto& item : fields.array(name)) {
    const json::object empty;
    Fields state(item.is_object() ? item.get_object() : empty);
    states.push_back(readState(state));
    if (auto ok = state.finish(); !ok) fields.reject(ok.error());
  }
  return states;
}

}  // namespace

SnapshotEncoder::SnapshotEncoder(ConnectionId connection, domain::Action reason) {
  appendParts(start_, R"({"connectionId":")", connection.toString(), R"(","reason":")",
              domain::wireName(reason), R"(",)");
}

std::string SnapshotEncoder::operator()(const KeyState& state, std::optional<std::uint32_t> packIndex,
                                        std::string_view notCaptured, Uuid ownPack) const {
  // By the million in bulk work, so written as text.
  constexpr std::size_t kBesidesKey = 256;
  std::string out;
  out.reserve(state.key.size() + kBesidesKey);
  out += start_;
  appendState(out, state);
  if (!ownPack.isNil()) appendParts(out, R"(,"packId":")", ownPack.toString(), R"(")");
  if (packIndex) appendParts(out, R"(,"packIndex":)", *packIndex);
  if (!notCaptured.empty())
    appendParts(out, R"(,"notCaptured":)", json::serialize(json::value(asText(notCaptured))));
  out += '}';
  return out;
}

std::string encode(const SnapshotCaptured& event) {
  const SnapshotEncoder encoder(event.connectionId, event.reason);
  return encoder(event.state, event.packIndex, event.notCaptured, event.ownPack);
}

namespace {

bool decodePlain(std::string_view payload, SnapshotCaptured& event) {
  PlainText plain(payload);
  Uuid connection;
  plain.word(R"({"connectionId":")").uuid(connection).word(R"(","reason":")");
  const auto reason = parseActionWord(plain.text());
  if (!reason) return false;
  plain.word("\",");
  readPlainState(plain, event.state);
  if (plain.next(R"(,"packId":")")) plain.uuid(event.ownPack).word("\"");
  if (plain.next(R"(,"packIndex":)")) plain.number(event.packIndex.emplace());
  plain.word("}");
  event.connectionId = ConnectionId(connection);
  event.reason = *reason;
  return plain.isWhole();
}

}  // namespace

Result<void> decode(std::string_view payload, SnapshotCaptured& event) {
  if (decodePlain(payload, event)) return {};
  event = {};
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.reason = readAction(fields, "reason");
  event.state = readState(fields);
  event.ownPack = fields.uuidOrNil("packId");
  if (object->contains("packIndex")) event.packIndex = fields.count32("packIndex");
  event.notCaptured = fields.textOr("notCaptured", "");
  return fields.finish();
}

std::string encode(const MutationRequested& event) {
  json::array snapshots;
  for (const auto& id : event.snapshots) snapshots.emplace_back(id.toString());
  json::object object{{"connectionId", event.connectionId.toString()},
                      {"action", domain::wireName(event.action)},
                      {"keys", keysToJson(event.keys)},
                      {"snapshots", std::move(snapshots)},
                      {"undoable", event.undoable},
                      {"confirmed", event.confirmed},
                      {"acceptedNoUndo", event.acceptedNoUndo},
                      {"change", asText(event.change)},
                      {"intended", statesToJson(event.intended)}};
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, MutationRequested& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.action = readAction(fields, "action");
  for (const auto& item : fields.array("keys")) {
    const json::object empty;
    Fields key(item.is_object() ? item.get_object() : empty);
    event.keys.push_back(key.bytes("key"));
    if (auto ok = key.finish(); !ok) fields.reject(ok.error());
  }
  for (const auto& item : fields.array("snapshots")) {
    auto id = SnapshotId::parse(item.is_string() ? std::string_view(item.get_string()) : std::string_view());
    if (id) {
      event.snapshots.push_back(*id);
    } else {
      fields.reject(id.error());
    }
  }
  event.undoable = fields.boolean("undoable");
  event.confirmed = fields.boolean("confirmed");
  event.acceptedNoUndo = fields.boolean("acceptedNoUndo");
  event.change = fields.text("change");
  event.intended = readStates(fields, "intended");
  return fields.finish();
}

std::string encode(const MutationApplied& event) {
  json::object object{{"mutationId", event.mutationId.toString()},
                      {"connectionId", event.connectionId.toString()},
                      {"after", statesToJson(event.after)},
                      {"attempts", event.attempts},
                      {"durationUs", event.duration.count()}};
  if (!event.result.empty()) object["result"] = asText(event.result);
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, MutationApplied& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.mutationId = MutationId(fields.uuid("mutationId"));
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.after = readStates(fields, "after");
  event.attempts = fields.count32("attempts");
  event.duration = fields.microseconds("durationUs");
  event.result = fields.textOr("result", "");
  return fields.finish();
}

std::string encode(const MutationFailed& event) {
  json::object object{{"mutationId", event.mutationId.toString()},
                      {"connectionId", event.connectionId.toString()},
                      {"errorCode", event.errorCode},
                      {"message", asText(event.message)},
                      {"attempts", event.attempts},
                      {"durationUs", event.duration.count()}};
  if (!event.after.empty()) object["after"] = statesToJson(event.after);
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, MutationFailed& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.mutationId = MutationId(fields.uuid("mutationId"));
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.errorCode = fields.text("errorCode");
  event.message = fields.text("message");
  event.attempts = fields.count32("attempts");
  event.duration = fields.microseconds("durationUs");
  if (object->contains("after")) event.after = readStates(fields, "after");
  return fields.finish();
}

std::string encode(const MutationUnknown& event) {
  return json::serialize(json::object{{"mutationId", event.mutationId.toString()},
                                      {"connectionId", event.connectionId.toString()},
                                      {"reason", event.reason},
                                      {"attempts", event.attempts}});
}

Result<void> decode(std::string_view payload, MutationUnknown& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.mutationId = MutationId(fields.uuid("mutationId"));
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.reason = fields.text("reason");
  event.attempts = fields.count32("attempts");
  return fields.finish();
}

std::string encode(const MutationBatchRequested& event) {
  return json::serialize(json::object{{"connectionId", event.connectionId.toString()},
                                      {"executionId", event.execution.toString()},
                                      {"action", domain::wireName(event.action)},
                                      {"firstStep", event.firstStep},
                                      {"snapshots", event.snapshots},
                                      {"runVersion", event.runVersion},
                                      {"confirmed", event.confirmed},
                                      {"acceptedNoUndo", event.acceptedNoUndo}});
}

Result<void> decode(std::string_view payload, MutationBatchRequested& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.execution = ExecutionId(fields.uuid("executionId"));
  event.action = readAction(fields, "action");
  event.firstStep = fields.count("firstStep");
  event.snapshots = fields.count("snapshots");
  event.runVersion = fields.count("runVersion");
  event.confirmed = fields.boolean("confirmed");
  event.acceptedNoUndo = fields.boolean("acceptedNoUndo");
  return fields.finish();
}

std::string encode(const MutationBatchSettled& event) {
  return json::serialize(json::object{{"mutationId", event.mutationId.toString()},
                                      {"connectionId", event.connectionId.toString()},
                                      {"applied", event.applied},
                                      {"failed", event.failed},
                                      {"unknown", event.unknown},
                                      {"durationUs", event.duration.count()}});
}

Result<void> decode(std::string_view payload, MutationBatchSettled& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.mutationId = MutationId(fields.uuid("mutationId"));
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.applied = fields.count("applied");
  event.failed = fields.count("failed");
  event.unknown = fields.count("unknown");
  event.duration = fields.microseconds("durationUs");
  return fields.finish();
}

}  // namespace cachify::events
