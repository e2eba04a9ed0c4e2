#include "cache/redis/small_strings.hpp"

#include "cache/redis/string_dump.hpp"

namespace cachify::cache::redis {
namespace {

using Captures = std::vector<std::optional<domain::Capture>>;

/// So much memory at most: all that is fetched at once lies twice in ours, as replies and as captures.
constexpr std::int64_t kSmall = 4096;
/// Below this nothing is won.
constexpr std::size_t kManyKeys = 64;

std::optional<domain::Capture> smallString(const Bytes& key, const Reply& expiry, Reply& dump) {
  if (dump.isNil()) return domain::Capture{.key = key};
  if (!expiry.isInteger() || expiry.integer == -2 || dump.isError()) return std::nullopt;
  const auto text = stringInDump(dump.text, kSmall);
  if (!text) return std::nullopt;
  domain::Capture capture{.key = key, .type = domain::ValueType::string};
  if (expiry.integer >= 0) capture.deadline = WallTime(std::chrono::milliseconds(expiry.integer));
  capture.sizeBytes = text->size();
  capture.digest = sha256(*text);
  capture.dump = std::move(dump.text);
  return capture;
}

/// Indexes of those that are small; those that are absent are captured already.
Task<std::vector<std::size_t>> smallOnes(RedisConnection& connection, const std::vector<Bytes>& keys,
                                         Captures& captures, CallContext context) {
  Pipeline pipeline;
  for (const Bytes& key : keys) pipeline.add("MEMORY", "USAGE", key);
  auto replies = co_await connection.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  std::vector<std::size_t> small;
  small.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Reply& memory = (*replies)[i];
    if (memory.isNil()) captures[i] = domain::Capture{.key = keys[i]};
    if (memory.isInteger() && memory.integer <= kSmall) small.push_back(i);
  }
  co_return small;
}

}  // namespace

bool mayCaptureQuickly(const Dialect& dialect, const CaptureLimits& limits, std::size_t keys) {
  return dialect.dumps && dialect.pexpireTime && keys >= kManyKeys && limits.maxLogicalBytes == 0 &&
         limits.elements.empty() && limits.maxBytes >= kSmall;
}

Task<Captures> captureSmallStrings(RedisConnection& connection, const std::vector<Bytes>& keys,
                                   CallContext context) {
  Captures captures(keys.size());
  const auto small = co_await smallOnes(connection, keys, captures, context);
  if (!small) co_return fail(small.error());
  if (small->empty()) co_return captures;
  Pipeline pipeline;
  for (const std::size_t i : *small) pipeline.add("PEXPIRETIME", keys[i]).add("DUMP", keys[i]);
  auto replies = co_await connection.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  for (std::size_t k = 0; k < small->size(); ++k) {
    const std::size_t i = (*small)[k];
    captures[i] = smallString(keys[i], (*replies)[2 * k], (*replies)[2 * k + 1]);
  }
  co_return captures;
}

}  // namespace cachify::cache::redis
