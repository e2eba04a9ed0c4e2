#pragma once
// The keys of an in-memory cache. Not thread-safe and without a clock: `now` is an argument. A key whose
// deadline is reached is absent to every reader and removed when next touched.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "domain/value.hpp"

namespace cachify::cache {

struct MemoryItem {
  domain::LogicalValue value;
  std::optional<WallTime> deadline{};  ///< nothing: no expiry
  std::uint32_t flags = 0;
  std::uint64_t version = 0;  ///< new with every change of value, flags or deadline; set by the store
};

class MemoryStore {
 public:
  /// Told of each key that is removed because its deadline was reached. Not set: nobody.
  std::function<void(const Bytes&)> onExpired;

  /// Valid until the next call. Null when absent.
  [[nodiscard]] const MemoryItem* find(BytesView key, WallTime now);
  /// 0 when absent.
  [[nodiscard]] std::uint64_t versionOf(BytesView key, WallTime now);

  void put(BytesView key, MemoryItem item);
  void erase(BytesView key);

  /// Visits living keys in byte order, those after `after` only, until `visit` answers false.
  void walk(const std::optional<Bytes>& after, WallTime now,
            const std::function<bool(const Bytes&, const MemoryItem&)>& visit);
  /// Living and not yet removed keys.
  [[nodiscard]] std::uint64_t size() const { return items_.size(); }

 private:
  using Items = std::map<Bytes, MemoryItem, std::less<>>;
  Items::iterator expire(Items::iterator item);

  Items items_;
  std::uint64_t lastVersion_ = 0;
};

}  // namespace cachify::cache
