#include "cache/redis/small_strings.hpp"

#include <fmt/format.h>

#include <span>

#include "cache/redis/info.hpp"

namespace cachify::cache::redis {
namespace {

/// So much memory at most: all that is fetched at once lies twice in ours, as replies and as captures.
constexpr std::int64_t kSmall = 4096;
/// Below this nothing is won.
constexpr std::size_t kManyKeys = 64;
/// Of one EXISTS.
constexpr std::size_t kAskedTogether = 500;
/// What PEXPIRETIME answers besides times.
constexpr std::int64_t kNoDeadline = -1;
constexpr std::int64_t kAbsent = -2;

/// Whether INFO says of the database that it has keys, and that none of them expires.
bool saysNothingExpires(const Reply& info, std::uint32_t dbIndex) {
  if (!info.isText()) return false;
  const std::string name = fmt::format("db{}", dbIndex);
  for (const auto& section : sectionsOf(info.text)) {
    for (const auto& [database, counts] : section.values)
      if (database == name) return (counts + ',').find(",expires=0,") != std::string::npos;
  }
  return false;
}

/// Leaves `capture` alone where the reply does not tell all.
void takeSmallString(Bytes& key, std::int64_t deadlineMs, Reply& text,
                     std::optional<domain::Capture>& capture) {
  if (deadlineMs == kAbsent) {
    capture.emplace().key = std::move(key);
    return;
  }
  const bool isWhole = text.isText() && text.text.size() <= std::size_t{kSmall};
  // That there is nothing is said of an empty string and of no string: it went meanwhile.
  if (!isWhole || text.text.empty()) return;
  capture.emplace().key = std::move(key);
  capture->type = domain::ValueType::string;
  if (deadlineMs >= 0) capture->deadline = WallTime(std::chrono::milliseconds(deadlineMs));
  capture->sizeBytes = text.text.size();
  capture->digest = sha256(text.text);
  capture->logical = std::move(text.text);
}

/// Asks the database once instead of each key whether it expires: before and after, so that it holds for what
/// was read between. False where that is not so; nothing is captured then.
Task<bool> captureWithoutDeadlines(RedisConnection& connection, std::uint32_t dbIndex,
                                   std::span<const std::size_t> asked, std::vector<Bytes>& keys,
                                   QuickCaptures& captures, CallContext context) {
  Pipeline pipeline;
  pipeline.add("INFO", "keyspace");
  for (const std::size_t i : asked) pipeline.add("GETRANGE", keys[i], 0, kSmall);
  pipeline.add("INFO", "keyspace");
  auto replies = co_await connection.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  if (!saysNothingExpires(replies->front(), dbIndex) || !saysNothingExpires(replies->back(), dbIndex))
    co_return false;
  for (std::size_t k = 0; k < asked.size(); ++k)
    takeSmallString(keys[asked[k]], kNoDeadline, (*replies)[k + 1], captures[asked[k]]);
  co_return true;
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

Task<void> captureSmallStrings(Backend& backend, RedisConnection& connection, std::vector<Bytes>& keys,
                               QuickCaptures& captures, CallContext context) {
  std::vector<std::size_t> asked;
  asked.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!captures[i]) asked.push_back(i);
  }
  if (asked.empty()) co_return Result<void>();
  if (backend.nothingExpires) {
    auto done = co_await captureWithoutDeadlines(connection, backend.dbIndex, asked, keys, captures, context);
    if (!done) co_return fail(std::move(done).error());
    backend.nothingExpires = *done;
    if (*done) co_return Result<void>();
  }
  Pipeline pipeline;
  for (const std::size_t i : asked) pipeline.add("PEXPIRETIME", keys[i]).add("GETRANGE", keys[i], 0, kSmall);
  const bool asksKeyspace = backend.tellsKeyspace;
  if (asksKeyspace) pipeline.add("INFO", "keyspace");
  auto replies = co_await connection.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  for (std::size_t k = 0; k < asked.size(); ++k) {
    const Reply& deadline = (*replies)[2 * k];
    if (!deadline.isInteger()) continue;
    takeSmallString(keys[asked[k]], deadline.integer, (*replies)[2 * k + 1], captures[asked[k]]);
  }
  if (asksKeyspace) {
    backend.tellsKeyspace = replies->back().isText();
    backend.nothingExpires = saysNothingExpires(replies->back(), backend.dbIndex);
  }
  co_return Result<void>();
}

}  // namespace cachify::cache::redis
