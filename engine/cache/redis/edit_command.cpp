#include "cache/redis/edit_command.hpp"

#include <algorithm>
#include <array>

#include "cache/redis/server_error.hpp"
#include "core/digest.hpp"

namespace cachify::cache::redis {
namespace {

using domain::End;

/// ARGV: field, value, field, value …
constexpr std::string_view kSetAbsentFields =
    "for i = 1, #ARGV, 2 do "
    "local there = redis.pcall('HEXISTS', KEYS[1], ARGV[i]) "
    "if type(there) == 'table' then return there end "
    "if there == 1 then return redis.status_reply('CONFLICT') end "
    "end "
    "local added = 0 "
    "for i = 1, #ARGV, 2 do added = added + redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end "
    "return added";

/// ARGV: index, what must be there, what comes in its place.
constexpr std::string_view kReplaceItem =
    "local item = redis.pcall('LINDEX', KEYS[1], ARGV[1]) "
    "if type(item) == 'table' then return item end "
    "if not item then return redis.status_reply('NOTFOUND') end "
    "if item ~= ARGV[2] then return redis.status_reply('CONFLICT') end "
    "return redis.call('LSET', KEYS[1], ARGV[1], ARGV[3])";

/// ARGV: index, what must be there, a text that no item is: Redis removes by value alone, so the item gets
/// one of its own first.
constexpr std::string_view kRemoveItem =
    "local item = redis.pcall('LINDEX', KEYS[1], ARGV[1]) "
    "if type(item) == 'table' then return item end "
    "if not item then return redis.status_reply('NOTFOUND') end "
    "if item ~= ARGV[2] then return redis.status_reply('CONFLICT') end "
    "redis.call('LSET', KEYS[1], ARGV[1], ARGV[3]) "
    "redis.call('LREM', KEYS[1], tonumber(ARGV[1]) < 0 and -1 or 1, ARGV[3]) "
    "return redis.call('LLEN', KEYS[1])";

/// SETRANGE keeps the TTL on every release.
constexpr std::string_view kPrepend =
    "local text = redis.pcall('GET', KEYS[1]) "
    "if type(text) == 'table' then return text end "
    "return redis.call('SETRANGE', KEYS[1], 0, ARGV[1] .. (text or ''))";

/// Depends on the change alone, so that the same command sent twice is the same bytes.
Bytes textThatNoItemIs(BytesView key, const domain::RemoveItem& change) {
  const auto digest = domain::digestOf(change);
  return "cachify-studio:removed:" + toHex(Sha256::view(digest)) + toHex(Sha256::view(sha256(key)));
}

template <class T, class... Parts>
void addAll(Pipeline& pipeline, std::string_view command, BytesView key, const std::vector<T>& items,
            const Parts&... parts) {
  pipeline.begin(2 + items.size() * sizeof...(parts));
  pipeline.word(command);
  pipeline.word(key);
  for (const T& item : items) (pipeline.word(BytesView(item.*parts)), ...);
}

void addAll(Pipeline& pipeline, std::string_view command, BytesView key, const std::vector<Bytes>& items) {
  pipeline.begin(2 + items.size());
  pipeline.word(command);
  pipeline.word(key);
  for (const Bytes& item : items) pipeline.word(item);
}

std::string_view wordOf(domain::ScoreRule rule) {
  constexpr std::array<std::string_view, 5> kWords{"", "NX", "XX", "GT", "LT"};
  return kWords[static_cast<std::size_t>(rule)];
}

struct Adding {
  Pipeline& out;
  BytesView key;

  EditReply operator()(const domain::SetFields& c) const {
    using domain::HashEntry;
    if (!c.onlyIfAbsent) {
      addAll(out, "HSET", key, c.fields, &HashEntry::field, &HashEntry::value);
      return EditReply::count;
    }
    out.begin(4 + 2 * c.fields.size());
    out.word("EVAL");
    out.word(kSetAbsentFields);
    out.word(1);
    out.word(key);
    for (const auto& entry : c.fields) {
      out.word(entry.field);
      out.word(entry.value);
    }
    return EditReply::checked;
  }

