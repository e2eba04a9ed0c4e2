#include "actions/key_index.hpp"

#include <algorithm>

#include "actions/view_query.hpp"
#include "core/glob.hpp"
#include "views/memcached_key_index.hpp"

namespace cachify::actions {
namespace {

constexpr char kCursorMark = 'i';
constexpr std::size_t kKeysAtOnce = 1000;

std::string cursorBehind(BytesView key) {
  return kCursorMark + toHex(key);
}

/// Nothing: from the start.
Result<std::optional<Bytes>> keyBefore(std::string_view cursor) {
  if (cursor.empty()) return std::optional<Bytes>();
  auto key = fromHex(cursor.substr(1));
  if (key && KeyIndex::owns(cursor)) return std::optional(std::move(*key));
  return fail(ErrorCode::validationError, "this cursor is not one that a listing gave");
}

}  // namespace

bool KeyIndex::standsInFor(const Error& error) {
  const auto* capability = error.detail("capability");
  const auto* name = capability == nullptr ? nullptr : std::get_if<std::string>(capability);
  return error.code == ErrorCode::notSupported && name != nullptr &&
         *name == wireName(cache::Capability::patternScan);
}

bool KeyIndex::owns(std::string_view cursor) {
  return cursor.starts_with(kCursorMark);
}

Task<std::vector<Bytes>> KeyIndex::known(std::optional<Bytes> after, std::size_t limit) const {
  const views::IndexedKeyFilter filter{
      .connectionId = connection, .after = std::move(after), .limit = std::min(limit, kKeysAtOnce)};
  const auto ask = [&] {
    return queryViews<std::vector<Bytes>>(context,
                                          [&](sqlite3& db) { return views::listIndexedKeys(db, filter); });
  };
  Result<std::vector<Bytes>> keys = co_await onPool(context.blocking, ask);
  co_return keys;
}

Task<KeyPage> KeyIndex::page(cache::ScanRequest request, Describe describe, CallContext call) const {
  KeyPage page{.source = KeySource::index};
  auto after = keyBefore(request.cursor);
  if (!after) co_return std::unexpected(after.error());
  if (request.type && *request.type != domain::ValueType::string) co_return page;
  const std::size_t limit = std::max<std::size_t>(request.limit, 1);
  while (page.keys.size() < limit && page.scanned < std::max<std::uint64_t>(request.maxScanned, 1)) {
    Result<std::vector<Bytes>> keys = co_await known(*after, limit);
    if (!keys) co_return std::unexpected(keys.error());
    page.nextCursor = keys->empty() ? std::string() : cursorBehind(keys->back());
    if (keys->empty()) break;
    page.scanned += keys->size();
    *after = keys->back();
    std::erase_if(*keys, [&](const Bytes& key) { return !globMatches(request.pattern, key); });
    Result<std::vector<cache::KeyDescription>> described = co_await session.describe(*keys, call);
    if (!described) co_return std::unexpected(described.error());
    for (std::size_t i = 0; i < keys->size(); ++i) {
      if ((*described)[i].type == domain::ValueType::none) continue;
      ListedKey listed{.key = std::move((*keys)[i])};
      if (describe == Describe::all) listed.description = (*described)[i];
      page.keys.push_back(std::move(listed));
    }
  }
  co_return page;
}

}  // namespace cachify::actions
