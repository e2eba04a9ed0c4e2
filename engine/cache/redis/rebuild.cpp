#include "cache/redis/rebuild.hpp"

#include <algorithm>
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

}  // namespace

void addRebuild(Pipeline& pipeline, BytesView key, const domain::LogicalValue& value) {
  std::visit(Rebuild(pipeline, key), value);
}

}  // namespace cachify::cache::redis
