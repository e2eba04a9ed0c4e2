#include "cache/redis/describe.hpp"

#include "cache/redis/content.hpp"

namespace cachify::cache::redis {
namespace {

using domain::ValueType;

KeyDescription describedBy(const Reply& type, const Reply& pttl) {
  KeyDescription description;
  description.type = typeOf(type);
  if (pttl.isInteger() && pttl.integer >= 0) description.ttl = std::chrono::milliseconds(pttl.integer);
  if (pttl.isInteger() && pttl.integer == -2) description.type = ValueType::none;
  return description;
}

}  // namespace

Task<std::vector<KeyDescription>> describe(SharedBackend backend, std::vector<Bytes> keys,
                                           CallContext context) {
  std::vector<KeyDescription> descriptions;
  if (keys.empty()) co_return descriptions;
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  Pipeline basics;
  for (const Bytes& key : keys) basics.add("TYPE", key).add("PTTL", key);
  auto known = co_await (*lease)->exchange(basics, context);
  if (!known) co_return fail(std::move(known).error());
  Pipeline sizes;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    descriptions.push_back(describedBy((*known)[2 * i], (*known)[2 * i + 1]));
    const ValueType type = descriptions.back().type;
    if (type == ValueType::none) continue;
    if (type == ValueType::string) {
      sizes.add("STRLEN", keys[i]);
    } else {
      sizes.add("MEMORY", "USAGE", keys[i]);
    }
  }
  if (sizes.empty()) co_return descriptions;
  auto measured = co_await (*lease)->exchange(sizes, context);
  if (!measured) co_return fail(std::move(measured).error());
  auto next = measured->begin();
  for (KeyDescription& description : descriptions) {
    if (description.type == ValueType::none) continue;
    if (next->isInteger()) description.sizeBytes = static_cast<std::uint64_t>(next->integer);
    ++next;
  }
  co_return descriptions;
}

}  // namespace cachify::cache::redis
