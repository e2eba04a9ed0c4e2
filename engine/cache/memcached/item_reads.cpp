#include "cache/memcached/item_reads.hpp"

#include <algorithm>

#include "cache/capture_rules.hpp"
#include "cache/memcached/expiry.hpp"
#include "cache/memcached/memcached_error.hpp"

namespace cachify::cache::memcached {
namespace {

Result<std::string> pipelineOfGets(const Dialect& dialect, const std::vector<Bytes>& keys, Part part) {
  std::string request;
  for (const auto& key : keys) {
    auto wire = dialect.keyFor(key);
    if (!wire) return fail(wire.error());
    dialect.appendGet(request, *wire, part);
  }
  return request;
}

Item itemFrom(Reply&& reply) {
  Item item;
  item.flags = static_cast<std::uint32_t>(reply.number('f', 0));
  item.cas = reply.cas();
  item.ttl = remainingTtl(reply.number('t', -1));
  if (!reply.flag('t')) {
    item.ttlNotRead = Error{.code = ErrorCode::notSupported,
                            .message = "this server's version does not tell what is left of a TTL"};
  }
  item.sizeBytes = static_cast<std::uint64_t>(std::max<std::int64_t>(reply.number('s', 0), 0));
  item.value = std::move(reply.value);
  return item;
}

Task<Items> fetch(MemcachedConnection& connection, const std::vector<Bytes>& keys, Part part,
                  CallContext context) {
  auto request = pipelineOfGets(connection.dialect(), keys, part);
  if (!request) co_return fail(request.error());
  auto replies = co_await connection.exchangeCounted(std::move(*request), keys.size(), context);
  if (!replies) co_return fail(replies.error());
  Items items;
  items.reserve(keys.size());
  for (auto& reply : *replies) {
    if (reply.kind == ReplyKind::miss || reply.kind == ReplyKind::end) {
      items.emplace_back();
    } else if (reply.kind == ReplyKind::value || reply.kind == ReplyKind::done) {
      items.emplace_back(itemFrom(std::move(reply)));
    } else {
      co_return fail(errorFrom(reply));
    }
  }
  co_return items;
}

CapturedItem captureFrom(const Bytes& key, std::optional<Item> item, WallTime now,
                         const CaptureLimits& limits) {
  CapturedItem captured{.capture = {.key = key}, .cas = 0};
  if (!item) return captured;
  auto& capture = captured.capture;
  captured.cas = item->cas;
  capture.type = domain::ValueType::string;
  if (item->ttl) capture.deadline = now + *item->ttl;
  capture.deadlineNotRead = std::move(item->ttlNotRead);
  capture.sizeBytes = item->sizeBytes;
  capture.flags = item->flags;
  if (item->sizeBytes > limits.maxBytes) {
    capture.notCaptured = tooLargeToCapture(item->sizeBytes, limits);
    return captured;
  }
  capture.digest = domain::contentDigest(item->value);
  capture.logical = std::move(item->value);
  return captured;
}

/// Leaves out the values above the limit, so that a huge item is not fetched to be thrown away.
Task<Items> fetchSmall(MemcachedConnection& connection, const std::vector<Bytes>& keys, CaptureLimits limits,
                       CallContext context) {
  auto headers = co_await fetch(connection, keys, Part::header, context);
  if (!headers) co_return fail(headers.error());
  std::vector<Bytes> small;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if ((*headers)[i] && (*headers)[i]->sizeBytes <= limits.maxBytes) small.push_back(keys[i]);
  }
  auto items = co_await fetch(connection, small, Part::value, context);
  if (!items) co_return fail(items.error());
  auto next = items->begin();
  for (auto& header : *headers) {
    if (header && header->sizeBytes <= limits.maxBytes) header = std::move(*next++);
  }
  co_return std::move(*headers);
}

}  // namespace

Task<Items> fetchItems(MemcachedConnection& connection, std::vector<Bytes> keys, CallContext context) {
  co_return co_await fetch(connection, keys, Part::value, context);
}

Task<Items> fetchHeaders(MemcachedConnection& connection, std::vector<Bytes> keys, CallContext context) {
  co_return co_await fetch(connection, keys, Part::header, context);
}

Task<Items> fetchWithTtls(MemcachedConnection& connection, TtlSource& ttls, std::vector<Bytes> keys,
                          Part part, CallContext context) {
  auto items = co_await fetch(connection, keys, part, context);
  if (!items) co_return fail(items.error());
  auto filled = co_await ttls.fill(keys, *items, context);
  if (!filled) co_return fail(filled.error());
  co_return std::move(*items);
}

Task<std::vector<CapturedItem>> captureItems(MemcachedConnection& connection, ServerFacts facts,
                                             TtlSource& ttls, std::vector<Bytes> keys, CaptureLimits limits,
                                             CallContext context) {
  Result<Items> items;
  if (facts.maxItemBytes <= limits.maxBytes || !facts.dialect->isMeta()) {
    items = co_await fetch(connection, keys, Part::value, context);
  } else {
    items = co_await fetchSmall(connection, keys, limits, context);
  }
  if (!items) co_return fail(items.error());
  auto filled = co_await ttls.fill(keys, *items, context);
  if (!filled) co_return fail(filled.error());
  const WallTime now = facts.serverNow();
  std::vector<CapturedItem> captures;
  captures.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    captures.push_back(captureFrom(keys[i], std::move((*items)[i]), now, limits));
  }
  co_return captures;
}

}  // namespace cachify::cache::memcached
