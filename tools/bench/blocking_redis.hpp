#pragma once
// One blocking connection by hiredis: what the plain clients of the benchmarks share.

#include <hiredis/hiredis.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

namespace cachify::bench {

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using OwnedReply = std::unique_ptr<redisReply, FreeReply>;

/// Throws std::runtime_error for whatever goes wrong, error replies included.
struct BlockingRedis {
  redisContext* handle = nullptr;

  explicit BlockingRedis(std::uint16_t port) : handle(redisConnect("127.0.0.1", port)) {
    if (handle == nullptr || handle->err != 0) throw std::runtime_error("cannot reach the Redis server");
  }
  ~BlockingRedis() { redisFree(handle); }
  BlockingRedis(const BlockingRedis&) = delete;
  BlockingRedis& operator=(const BlockingRedis&) = delete;

  [[nodiscard]] OwnedReply receive() const {
    void* raw = nullptr;
    if (redisGetReply(handle, &raw) != REDIS_OK) throw std::runtime_error(handle->errstr);
    OwnedReply reply(static_cast<redisReply*>(raw));
    if (reply->type == REDIS_REPLY_ERROR) throw std::runtime_error(reply->str);
    return reply;
  }
};

}  // namespace cachify::bench
