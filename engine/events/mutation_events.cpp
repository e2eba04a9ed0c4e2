#include "events/mutation_events.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "domain/words.hpp"
#include "events/json_fields.hpp"

namespace cachify::events {

namespace json = boost::json;
using domain::Action;

namespace {

constexpr domain::Words<Action, 6> kActions{{{Action::set, "set"},
                                             {Action::remove, "delete"},
                                             {Action::rename, "rename"},
                                             {Action::setTtl, "ttl"},
                                             {Action::persist, "persist"},
                                             {Action::restore, "restore"}}};

json::value millisecondsOrNull(const std::optional<WallTime>& time) {
  if (!time) return nullptr;
  return std::chrono::duration_cast<std::chrono::milliseconds>(time->time_since_epoch()).count();
}

void putState(json::object& object, const KeyState& state) {
  putBytes(object, "key", state.key);
  object["type"] = domain::wireName(state.type);
  object["sizeBytes"] = state.sizeBytes;
  object["deadlineMs"] = millisecondsOrNull(state.deadline);
  if (!state.deadlineKnown) object["deadlineUnknown"] = true;
  if (!state.digest.empty()) object["digest"] = state.digest;
}

KeyState readState(Fields& fields) {
  KeyState state;
  state.key = fields.bytes("key");
  if (auto type = domain::parseValueType(fields.text("type")); type) {
    state.type = *type;
  } else {
    fields.reject(type.error());
  }
  state.sizeBytes = fields.count("sizeBytes");
  state.deadline = fields.optionalTime("deadlineMs");
  state.deadlineKnown = !fields.booleanOr("deadlineUnknown", false);
  state.digest = fields.textOr("digest", "");
  return state;
}

Action readAction(Fields& fields, std::string_view name) {
  auto action = domain::parseWord(kActions, name, fields.text(name));
  if (!action) fields.reject(action.error());
  return action.value_or(Action::set);
}

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

std::string encode(const SnapshotCaptured& event) {
  json::object object{{"connectionId", event.connectionId.toString()},
                      {"reason", domain::wireName(event.reason)}};
  putState(object, event.state);
  if (!event.packId.isNil()) {
    object["packId"] = event.packId.toString();
    object["packIndex"] = event.packIndex;
  }
  if (!event.notCaptured.empty()) object["notCaptured"] = asText(event.notCaptured);
  return json::serialize(object);
}

Result<void> decode(std::string_view payload, SnapshotCaptured& event) {
  const auto object = parseObject(payload);
  if (!object) return std::unexpected(object.error());
  Fields fields(*object);
  event.connectionId = ConnectionId(fields.uuid("connectionId"));
  event.reason = readAction(fields, "reason");
  event.state = readState(fields);
  event.packId = fields.uuidOrNil("packId");
  event.packIndex = fields.count32Or("packIndex", 0);
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
  return json::serialize(json::object{{"mutationId", event.mutationId.toString()},
                                      {"connectionId", event.connectionId.toString()},
                                      {"after", statesToJson(event.after)},
                                      {"attempts", event.attempts},
                                      {"durationUs", event.duration.count()}});
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

}  // namespace cachify::events