  EditReply operator()(const domain::RemoveFields& c) const {
    addAll(out, "HDEL", key, c.fields);
    return EditReply::countElseNotFound;
  }

  EditReply operator()(const domain::ExpireFields& c) const {
    out.begin((c.ttl ? 5u : 4u) + c.fields.size());
    out.word(c.ttl ? "HPEXPIRE" : "HPERSIST");
    out.word(key);
    if (c.ttl) out.word(c.ttl->count());
    out.word("FIELDS");
    out.word(c.fields.size());
    for (const auto& field : c.fields) out.word(field);
    return EditReply::perField;
  }

  EditReply operator()(const domain::PushItems& c) const {
    addAll(out, c.end == End::left ? "LPUSH" : "RPUSH", key, c.items);
    return EditReply::count;
  }

  EditReply operator()(const domain::InsertItem& c) const {
    out.add("LINSERT", key, c.side == End::left ? "BEFORE" : "AFTER", c.pivot, c.item);
    return EditReply::insertion;
  }

  EditReply operator()(const domain::ReplaceItem& c) const {
    out.add("EVAL", kReplaceItem, 1, key, c.index, c.expected, c.item);
    return EditReply::checked;
  }

  EditReply operator()(const domain::RemoveItem& c) const {
    out.add("EVAL", kRemoveItem, 1, key, c.index, c.expected, textThatNoItemIs(key, c));
    return EditReply::checked;
  }

  EditReply operator()(const domain::AddMembers& c) const {
    addAll(out, "SADD", key, c.members);
    return EditReply::count;
  }

  EditReply operator()(const domain::RemoveMembers& c) const {
    addAll(out, "SREM", key, c.members);
    return EditReply::countElseNotFound;
  }

  EditReply operator()(const domain::AddScored& c) const {
    const auto rule = wordOf(c.rule);
    out.begin((rule.empty() ? 3u : 4u) + 2 * c.members.size());
    out.word("ZADD");
    out.word(key);
    if (!rule.empty()) out.word(rule);
    out.word("CH");
    for (const auto& item : c.members) {
      out.word(item.score);
      out.word(item.member);
    }
    if (c.rule == domain::ScoreRule::any) return EditReply::count;
    return c.rule == domain::ScoreRule::onlyExisting ? EditReply::countElseNotFound
                                                     : EditReply::countElseConflict;
  }

  EditReply operator()(const domain::IncrementScore& c) const {
    out.add("ZINCRBY", key, c.by, c.member);
    return EditReply::text;
  }

  EditReply operator()(const domain::RemoveScored& c) const {
    addAll(out, "ZREM", key, c.members);
    return EditReply::countElseNotFound;
  }

  EditReply operator()(const domain::AddEntry& c) const {
    out.begin(3 + 2 * c.fields.size());
    out.word("XADD");
    out.word(key);
    out.word(c.id);
    for (const auto& field : c.fields) {
      out.word(field.field);
      out.word(field.value);
    }
    return EditReply::text;
  }

  EditReply operator()(const domain::RemoveEntries& c) const {
    addAll(out, "XDEL", key, c.ids);
    return EditReply::countElseNotFound;
  }

  EditReply operator()(const domain::TrimEntries& c) const {
    out.add("XTRIM", key, "MAXLEN", "=", c.maxLength);
    return EditReply::count;
  }

  EditReply operator()(const domain::ExtendText& c) const {
    if (c.end == End::right) {
      out.add("APPEND", key, c.text);
    } else {
      out.add("EVAL", kPrepend, 1, key, c.text);
    }
    return EditReply::count;
  }

  EditReply operator()(const domain::IncrementNumber& c) const {
    out.add("INCRBY", key, c.by);
    return EditReply::count;
  }

  EditReply operator()(const domain::SetJson& c) const {
    out.add("JSON.SET", key, c.path, c.json);
    return EditReply::text;
  }

