#include "cache/redis/small_strings.hpp"

namespace cachify::cache::redis {
namespace {

/// So much memory at most: all that is fetched at once lies twice in ours, as replies and as captures.
constexpr std::int64_t kSmall = 4096;
/// Below this nothing is won.
constexpr std::size_t kManyKeys = 64;
/// Of one EXISTS.
constexpr std::size_t kAskedTogether = 500;

std::optional<domain::Capture> smallString(Bytes& key, const Reply& expiry, Reply& text) {
  if (expiry.isInteger() && expiry.integer == -2) return domain::Capture{.key = std::move(key)};
  const bool isWhole = text.isText() && text.text.size() <= std::size_t{kSmall};
  // That there is nothing is said of an empty string and of no string: it went meanwhile.
  if (!expiry.isInteger() || !isWhole || text.text.empty()) return std::nullopt;
  domain::Capture capture{.key = std::move(key), .type = domain::ValueType::string};
  if (expiry.integer >= 0) capture.deadline = WallTime(std::chrono::milliseconds(expiry.integer));
  capture.sizeBytes = text.text.size();
  capture.digest = sha256(text.text);
  capture.logical = std::move(text.text);
  return capture;
}

}  // namespace

bool mayCaptureQuickly(const Dialect& dialect, const CaptureLimits& limits, std::size_t keys) {
  return dialect.sets && dialect.pexpireTime && keys >= kManyKeys && limits.maxLogicalBytes == 0 &&
         limits.elements.empty() && limits.maxBytes >= kSmall;
}

Task<void> captureAbsent(RedisConnection& connection, std::vector<Bytes>& keys, QuickCaptures& captures,
                         CallContext context) {
  Pipeline pipeline;
  for (std::size_t first = 0; first < keys.size(); first += kAskedTogether) {
    const std::size_t end = std::min(first + kAskedTogether, keys.size());
    pipeline.begin(1 + end - first);
    pipeline.word(BytesView("EXISTS"));
    for (std::size_t i = first; i < end; ++i) pipeline.word(keys[i]);
  }
  auto replies = co_await connection.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Reply& there = (*replies)[i / kAskedTogether];
    if (there.isInteger() && there.integer == 0) captures[i] = domain::Capture{.key = std::move(keys[i])};
  }
  co_return Result<void>();
}

Task<void> captureSmallStrings(RedisConnection& connection, std::vector<Bytes>& keys, QuickCaptures& captures,
                               CallContext context) {
  std::vector<std::size_t> asked;
  asked.reserve(keys.size());
  Pipeline pipeline;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (captures[i]) continue;
    pipeline.add("PEXPIRETIME", keys[i]).add("GETRANGE", keys[i], 0, kSmall);
    asked.push_back(i);
  }
  if (asked.empty()) co_return Result<void>();
  auto replies = co_await connection.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  for (std::size_t k = 0; k < asked.size(); ++k) {
    const std::size_t i = asked[k];
    captures[i] = smallString(keys[i], (*replies)[2 * k], (*replies)[2 * k + 1]);
  }
  co_return Result<void>();
}

}  // namespace cachify::cache::redis
