#include "cache/memory/memory_apply.hpp"

#include "cache/mutation_rules.hpp"

namespace cachify::cache {
namespace {

using std::chrono::milliseconds;

ApplyOutcome refused(Error error) {
  return {.status = ApplyStatus::refused, .error = std::move(error)};
}

ApplyOutcome refusedAbsent() {
  return refused({.code = ErrorCode::notFound, .message = "the key does not exist (any more)"});
}

class Applier {
 public:
  Applier(MemoryStore& store, WallTime now) : store_(store), now_(now) {}

  ApplyOutcome operator()(const domain::SetMutation& m) const {
    const MemoryItem* old = store_.find(m.key, now_);
    const auto kept = old == nullptr ? std::nullopt : old->deadline;
    store_.put(m.key, {.value = m.value, .deadline = deadlineAfter(m.ttl, kept), .flags = m.flags});
    return {};
  }

  ApplyOutcome operator()(const domain::DeleteMutation& m) const {
    store_.erase(m.key);
    return {};
  }

  ApplyOutcome operator()(const domain::RenameMutation& m) const {
    const MemoryItem* source = store_.find(m.from, now_);
    if (source == nullptr) return refusedAbsent();
    MemoryItem moved = *source;
    if (!m.replace && store_.find(m.to, now_) != nullptr) {
      return refused({.code = ErrorCode::conflict, .message = "a key of the new name exists already"});
    }
    store_.erase(m.from);
    store_.put(m.to, std::move(moved));
    return {};
  }

  ApplyOutcome operator()(const domain::TtlMutation& m) const {
    const MemoryItem* item = store_.find(m.key, now_);
    if (item == nullptr) return refusedAbsent();
    MemoryItem changed = *item;
    changed.deadline = deadlineAfter(m.ttl, item->deadline);
    store_.put(m.key, std::move(changed));
    return {};
  }

  ApplyOutcome operator()(const domain::RestoreMutation& m) const {
    const auto& capture = m.capture;
    const bool isOver = capture.deadline && *capture.deadline <= now_;
    if (!capture.existed() || isOver) {
      store_.erase(capture.key);
      return {};
    }
    if (std::holds_alternative<std::monostate>(capture.logical)) {
      return refused(
          {.code = ErrorCode::notSupported,
           .message = "this snapshot holds a Redis DUMP only, which just a Redis server can restore"});
    }
    store_.put(capture.key, {.value = capture.logical, .deadline = capture.deadline, .flags = capture.flags});
    return {};
  }

 private:
  [[nodiscard]] std::optional<WallTime> deadlineAfter(const domain::TtlChange& ttl,
                                                      std::optional<WallTime> kept) const {
    if (std::holds_alternative<domain::KeepTtl>(ttl)) return kept;
    if (const auto* duration = std::get_if<milliseconds>(&ttl)) return now_ + *duration;
    return std::nullopt;
  }

  MemoryStore& store_;
  WallTime now_;
};

}  // namespace

domain::ValueType typeOf(const domain::LogicalValue& value) {
  using domain::ValueType;
  constexpr std::array kTypes{ValueType::none, ValueType::string, ValueType::hash,  ValueType::list,
                              ValueType::set,  ValueType::zset,   ValueType::stream};
  static_assert(kTypes.size() == std::variant_size_v<domain::LogicalValue>);
  return kTypes[value.index()];
}

ApplyOutcome applyTo(MemoryStore& store, const domain::Mutation& mutation, WallTime now) {
  if (auto checked = checkMutation(mutation); !checked) return refused(checked.error());
  return std::visit(Applier(store, now), mutation);
}

}  // namespace cachify::cache
