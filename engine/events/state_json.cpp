#include "events/state_json.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "domain/words.hpp"
#include "events/plain_text.hpp"

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

/// The year 2200; what is later goes the way that checks it.
constexpr std::int64_t kLatestPlainMs = 7'258'118'400'000;

/// True for bytes that are their own JSON text and their own form for display.
bool isPlain(BytesView bytes) {
  return std::ranges::all_of(bytes, [](char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; });
}

bool isHexDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

}  // namespace

void putState(json::object& object, const KeyState& state) {
  putBytes(object, "key", state.key);
  object["type"] = domain::wireName(state.type);
  object["sizeBytes"] = state.sizeBytes;
  object["deadlineMs"] = millisecondsOrNull(state.deadline);
  if (!state.deadlineKnown) object["deadlineUnknown"] = true;
  if (state.elements != 0) object["elements"] = state.elements;
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
  state.elements = fields.countOr("elements", 0);
  state.digest = fields.textOr("digest", "");
  if (!std::ranges::all_of(state.digest, isHexDigit)) {
    fields.reject(
        Error{.code = ErrorCode::validationError, .message = "field 'digest' must be hexadecimal"}.with(
            "field", std::string("digest")));
  }
  return state;
}

std::optional<Action> parseActionWord(std::string_view word) {
  const auto found = std::ranges::find(kActions, word, &std::pair<Action, std::string_view>::second);
  return found == kActions.end() ? std::nullopt : std::optional(found->first);
}

Action readAction(Fields& fields, std::string_view name) {
  auto action = domain::parseWord(kActions, name, fields.text(name));
  if (!action) fields.reject(action.error());
  return action.value_or(Action::set);
}

void appendBytes(std::string& out, std::string_view name, BytesView bytes) {
  if (isPlain(bytes)) {
    return appendParts(out, "\"", name, "\":\"", bytes, "\"");
  }
  json::object object;
  putBytes(object, name, bytes);
  const std::string text = json::serialize(object);
  out.append(text, 1, text.size() - 2);
}

void appendState(std::string& out, const KeyState& state) {
  appendBytes(out, "key", state.key);
  appendParts(out, R"(,"type":")", domain::wireName(state.type), R"(","sizeBytes":)", state.sizeBytes);
  if (state.deadline) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(state.deadline->time_since_epoch());
    appendParts(out, R"(,"deadlineMs":)", ms.count());
  } else {
    out += R"(,"deadlineMs":null)";
  }
  if (!state.deadlineKnown) out += R"(,"deadlineUnknown":true)";
  if (state.elements != 0) appendParts(out, R"(,"elements":)", state.elements);
  if (!state.digest.empty()) appendParts(out, R"(,"digest":")", state.digest, "\"");
}

void readPlainState(PlainText& plain, KeyState& state) {
  plain.word(R"("key":")");
  state.key = plain.text();
  plain.word(R"(","type":")");
  const auto type = domain::parseValueType(plain.text());
  if (!type) return plain.refuse();
  state.type = *type;
  plain.word(R"(","sizeBytes":)").number(state.sizeBytes).word(R"(,"deadlineMs":)");
  if (std::int64_t ms = 0; !plain.next("null")) {
    plain.number(ms);
    if (ms < 0 || ms > kLatestPlainMs) return plain.refuse();
    state.deadline = WallTime(std::chrono::milliseconds(ms));
  }
  if (plain.next(R"(,"deadlineUnknown":true)")) state.deadlineKnown = false;
  if (plain.next(R"(,"elements":)")) plain.number(state.elements);
  if (plain.next(R"(,"digest":")")) {
    state.digest = plain.text();
    plain.word("\"");
  }
}

}  // namespace cachify::events
