#include "raw_redis.hpp"

#include <algorithm>

#include "blocking_redis.hpp"

namespace cachify::bench {

struct RawRedis::Context : BlockingRedis {
  using BlockingRedis::BlockingRedis;

  void send(const Command& words) const {
    std::vector<const char*> texts;
    std::vector<std::size_t> lengths;
    for (const std::string& word : words) {
      texts.push_back(word.data());
      lengths.push_back(word.size());
    }
    redisAppendCommandArgv(handle, static_cast<int>(words.size()), texts.data(), lengths.data());
  }

  [[nodiscard]] OwnedReply scan(const std::string& cursor, std::size_t count) const {
    send({"SCAN", cursor, "COUNT", std::to_string(count)});
    return receive();
  }
};

RawRedis::RawRedis(std::uint16_t port) : context_(std::make_unique<Context>(port)) {}
RawRedis::~RawRedis() = default;

void RawRedis::roundTrip(const std::vector<Command>& commands) {
  for (const Command& command : commands) context_->send(command);
  for (std::size_t i = 0; i < commands.size(); ++i) static_cast<void>(context_->receive());
}

std::vector<std::string> RawRedis::scan(std::string& cursor, std::size_t count) {
  const OwnedReply reply = context_->scan(cursor, count);
  cursor = reply->element[0]->str;
  std::vector<std::string> keys;
  const redisReply& found = *reply->element[1];
  keys.reserve(found.elements);
  for (std::size_t i = 0; i < found.elements; ++i)
    keys.emplace_back(found.element[i]->str, found.element[i]->len);
  return keys;
}

std::size_t RawRedis::countByScan(std::size_t count) {
  std::string cursor = "0";
  std::size_t keys = 0;
  do {
    const OwnedReply reply = context_->scan(cursor, count);
    cursor = reply->element[0]->str;
    keys += reply->element[1]->elements;
  } while (cursor != "0");
  return keys;
}

void RawRedis::fill(std::size_t keys) {
  constexpr std::size_t kAtOnce = 10'000;
  roundTrip({{"FLUSHALL"}});
  for (std::size_t at = 0; at < keys; at += kAtOnce) {
    std::vector<Command> sets;
    for (std::size_t i = at; i < std::min(keys, at + kAtOnce); ++i)
      sets.push_back({"SET", "key:" + std::to_string(i), "value:" + std::to_string(i)});
    roundTrip(sets);
  }
}

}  // namespace cachify::bench
