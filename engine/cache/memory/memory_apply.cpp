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
    if (m.mode == domain::SetMode::add && old != nullptr)
      return refused({.code = ErrorCode::conflict, .message = "the key exists already"});
    if (m.mode == domain::SetMode::replace && old == nullptr) return refusedAbsent();
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
    // This cache keeps every value whole.
    if (capture.isPart())
      return refused({.code = ErrorCode::notSupported, .message = "this is a snapshot of another cache"});
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

  ApplyOutcome operator()(const domain::TouchMutation& m) const {
    return store_.find(m.key, now_) == nullptr ? refusedAbsent() : ApplyOutcome();
  }

  ApplyOutcome operator()(const domain::EditMutation& m) const {
    const MemoryItem* old = store_.find(m.key, now_);
    MemoryItem item = old == nullptr ? MemoryItem() : *old;
    if (std::holds_alternative<domain::ExpireFields>(m.change)) {
      return refused({.code = ErrorCode::notSupported, .message = "fields have no TTL of their own here"});
    }
    const auto change =
        domain::takesServerId(m.change) ? withId(std::get<domain::AddEntry>(m.change), item.value) : m.change;
    auto changed = domain::applyChange(std::move(item.value), change);
    if (!changed) return refused(std::move(changed).error());
    if (changed->value.index() == 0) {
      store_.erase(m.key);
    } else {
      item.value = std::move(changed->value);
      store_.put(m.key, std::move(item));
    }
    return {.status = ApplyStatus::applied, .error = {}, .result = std::move(changed->result)};
  }

 private:
  /// The time, or right after the last entry where that is later.
  [[nodiscard]] domain::AddEntry withId(domain::AddEntry entry, const domain::LogicalValue& value) const {
    using std::chrono::duration_cast;
    const auto now = duration_cast<milliseconds>(now_.time_since_epoch()).count();
    domain::StreamId id{.time = static_cast<std::uint64_t>(now)};
    const auto* stream = std::get_if<domain::StreamValue>(&value);
    if (stream != nullptr && !stream->entries.empty()) {
      const auto last = domain::parseStreamId(stream->entries.back().id).value_or(domain::StreamId());
      if (id <= last) id = {.time = last.time, .sequence = last.sequence + 1};
    }
    entry.id = id.toString();
    return entry;
  }

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

ApplyOutcome applyTo(MemoryStore& store, const domain::Mutation& mutation, WallTime now) {
  if (auto checked = checkMutation(mutation); !checked) return refused(checked.error());
  return std::visit(Applier(store, now), mutation);
}

}  // namespace cachify::cache
