#include "cache/redis/content.hpp"

#include <algorithm>

#include "cache/capture_rules.hpp"

namespace cachify::cache::redis {
namespace {

using domain::ValueType;

/// Replies like [field, value, field, value …] become pairs of T.
template <class T>
std::vector<T> pairsIn(std::vector<Reply>& elements) {
  std::vector<T> pairs;
  pairs.reserve(elements.size() / 2);
  for (std::size_t i = 0; i + 1 < elements.size(); i += 2) {
    pairs.push_back({std::move(elements[i].text), std::move(elements[i + 1].text)});
  }
  return pairs;
}

std::vector<Bytes> textsIn(std::vector<Reply>& elements) {
  std::vector<Bytes> texts;
  texts.reserve(elements.size());
  for (Reply& element : elements) texts.push_back(std::move(element.text));
  return texts;
}

bool isStreamEntry(const Reply& entry) {
  return entry.isArray() && entry.elements.size() == 2 && entry.elements[0].isText() &&
         (entry.elements[1].isArray() || entry.elements[1].isNil());
}

std::vector<domain::StreamEntry> entriesIn(std::vector<Reply>& elements) {
  std::vector<domain::StreamEntry> entries;
  entries.reserve(elements.size());
  for (Reply& element : elements) {
    entries.push_back({.id = std::move(element.elements[0].text),
                       .fields = pairsIn<domain::HashEntry>(element.elements[1].elements)});
  }
  return entries;
}

bool hasFormOf(ValueType type, const Reply& reply) {
  if (type == ValueType::string) return reply.isText();
  if (!reply.isArray()) return false;
  if (type == ValueType::stream) return std::ranges::all_of(reply.elements, isStreamEntry);
  const bool paired = type == ValueType::hash || type == ValueType::zset;
  return (!paired || reply.elements.size() % 2 == 0) && std::ranges::all_of(reply.elements, &Reply::isText);
}

}  // namespace

bool hasLogicalForm(ValueType type) {
  return type != ValueType::none && type != ValueType::json && type != ValueType::other;
}

ValueType typeOf(const Reply& reply) {
  if (!reply.isText()) return ValueType::other;
  return domain::parseValueType(reply.text).value_or(ValueType::other);
}

void addLength(Pipeline& pipeline, ValueType type, BytesView key) {
  switch (type) {
    case ValueType::string:
      pipeline.add("STRLEN", key);
      break;
    case ValueType::hash:
      pipeline.add("HLEN", key);
      break;
    case ValueType::list:
      pipeline.add("LLEN", key);
      break;
    case ValueType::set:
      pipeline.add("SCARD", key);
      break;
    case ValueType::zset:
      pipeline.add("ZCARD", key);
      break;
    case ValueType::stream:
      pipeline.add("XLEN", key);
      break;
    case ValueType::none:
    case ValueType::json:
    case ValueType::other:
      break;
  }
}

void addWholeContent(Pipeline& pipeline, ValueType type, BytesView key) {
  switch (type) {
    case ValueType::string:
      pipeline.add("GET", key);
      break;
    case ValueType::hash:
      pipeline.add("HGETALL", key);
      break;
    case ValueType::list:
      pipeline.add("LRANGE", key, 0, -1);
      break;
    case ValueType::set:
      pipeline.add("SMEMBERS", key);
      break;
    case ValueType::zset:
      pipeline.add("ZRANGE", key, 0, -1, "WITHSCORES");
      break;
    case ValueType::stream:
      pipeline.add("XRANGE", key, "-", "+");
      break;
    case ValueType::none:
    case ValueType::json:
    case ValueType::other:
      break;
  }
}

Result<domain::LogicalValue> contentIn(ValueType type, Reply reply) {
  if (!hasFormOf(type, reply)) {
    return fail(ErrorCode::internalError,
                "the server's answer does not have the form of a " + std::string(domain::wireName(type)));
  }
  switch (type) {
    case ValueType::string:
      return std::move(reply.text);
    case ValueType::hash:
      return domain::HashValue{pairsIn<domain::HashEntry>(reply.elements)};
    case ValueType::list:
      return domain::ListValue{textsIn(reply.elements)};
    case ValueType::set:
      return domain::SetValue{textsIn(reply.elements)};
    case ValueType::zset:
      return domain::ZSetValue{pairsIn<domain::ScoredMember>(reply.elements)};
    case ValueType::stream:
      return domain::StreamValue{entriesIn(reply.elements)};
    case ValueType::none:
    case ValueType::json:
    case ValueType::other:
      break;
  }
  return domain::LogicalValue();
}

Result<void> addElementRead(Pipeline& pipeline, ValueType type, BytesView key, const ElementName& element) {
  const auto* named = std::get_if<ElementNamed>(&element);
  const auto* placed = std::get_if<ElementAt>(&element);
  if (placed != nullptr && type == ValueType::list) {
    pipeline.add("LINDEX", key, placed->index);
  } else if (named != nullptr && type == ValueType::hash) {
    pipeline.add("HGET", key, named->name);
  } else if (named != nullptr && type == ValueType::set) {
    pipeline.add("SISMEMBER", key, named->name);
  } else if (named != nullptr && type == ValueType::zset) {
    pipeline.add("ZSCORE", key, named->name);
  } else {
    return fail(noSuchElements(type));
  }
  return {};
}

domain::LogicalValue elementsIn(ValueType type, const std::vector<Bytes>& names, std::span<Reply> replies) {
  domain::HashValue hash;
  domain::SetValue set;
  domain::ZSetValue zset;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool isMember = replies[i].isInteger() && replies[i].integer == 1;
    if (type == ValueType::set && isMember) set.members.push_back(names[i]);
    if (!replies[i].isText()) continue;
    if (type == ValueType::hash) hash.entries.push_back({names[i], std::move(replies[i].text)});
    if (type == ValueType::zset) zset.members.push_back({names[i], std::move(replies[i].text)});
  }
  if (type == ValueType::hash) return hash;
  if (type == ValueType::set) return set;
  return zset;
}

domain::LogicalValue elementIn(ValueType type, const ElementName& element, Reply reply) {
  if (const auto* named = std::get_if<ElementNamed>(&element))
    return elementsIn(type, {named->name}, std::span(&reply, 1));
  domain::ListValue list;
  if (reply.isText()) list.items.push_back(std::move(reply.text));
  return list;
}

Result<void> addJsonRead(Pipeline& pipeline, BytesView key, const std::optional<ElementName>& element) {
  const auto* path = element ? std::get_if<ElementNamed>(&*element) : nullptr;
  if (element && path == nullptr) return fail(noSuchElements(ValueType::json));
  if (path == nullptr) {
    pipeline.add("JSON.GET", key);
  } else {
    pipeline.add("JSON.GET", key, path->name);
  }
  return {};
}

}  // namespace cachify::cache::redis
