#include "cache/memory/memory_cache.hpp"

#include <algorithm>

#include "cache/capture_rules.hpp"
#include "cache/memory/memory_apply.hpp"
#include "cache/memory/memory_events.hpp"
#include "cache/memory/memory_paging.hpp"
#include "cache/read_range.hpp"
#include "core/glob.hpp"

namespace cachify::cache {
namespace {

using std::chrono::milliseconds;

// A cursor is this letter and the base64 of the last key looked at; the letter keeps the cursor behind an
// empty key apart from "from the start".
constexpr char kCursorMark = 'k';

Result<std::optional<Bytes>> parseCursor(std::string_view cursor) {
  if (cursor.empty()) return std::optional<Bytes>();
  if (cursor.front() == kCursorMark) {
    if (auto key = fromBase64(cursor.substr(1))) return std::optional(std::move(*key));
  }
  return noSuchCursor(cursor);
}

std::optional<milliseconds> remaining(const MemoryItem& item, WallTime now) {
  if (!item.deadline) return std::nullopt;
  return std::chrono::ceil<milliseconds>(*item.deadline - now);
}

}  // namespace

MemoryCache::MemoryCache(std::shared_ptr<const Clock> clock) : clock_(std::move(clock)) {
  store_.onExpired = [this](const Bytes& key) { publish({.event = "expired", .key = key}); };
}

void MemoryCache::tell(std::weak_ptr<const KeyEventListener> listener) {
  const std::lock_guard lock(mutex_);
  listeners_.push_back(std::move(listener));
}

void MemoryCache::publish(const KeyEvent& event) {
  std::erase_if(listeners_, [](const auto& known) { return known.expired(); });
  for (const auto& known : listeners_) {
    if (const auto listener = known.lock()) (*listener)(event);
  }
}

WallTime MemoryCache::now() const {
  const std::lock_guard lock(mutex_);
  return nowLocked();
}

void MemoryCache::advance(milliseconds time) {
  const std::lock_guard lock(mutex_);
  advanced_ += time;
}

void MemoryCache::put(BytesView key, MemoryItem item) {
  const std::lock_guard lock(mutex_);
  const auto event = fillEventOf(typeOf(item.value));
  store_.put(key, std::move(item));
  publish({.event = std::string(event), .key = Bytes(key)});
}

void MemoryCache::erase(BytesView key) {
  const std::lock_guard lock(mutex_);
  if (store_.find(key, nowLocked()) == nullptr) return;
  store_.erase(key);
  publish({.event = "del", .key = Bytes(key)});
}

std::optional<MemoryItem> MemoryCache::find(BytesView key) {
  const std::lock_guard lock(mutex_);
  const MemoryItem* item = store_.find(key, nowLocked());
  return item == nullptr ? std::nullopt : std::optional(*item);
}

Result<ScanPage> MemoryCache::scan(const ScanRequest& request) {
  auto after = parseCursor(request.cursor);
  if (!after) return std::unexpected(after.error());
  const std::lock_guard lock(mutex_);
  ScanPage page;
  Bytes last;
  store_.walk(*after, nowLocked(), [&](const Bytes& key, const MemoryItem& item) {
    const bool full = page.keys.size() >= std::max(request.limit, 1U) ||
                      page.scanned >= std::max<std::uint64_t>(request.maxScanned, 1);
    if (full) {
      page.nextCursor = kCursorMark + toBase64(last);
      return false;
    }
    ++page.scanned;
    last = key;
    const bool wanted = !request.type || *request.type == typeOf(item.value);
    if (wanted && globMatches(request.pattern, key)) page.keys.push_back(key);
    return true;
  });
  page.total = store_.size();
  return page;
}

KeyDescription MemoryCache::describe(BytesView key) {
  const std::lock_guard lock(mutex_);
  const auto now = nowLocked();
  const MemoryItem* item = store_.find(key, now);
  if (item == nullptr) return {};
  return {.type = typeOf(item->value),
          .ttl = remaining(*item, now),
          .sizeBytes = domain::contentBytes(item->value)};
}

Result<ReadValue> MemoryCache::read(BytesView key, const ReadRange& range) {
  const std::lock_guard lock(mutex_);
  const auto now = nowLocked();
  const MemoryItem* item = store_.find(key, now);
  const auto type = item == nullptr ? domain::ValueType::none : typeOf(item->value);
  if (range.type == domain::ValueType::json)
    return fail(ErrorCode::notSupported, "this cache has no RedisJSON module");
  if (auto valid = checkType(type, range); !valid) return std::unexpected(valid.error());
  if (auto valid = checkRange(type, range); !valid) return std::unexpected(valid.error());
  if (item == nullptr) return ReadValue{};
  auto page = pageOf(item->value, range);
  if (!page) return page;
  page->type = type;
  page->ttl = remaining(*item, now);
  page->flags = item->flags;
  return page;
}

domain::Capture MemoryCache::capture(BytesView key, const CaptureLimits& limits, HeldKey* held) {
  const std::lock_guard lock(mutex_);
  const MemoryItem* item = store_.find(key, nowLocked());
  if (held != nullptr) *held = {.key = Bytes(key), .version = item == nullptr ? 0 : item->version};
  domain::Capture capture{.key = Bytes(key)};
  if (item == nullptr) return capture;
  capture.type = typeOf(item->value);
  capture.deadline = item->deadline;
  capture.flags = item->flags;
  capture.sizeBytes = domain::contentBytes(item->value);
  if (capture.sizeBytes > limits.maxBytes) {
    capture.notCaptured = tooLargeToCapture(capture.sizeBytes, limits);
    return capture;
  }
  capture.logical = item->value;
  capture.digest = domain::contentDigest(item->value);
  return capture;
}

ApplyOutcome MemoryCache::apply(const domain::Mutation& mutation, const std::vector<HeldKey>& held) {
  const std::lock_guard lock(mutex_);
  const auto now = nowLocked();
  const bool unchanged = std::ranges::all_of(
      held, [&](const HeldKey& key) { return store_.versionOf(key.key, now) == key.version; });
  if (!unchanged) return {.status = ApplyStatus::changed, .error = changedSinceCapture()};
  const Bytes key(domain::keysOf(mutation).front());
  const bool existed = store_.find(key, now) != nullptr;
  ApplyOutcome outcome = applyTo(store_, mutation, now);
  if (outcome.status != ApplyStatus::applied) return outcome;
  const bool exists = store_.find(key, now) != nullptr;
  for (const KeyEvent& event : keyEventsOf(mutation, existed, exists)) publish(event);
  return outcome;
}

}  // namespace cachify::cache
