#include "bulk_redis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <string_view>

#include "blocking_redis.hpp"

namespace cachify::bench {
namespace {

constexpr std::size_t kPipelined = 1'000;

/// Appends one command as https://redis.io/docs/reference/protocol-spec says.
void write(std::string& out, std::initializer_list<std::string_view> words) {
  fmt::format_to(std::back_inserter(out), "*{}\r\n", words.size());
  for (const std::string_view word : words) {
    fmt::format_to(std::back_inserter(out), "${}\r\n", word.size());
    out.append(word).append("\r\n");
  }
}

std::string_view textOf(const redisReply& reply) {
  return {reply.str, reply.len};
}

}  // namespace

std::string keyName(std::size_t number) {
  return fmt::format("key:{:012}", number);
}

struct BulkRedis::Context : BlockingRedis {
  using BlockingRedis::BlockingRedis;

  void append(const std::string& wire) const {
    redisAppendFormattedCommand(handle, wire.data(), wire.size());
  }
  [[nodiscard]] OwnedReply ask(std::initializer_list<std::string_view> words) const {
    std::string wire;
    write(wire, words);
    append(wire);
    return receive();
  }
  void unlink(redisReply* const* keys, std::size_t count) const {
    std::string wire = fmt::format("*{}\r\n$6\r\nUNLINK\r\n", count + 1);
    for (std::size_t i = 0; i < count; ++i) {
      fmt::format_to(std::back_inserter(wire), "${}\r\n", keys[i]->len);
      wire.append(textOf(*keys[i])).append("\r\n");
    }
    append(wire);
    static_cast<void>(receive());
  }
};

BulkRedis::BulkRedis(std::uint16_t port) : context_(std::make_unique<Context>(port)) {}
BulkRedis::~BulkRedis() = default;

void BulkRedis::empty() {
  static_cast<void>(context_->ask({"FLUSHALL"}));
}

void BulkRedis::fill(std::size_t keys) {
  empty();
  for (std::size_t first = 0; first < keys; first += kPipelined) {
    const std::size_t end = std::min(keys, first + kPipelined);
    std::string wire;
    for (std::size_t i = first; i < end; ++i) write(wire, {"SET", keyName(i), fmt::format("value:{}", i)});
    context_->append(wire);
    for (std::size_t i = first; i < end; ++i) static_cast<void>(context_->receive());
  }
}

std::size_t BulkRedis::size() {
  return static_cast<std::size_t>(context_->ask({"DBSIZE"})->integer);
}

void BulkRedis::scanAndUnlink(const std::string& pattern) {
  std::string cursor = "0";
  do {
    const OwnedReply page = context_->ask({"SCAN", cursor, "MATCH", pattern, "COUNT", "10000"});
    cursor = textOf(*page->element[0]);
    const redisReply& keys = *page->element[1];
    for (std::size_t at = 0; at < keys.elements; at += kPipelined)
      context_->unlink(keys.element + at, std::min(kPipelined, keys.elements - at));
  } while (cursor != "0");
}

BulkRedis::Pipeline BulkRedis::restorePipeline(std::size_t keys) {
  Pipeline pipeline{.roundTrips = {}, .commands = keys};
  for (std::size_t first = 0; first < keys; first += kPipelined) {
    const std::size_t end = std::min(keys, first + kPipelined);
    std::string wire;
    for (std::size_t i = first; i < end; ++i) write(wire, {"DUMP", keyName(i)});
    context_->append(wire);
    std::string restores;
    for (std::size_t i = first; i < end; ++i) {
      const OwnedReply dump = context_->receive();
      write(restores, {"RESTORE", keyName(i), "0", textOf(*dump)});
    }
    pipeline.roundTrips.push_back(std::move(restores));
  }
  return pipeline;
}

namespace {

constexpr std::size_t kSampled = 10'000;

std::size_t sampleStep(std::size_t keys) {
  return std::max<std::size_t>(keys / kSampled, 1);
}

/// Of every second key of the sample; the others have none.
long long deadlineOf(std::size_t number, std::size_t step) {
  constexpr long long kFarAhead = 4'000'000'000'000;
  return number / step % 2 == 0 ? kFarAhead + static_cast<long long>(number) : -1;
}

}  // namespace

void BulkRedis::giveDeadlines(std::size_t keys) {
  const std::size_t step = sampleStep(keys);
  for (std::size_t i = 0; i < keys; i += step) {
    const long long deadline = deadlineOf(i, step);
    if (deadline >= 0) static_cast<void>(context_->ask({"PEXPIREAT", keyName(i), std::to_string(deadline)}));
  }
}

void BulkRedis::checkSample(std::size_t keys) {
  const std::size_t step = sampleStep(keys);
  for (std::size_t i = 0; i < keys; i += step) {
    const OwnedReply value = context_->ask({"GET", keyName(i)});
    const OwnedReply deadline = context_->ask({"PEXPIRETIME", keyName(i)});
    const bool isSame = value->str != nullptr && textOf(*value) == fmt::format("value:{}", i) &&
                        deadline->integer == deadlineOf(i, step);
    if (!isSame) throw std::runtime_error(keyName(i) + " is not as it was");
  }
}

void BulkRedis::send(const Pipeline& pipeline) {
  std::size_t left = pipeline.commands;
  for (const std::string& wire : pipeline.roundTrips) {
    context_->append(wire);
    for (std::size_t i = std::min(left, kPipelined); i > 0; --i, --left)
      static_cast<void>(context_->receive());
  }
}

}  // namespace cachify::bench
