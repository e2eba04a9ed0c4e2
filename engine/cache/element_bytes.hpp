#pragma once
// How many bytes of content one element of a collection holds: what pages of a read are bounded by.

#include <cstdint>

#include "domain/value.hpp"

namespace cachify::cache {

[[nodiscard]] inline std::uint64_t bytesOf(const Bytes& item) {
  return item.size();
}
[[nodiscard]] inline std::uint64_t bytesOf(const domain::HashEntry& entry) {
  return entry.field.size() + entry.value.size();
}
[[nodiscard]] inline std::uint64_t bytesOf(const domain::ScoredMember& item) {
  return item.member.size() + item.score.size();
}
[[nodiscard]] inline std::uint64_t bytesOf(const domain::StreamEntry& entry) {
  std::uint64_t total = entry.id.size();
  for (const auto& field : entry.fields) total += bytesOf(field);
  return total;
}

}  // namespace cachify::cache