  EditReply operator()(const domain::RemoveJson& c) const {
    out.add("JSON.DEL", key, c.path);
    return EditReply::countElseNotFound;
  }
};

ApplyOutcome refused(ErrorCode code, std::string message) {
  return {.status = ApplyStatus::refused, .error = Error{.code = code, .message = std::move(message)}};
}

ApplyOutcome notThere() {
  return refused(ErrorCode::notFound, "what was to be changed is not there (any more); nothing was changed");
}

ApplyOutcome notMet() {
  return refused(ErrorCode::conflict, "the value is not as expected (any more); nothing was changed");
}

ApplyOutcome applied(std::string result) {
  return {.status = ApplyStatus::applied, .error = {}, .result = std::move(result)};
}

ApplyOutcome outcomeOfFields(const Reply& reply) {
  constexpr std::int64_t kNoSuchField = -2;
  const auto there = std::ranges::count_if(
      reply.elements, [](const Reply& field) { return field.isInteger() && field.integer != kNoSuchField; });
  return there == 0 ? notThere() : applied(std::to_string(there));
}

/// A part of an error's text that tells what it is about.
struct Sign {
  std::string_view text;
  ErrorCode code;
  std::string_view message;
};

constexpr std::array kSigns{
    Sign{"value is not an integer", ErrorCode::conflict, "the value is no whole number of 64 bits"},
    Sign{"would overflow", ErrorCode::conflict, "the sum is beyond 64 bits"},
    Sign{"not a number (NaN)", ErrorCode::conflict, "inf and -inf have no sum"},
    Sign{"equal or smaller than", ErrorCode::conflict,
         "the stream has, or had, an entry with this id or a later one"},
    Sign{"exceeds maximum allowed size", ErrorCode::conflict,
         "the value would be larger than the server allows"},
    Sign{"unknown command 'JSON.", ErrorCode::notSupported, "the server has no RedisJSON module"},
    Sign{"unknown command `JSON.", ErrorCode::notSupported, "the server has no RedisJSON module"},
    Sign{"unknown command 'HPE", ErrorCode::notSupported,
         "the server knows no TTL of a hash's field; Redis does from 7.4 on"},
    Sign{"unknown command `HPE", ErrorCode::notSupported,
         "the server knows no TTL of a hash's field; Redis does from 7.4 on"},
    Sign{"Existing key has wrong Redis type", ErrorCode::conflict, "the key holds a value of another type"},
    Sign{"new objects must be created at the root", ErrorCode::notFound,
         "there is no such key; a new one is made with the path $"},
};

}  // namespace

EditReply addEdit(Pipeline& pipeline, BytesView key, const domain::ValueChange& change) {
  return std::visit(Adding{pipeline, key}, change);
}

ApplyOutcome outcomeOfEdit(EditReply kind, const Reply& reply) {
  const std::string number = reply.isInteger() ? std::to_string(reply.integer) : std::string();
  const bool none = reply.isInteger() && reply.integer <= 0;
  switch (kind) {
    case EditReply::count:
      return applied(number);
    case EditReply::countElseNotFound:
    case EditReply::insertion:
      return none ? notThere() : applied(number);
    case EditReply::countElseConflict:
      return none ? notMet() : applied(number);
    case EditReply::text:
      if (reply.isNil()) return notMet();
      return applied(reply.kind == Reply::Kind::bulk ? reply.text : std::string());
    case EditReply::checked:
      if (reply.isText() && reply.text == "NOTFOUND") return notThere();
      if (reply.isText() && reply.text == "CONFLICT") return notMet();
      return applied(number);
    case EditReply::perField:
      return outcomeOfFields(reply);
  }
  return applied({});
}

Error editRefused(std::string_view text) {
  Error error = classify(text);
  for (const Sign& sign : kSigns) {
    if (text.find(sign.text) == std::string_view::npos) continue;
    error.code = sign.code;
    error.message = sign.message;
  }
  return error;
}

}  // namespace cachify::cache::redis
