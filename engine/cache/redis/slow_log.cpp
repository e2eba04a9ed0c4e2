#include "cache/redis/slow_log.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "cache/redis/probe.hpp"
#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {
namespace {

constexpr int kEntries = 128;  // what a server keeps unless told otherwise
constexpr std::size_t kLongestWord = 32;

/// Their second word is part of the name.
constexpr std::array<std::string_view, 17> kContainers{
    "ACL",    "CLIENT", "CLUSTER", "COMMAND", "CONFIG",   "DEBUG",   "FUNCTION", "LATENCY", "MEMORY",
    "MODULE", "OBJECT", "PUBSUB",  "SCRIPT",  "SENTINEL", "SLOWLOG", "XGROUP",   "XINFO"};

/// Those of them whose third word is a key.
constexpr std::array<std::string_view, 4> kContainersWithKey{"MEMORY", "OBJECT", "XGROUP", "XINFO"};

/// Their first argument is a key. In the order of the alphabet.
constexpr std::array<std::string_view, 132> kKeyFirst{"APPEND",      "BITCOUNT",
                                                      "BITFIELD",    "BITFIELD_RO",
                                                      "BITPOS",      "BLMOVE",
                                                      "BLPOP",       "BRPOP",
                                                      "BRPOPLPUSH",  "BZPOPMAX",
                                                      "BZPOPMIN",    "COPY",
                                                      "DECR",        "DECRBY",
                                                      "DEL",         "DUMP",
                                                      "EXISTS",      "EXPIRE",
                                                      "EXPIREAT",    "EXPIRETIME",
                                                      "GEOADD",      "GEODIST",
                                                      "GEOHASH",     "GEOPOS",
                                                      "GEORADIUS",   "GEORADIUSBYMEMBER",
                                                      "GEOSEARCH",   "GEOSEARCHSTORE",
                                                      "GET",         "GETBIT",
                                                      "GETDEL",      "GETEX",
                                                      "GETRANGE",    "GETSET",
                                                      "HDEL",        "HEXISTS",
                                                      "HGET",        "HGETALL",
                                                      "HINCRBY",     "HINCRBYFLOAT",
                                                      "HKEYS",       "HLEN",
                                                      "HMGET",       "HMSET",
                                                      "HRANDFIELD",  "HSCAN",
                                                      "HSET",        "HSETNX",
                                                      "HSTRLEN",     "HVALS",
                                                      "INCR",        "INCRBY",
                                                      "INCRBYFLOAT", "LINDEX",
                                                      "LINSERT",     "LLEN",
                                                      "LMOVE",       "LPOP",
                                                      "LPOS",        "LPUSH",
                                                      "LPUSHX",      "LRANGE",
                                                      "LREM",        "LSET",
                                                      "LTRIM",       "MGET",
                                                      "MOVE",        "MSET",
                                                      "MSETNX",      "PERSIST",
                                                      "PEXPIRE",     "PEXPIREAT",
                                                      "PEXPIRETIME", "PFADD",
                                                      "PFCOUNT",     "PFMERGE",
                                                      "PSETEX",      "PTTL",
                                                      "RENAME",      "RENAMENX",
                                                      "RESTORE",     "RPOP",
                                                      "RPOPLPUSH",   "RPUSH",
                                                      "RPUSHX",      "SADD",
                                                      "SCARD",       "SDIFF",
                                                      "SDIFFSTORE",  "SET",
                                                      "SETBIT",      "SETEX",
                                                      "SETNX",       "SETRANGE",
                                                      "SINTER",      "SINTERSTORE",
                                                      "SISMEMBER",   "SMEMBERS",
                                                      "SMISMEMBER",  "SMOVE",
                                                      "SORT",        "SORT_RO",
                                                      "SPOP",        "SRANDMEMBER",
                                                      "SREM",        "SSCAN",
                                                      "STRLEN",      "SUNION",
                                                      "SUNIONSTORE", "TOUCH",
                                                      "TTL",         "TYPE",
                                                      "UNLINK",      "XADD",
                                                      "XDEL",        "XLEN",
                                                      "XRANGE",      "XREVRANGE",
                                                      "XTRIM",       "ZADD",
                                                      "ZCARD",       "ZCOUNT",
                                                      "ZINCRBY",     "ZRANGE",
                                                      "ZRANGEBYLEX", "ZRANGEBYSCORE",
                                                      "ZRANK",       "ZREM",
                                                      "ZREVRANGE",   "ZREVRANGEBYSCORE",
                                                      "ZSCAN",       "ZSCORE"};
static_assert(std::ranges::is_sorted(kKeyFirst));

/// Upper case; "?" for what cannot be a name.
std::string nameOf(BytesView word) {
  const auto belongs = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  if (word.empty() || word.size() > kLongestWord || !std::ranges::all_of(word, belongs)) return "?";
  std::string name(word);
  for (char& c : name) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// A server keeps 32 words of a command; the last one then says "... (17 more arguments)".
std::uint32_t argumentsIn(std::span<const Reply> words) {
  constexpr std::string_view kBegin = "... (";
  constexpr std::string_view kEnd = " more arguments)";
  std::uint32_t count = static_cast<std::uint32_t>(words.size()) - 1;
  const std::string_view last = words.back().text;
  if (!last.starts_with(kBegin) || !last.ends_with(kEnd)) return count;
  const auto digits = last.substr(kBegin.size(), last.size() - kBegin.size() - kEnd.size());
  std::uint32_t more = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), more);
  if (error != std::errc() || end != digits.data() + digits.size()) return count;
  return count - 1 + more;
}

