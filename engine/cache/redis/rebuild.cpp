#include "cache/redis/rebuild.hpp"

#include <algorithm>
#include <set>
#include <span>

namespace cachify::cache::redis {
namespace {

/// Elements of one command: enough to make its cost small, too few to hold the server up.
constexpr std::size_t kChunk = 500;

/// `command key part part …` over all items, in chunks; `parts` adds those of one item.
template <class T, class Parts>
void addChunked(Pipeline& pipeline, std::string_view command, BytesView key, const std::vector<T>& items,
                std::size_t partsPerItem, const Parts& parts) {
  for (std::size_t begin = 0; begin < items.size(); begin += kChunk) {
    const auto chunk = std::span(items).subspan(begin, std::min(kChunk, items.size() - begin));
    pipeline.begin(2 + chunk.size() * partsPerItem);
    pipeline.word(command);
    pipeline.word(key);
    for (const T& item : chunk) parts(item);
  }
}

class Rebuild {
 public:
  Rebuild(Pipeline& pipeline, BytesView key) : pipeline_(pipeline), key_(key) {}

  void operator()(std::monostate) const {}
  void operator()(const Bytes& text) const { pipeline_.add("SET", key_, text); }
  void operator()(const domain::HashValue& v) const {
    addChunked(pipeline_, "HSET", key_, v.entries, 2, [this](const domain::HashEntry& entry) {
      pipeline_.word(entry.field);
      pipeline_.word(entry.value);
    });
  }
  void operator()(const domain::ListValue& v) const {
    addChunked(pipeline_, "RPUSH", key_, v.items, 1, [this](const Bytes& item) { pipeline_.word(item); });
  }
  void operator()(const domain::SetValue& v) const {
    addChunked(pipeline_, "SADD", key_, v.members, 1,
               [this](const Bytes& member) { pipeline_.word(member); });
  }
  void operator()(const domain::ZSetValue& v) const {
    addChunked(pipeline_, "ZADD", key_, v.members, 2, [this](const domain::ScoredMember& item) {
      pipeline_.word(item.score);
      pipeline_.word(item.member);
    });
  }
  void operator()(const domain::StreamValue& v) const {
    if (v.entries.empty()) return addEmptyStream();
    for (const auto& entry : v.entries) addEntry(entry);
  }

 private:
  void addEntry(const domain::StreamEntry& entry) const {
    pipeline_.begin(3 + 2 * entry.fields.size());
    pipeline_.word("XADD");
    pipeline_.word(key_);
    pipeline_.word(entry.id);
    for (const auto& field : entry.fields) {
      pipeline_.word(field.field);
      pipeline_.word(field.value);
    }
  }
  /// Only a consumer group brings an empty stream into being.
  void addEmptyStream() const {
    pipeline_.add("XGROUP", "CREATE", key_, "g", "$", "MKSTREAM").add("XGROUP", "DESTROY", key_, "g");
  }

  Pipeline& pipeline_;
  BytesView key_;
};

/// Of a hash, a set or a sorted set.
std::set<BytesView> namesIn(const domain::LogicalValue& value) {
  std::set<BytesView> names;
  if (const auto* hash = std::get_if<domain::HashValue>(&value)) {
    for (const auto& entry : hash->entries) names.insert(entry.field);
  } else if (const auto* set = std::get_if<domain::SetValue>(&value)) {
    names.insert(set->members.begin(), set->members.end());
  } else if (const auto* zset = std::get_if<domain::ZSetValue>(&value)) {
    for (const auto& item : zset->members) names.insert(item.member);
  }
  return names;
}

}  // namespace

void addPart(Pipeline& pipeline, const domain::Capture& part) {
  addRebuild(pipeline, part.key, part.logical);
  const auto there = namesIn(part.logical);
  std::vector<BytesView> absent;
  for (const Bytes& name : part.elements) {
    if (!there.contains(name)) absent.push_back(name);
  }
  const std::string_view remove = part.type == domain::ValueType::hash  ? "HDEL"
                                  : part.type == domain::ValueType::set ? "SREM"
                                                                        : "ZREM";
  addChunked(pipeline, remove, part.key, absent, 1, [&](BytesView name) { pipeline.word(name); });
}

void addRebuild(Pipeline& pipeline, BytesView key, const domain::LogicalValue& value) {
  std::visit(Rebuild(pipeline, key), value);
}

}  // namespace cachify::cache::redis
