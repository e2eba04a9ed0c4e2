#include "cache/redis/backend.hpp"

#include <random>

#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {
namespace {

Bytes randomName() {
  std::random_device random;
  Bytes name = "cachify-studio:absent:";
  for (int i = 0; i < 4; ++i) {
    const auto word = random();
    name += toHex(BytesView(reinterpret_cast<const char*>(&word), sizeof word));
  }
  return name;
}

bool isMissing(const Reply& reply) {
  return reply.isError() && (refusesCommand(reply.text) || isUnknownCommand(reply.text));
}

bool lacksOption(const Reply& reply) {
  return reply.isError() && isSyntaxError(reply.text);
}

}  // namespace

SharedBackend makeBackend(boost::asio::any_io_executor executor, Login login) {
  auto backend = std::make_shared<Backend>();
  backend->pool = std::make_shared<ConnectionPool>(std::move(executor), std::move(login));
  backend->absentKey = randomName();
  return backend;
}

Task<Dialect> dialectOf(SharedBackend backend, RedisConnection& connection, CallContext context) {
  if (backend->dialect) co_return *backend->dialect;
  co_return co_await learnDialect(backend, connection, std::move(context));
}

Task<Dialect> learnDialect(SharedBackend backend, RedisConnection& connection, CallContext context) {
  const Bytes& key = backend->absentKey;
  Pipeline tries;
  tries.add("DUMP", key).add("RESTORE", key, 0, "no payload").add("UNLINK", key);
  tries.add("SET", key, "", "XX", "KEEPTTL").add("SET", key, "", "XX", "PXAT", 1LL << 42);
  tries.add("PEXPIRETIME", key).add("SCAN", 0, "COUNT", 1, "TYPE", "string");
  tries.add("WATCH", key).add("MULTI").add("EXEC");
  auto replies = co_await connection.exchange(tries, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  const auto& r = *replies;
  Dialect dialect;
  dialect.dumps = !isMissing(r[0]) && !isMissing(r[1]);
  dialect.unlink = !isMissing(r[2]);
  dialect.setKeepTtl = !lacksOption(r[3]);
  dialect.setPxAt = !lacksOption(r[4]);
  dialect.pexpireTime = !isMissing(r[5]);
  dialect.scanType = !lacksOption(r[6]);
  dialect.transactions = !isMissing(r[7]) && !isMissing(r[8]) && !isMissing(r[9]);
  backend->dialect = dialect;
  co_return dialect;
}

}  // namespace cachify::cache::redis