Bytes patternOfScan(std::span<const Reply> words) {
  for (std::size_t i = 2; i + 1 < words.size(); i += 2) {
    if (nameOf(words[i].text) == "MATCH") return words[i + 1].text;
  }
  return {};
}

SlowLogEntry entryOf(const std::vector<Reply>& fields, const std::string& runId) {
  CommandSummary summary = summaryOf(fields[3].elements);
  SlowLogEntry entry{.runId = runId,
                     .id = static_cast<std::uint64_t>(fields[0].integer),
                     .at = WallTime(std::chrono::seconds(fields[1].integer)),
                     .duration = std::chrono::microseconds(fields[2].integer),
                     .command = std::move(summary.command),
                     .keyOrPattern = std::move(summary.keyOrPattern),
                     .argumentCount = summary.argumentCount};
  // Since 4.0.
  if (fields.size() > 4) entry.client = fields[4].text;
  if (fields.size() > 5 && !fields[5].text.empty()) entry.client += " " + fields[5].text;
  return entry;
}

bool isEntry(const Reply& reply) {
  constexpr std::int64_t kLastSecond = 253'402'300'799;  // of the year 9999
  const auto& fields = reply.elements;
  return reply.isArray() && fields.size() >= 4 && fields[0].isInteger() && fields[0].integer >= 0 &&
         fields[1].isInteger() && fields[1].integer >= 0 && fields[1].integer <= kLastSecond &&
         fields[2].isInteger() && fields[2].integer >= 0 && fields[3].isArray() &&
         !fields[3].elements.empty();
}

}  // namespace

CommandSummary summaryOf(std::span<const Reply> words) {
  if (words.empty()) return {.command = "?", .keyOrPattern = {}};
  CommandSummary summary{
      .command = nameOf(words[0].text), .keyOrPattern = {}, .argumentCount = argumentsIn(words)};
  const std::string name = summary.command;
  const bool contains = isOneOf(kContainers, name);
  if (contains && words.size() > 1) summary.command += " " + nameOf(words[1].text);
  if (name == "SCAN") {
    summary.keyOrPattern = patternOfScan(words);
  } else if (isOneOf(kContainersWithKey, name) && words.size() > 2) {
    summary.keyOrPattern = words[2].text;
  } else if (words.size() > 1 && (name == "KEYS" || std::ranges::binary_search(kKeyFirst, name))) {
    summary.keyOrPattern = words[1].text;
  }
  return summary;
}

SlowLog slowLogOf(const Reply& reply, const std::string& runId) {
  SlowLog log;
  for (const Reply& entry : reply.elements) {
    if (isEntry(entry)) log.push_back(entryOf(entry.elements, runId));
  }
  std::ranges::sort(log, {}, &SlowLogEntry::id);
  return log;
}

Task<SlowLog> slowLog(SharedBackend backend, CallContext context) {
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  Pipeline pipeline;
  pipeline.add("INFO", "server").add("SLOWLOG", "GET", kEntries);
  auto replies = co_await (*lease)->exchange(pipeline, context);
  if (!replies) co_return fail(std::move(replies).error());
  const Reply& entries = (*replies)[1];
  if (entries.isError()) co_return fail(classify(entries.text));
  const Reply& info = (*replies)[0];
  const std::string runId(info.isText() ? infoField(info.text, "run_id") : "");
  co_return slowLogOf(entries, runId);
}

}  // namespace cachify::cache::redis
