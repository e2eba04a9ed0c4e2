#include "cache/redis/backend.hpp"

#include <random>
#include <span>

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

/// Commands that change nothing and that a release brought: who knows the command is at least that new. Asked
/// of commands, not of INFO, because INFO may be refused and a proxy may know less than the server behind it.
void addReleaseQuestions(Pipeline& questions, BytesView key) {
  questions.add("MEMORY", "USAGE", key).add("ACL", "WHOAMI").add("ZRANDMEMBER", key).add("PEXPIRETIME", key);
}

void learnRelease(Dialect& dialect, std::span<const Reply> replies) {
  const auto knows = [&](std::size_t i) { return !isUnknownCommand(replies[i].text); };
  dialect.pexpireTime = knows(3);
  dialect.setPxAt = dialect.pexpireTime || knows(2);
  dialect.setKeepTtl = dialect.scanType = dialect.setPxAt || knows(1);
  dialect.unlink = dialect.setKeepTtl || knows(0);
}

/// Queued in a transaction the server says whether they may be run, and they never are.
Task<void> learnWriteRights(Dialect& dialect, RedisConnection& connection, BytesView key,
                            CallContext context) {
  Pipeline queued;
  queued.add("RESTORE", key, 0, "no payload").add("UNLINK", key).add("SET", key, "").add("DISCARD");
  std::vector<Reply> answers;
  auto done = co_await connection.exchange(queued, answers, std::move(context));
  if (!done) co_return done;
  dialect.dumps = dialect.dumps && !withholdsCommand(answers[0].text);
  dialect.unlink = dialect.unlink && !withholdsCommand(answers[1].text);
  dialect.sets = !withholdsCommand(answers[2].text);
  if (answers[3].isError()) connection.close();  // still in its transaction
  co_return Result<void>();
}

Task<Dialect> learnDialect(SharedBackend backend, CallContext context) {
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  RedisConnection& connection = **lease;
  const Bytes& key = backend->absentKey;
  Pipeline questions;
  addReleaseQuestions(questions, key);
  questions.add("DUMP", key).add("WATCH", key).add("EXEC").add("MULTI");
  connection.watching = true;
  std::vector<Reply> r;  // a cluster's node may redirect the absent key: that is an answer too
  auto done = co_await connection.exchange(questions, r, context);
  if (!done) co_return fail(std::move(done).error());
  if (auto passing = passingError(r)) co_return fail(*std::move(passing));
  Dialect dialect;
  learnRelease(dialect, r);
  dialect.dumps = !withholdsCommand(r[4].text);
  dialect.transactions = !withholdsCommand(r[5].text) && !withholdsCommand(r[6].text) && !r[7].isError();
  if (!r[7].isError()) {
    auto learnt = co_await learnWriteRights(dialect, connection, key, context);
    if (!learnt) co_return fail(std::move(learnt).error());
  }
  co_return dialect;
}

}  // namespace

SharedBackend makeBackend(boost::asio::any_io_executor executor, Login login, Locate locate) {
  auto backend = std::make_shared<Backend>();
  login.isMaster = backend->followsMaster = locate != nullptr;
  backend->dbIndex = login.dbIndex;
  backend->pool = std::make_shared<ConnectionPool>(std::move(executor), std::move(login), std::move(locate));
  backend->absentKey = randomName();
  return backend;
}

Task<Dialect> dialectOf(SharedBackend backend, CallContext context) {
  if (backend->dialect) co_return *backend->dialect;
  auto dialect = co_await learnDialect(backend, std::move(context));
  if (dialect) backend->dialect = *dialect;
  co_return dialect;
}

}  // namespace cachify::cache::redis
