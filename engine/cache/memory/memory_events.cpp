#include "cache/memory/memory_events.hpp"

#include <array>

namespace cachify::cache {
namespace {

/// One per alternative of ValueChange, in their order.
constexpr std::array<std::string_view, std::variant_size_v<domain::ValueChange>> kEditEvents{
    "hset",  "hdel", "hexpire", "rpush", "linsert", "lset",   "lrem",   "sadd",     "srem",    "zadd",
    "zincr", "zrem", "xadd",    "xdel",  "xtrim",   "append", "incrby", "json.set", "json.del"};

std::string_view editEventOf(const domain::ValueChange& change) {
  const auto* push = std::get_if<domain::PushItems>(&change);
  if (push != nullptr && push->end == domain::End::left) return "lpush";
  return kEditEvents[change.index()];
}

struct EventMaker {
  bool existed;
  bool exists;

  std::vector<KeyEvent> operator()(const domain::SetMutation& m) const {
    std::vector<KeyEvent> events{{"set", m.key}};
    if (std::holds_alternative<std::chrono::milliseconds>(m.ttl)) events.push_back({"expire", m.key});
    return events;
  }
  std::vector<KeyEvent> operator()(const domain::DeleteMutation& m) const {
    if (!existed) return {};
    return {{"del", m.key}};
  }
  std::vector<KeyEvent> operator()(const domain::RenameMutation& m) const {
    return {{"rename_from", m.from}, {"rename_to", m.to}};
  }
  std::vector<KeyEvent> operator()(const domain::TouchMutation&) const { return {}; }
  std::vector<KeyEvent> operator()(const domain::TtlMutation& m) const {
    return {{std::holds_alternative<domain::NoTtl>(m.ttl) ? "persist" : "expire", m.key}};
  }
  std::vector<KeyEvent> operator()(const domain::RestoreMutation& m) const {
    if (exists) return {{"restore", m.capture.key}};
    if (!existed) return {};
    return {{"del", m.capture.key}};
  }
  std::vector<KeyEvent> operator()(const domain::EditMutation& m) const {
    std::vector<KeyEvent> events{{std::string(editEventOf(m.change)), m.key}};
    if (existed && !exists) events.push_back({"del", m.key});
    return events;
  }
};

}  // namespace

std::vector<KeyEvent> keyEventsOf(const domain::Mutation& mutation, bool existed, bool exists) {
  return std::visit(EventMaker{existed, exists}, mutation);
}

std::string_view fillEventOf(domain::ValueType type) {
  switch (type) {
    case domain::ValueType::hash:
      return "hset";
    case domain::ValueType::list:
      return "rpush";
    case domain::ValueType::set:
      return "sadd";
    case domain::ValueType::zset:
      return "zadd";
    case domain::ValueType::stream:
      return "xadd";
    default:
      return "set";
  }
}

}  // namespace cachify::cache
