#include "cache/memory/memory_store.hpp"

namespace cachify::cache {
namespace {

bool isOver(const MemoryItem& item, WallTime now) {
  return item.deadline && *item.deadline <= now;
}

}  // namespace

const MemoryItem* MemoryStore::find(BytesView key, WallTime now) {
  const auto found = items_.find(key);
  if (found == items_.end()) return nullptr;
  if (!isOver(found->second, now)) return &found->second;
  expire(found);
  return nullptr;
}

MemoryStore::Items::iterator MemoryStore::expire(Items::iterator item) {
  if (onExpired) onExpired(item->first);
  return items_.erase(item);
}

std::uint64_t MemoryStore::versionOf(BytesView key, WallTime now) {
  const MemoryItem* item = find(key, now);
  return item == nullptr ? 0 : item->version;
}

void MemoryStore::put(BytesView key, MemoryItem item) {
  item.version = ++lastVersion_;
  items_.insert_or_assign(Bytes(key), std::move(item));
}

void MemoryStore::erase(BytesView key) {
  if (const auto found = items_.find(key); found != items_.end()) items_.erase(found);
}

void MemoryStore::walk(const std::optional<Bytes>& after, WallTime now,
                       const std::function<bool(const Bytes&, const MemoryItem&)>& visit) {
  auto at = after ? items_.upper_bound(*after) : items_.begin();
  while (at != items_.end()) {
    if (isOver(at->second, now)) {
      at = expire(at);
      continue;
    }
    if (!visit(at->first, at->second)) return;
    ++at;
  }
}

}  // namespace cachify::cache
