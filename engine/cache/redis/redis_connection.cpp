#include "cache/redis/redis_connection.hpp"

#include <algorithm>

#include "cache/redis/cluster/redirect.hpp"
#include "cache/redis/server_error.hpp"
#include "cache/transport/overlap.hpp"
#include "core/stages.hpp"

namespace cachify::cache::redis {
namespace {

/// Up to here the system's buffers take the commands, so they may be written before any reply is read.
constexpr std::size_t kWriteAtOnceBytes = 64 * 1024;

constexpr std::string_view kClientName = "cachify-studio";

struct Greeting {
  Pipeline commands;
  std::size_t required = 0;  ///< replies that must not be errors; the client's name is a courtesy
};

Greeting greetingFor(const Login& login) {
  Greeting greeting;
  const bool named = !login.username.empty();
  if (named) {
    greeting.commands.add("AUTH", login.username, login.password.reveal());
  } else if (!login.password.empty()) {
    greeting.commands.add("AUTH", login.password.reveal());
  }
  if (login.dbIndex != 0) greeting.commands.add("SELECT", login.dbIndex);
  greeting.required = greeting.commands.count();
  greeting.commands.add("CLIENT", "SETNAME", kClientName);
  return greeting;
}

/// EXEC after a refused write says so too.
bool isDemotion(const Reply& reply) {
  return reply.isError() && reply.text.starts_with("READONLY");
}

/// Whatever a stranger asks.
bool wantsPassword(const Reply& reply) {
  return reply.isError() && reply.text.starts_with("NOAUTH");
}

bool isRedirect(const Reply& reply) {
  return reply.isError() && redirectIn(reply.text);
}

}  // namespace

RedisConnection::RedisConnection(boost::asio::any_io_executor executor, const Login& login, Endpoint endpoint)
    : login_(login),
      address_(endpoint.name()),
      transport_(makeTransport(std::move(executor), std::move(endpoint))) {}

Task<void> RedisConnection::open(CallContext context) {
  auto connected = co_await transport_->connect(context);
  if (!connected) co_return connected;
  StageClock stage(context, Stage::authenticate, address_);
  auto let = co_await logIn(context);
  stage.end(let);
  co_return let;
}

Task<void> RedisConnection::logIn(CallContext context) {
  Greeting greeting = greetingFor(login_);
  const std::size_t count = greeting.commands.count();
  const SecretText bytes(std::move(greeting.commands).release());  // wiped: the password is in it
  auto written = co_await transport_->writeAll(bytes.reveal(), context);
  if (!written) co_return written;
  std::vector<Reply> replies;
  auto read = co_await readReplies(count, replies, context);
  for (std::size_t i = 0; i < replies.size(); ++i) {
    const bool matters = i < greeting.required || wantsPassword(replies[i]);
    if (!matters || !replies[i].isError()) continue;
    close();
    co_return fail(classify(replies[i].text));
  }
  co_return read;
}

Task<std::vector<Reply>> RedisConnection::exchange(const Pipeline& commands, CallContext context) {
  std::vector<Reply> replies;
  auto done = co_await exchange(commands, replies, std::move(context));
  if (!done) co_return fail(std::move(done).error());
  if (login_.inCluster) {
    const auto elsewhere = std::ranges::find_if(replies, isRedirect);
    if (elsewhere != replies.end()) co_return fail(redirected(elsewhere->text));
  }
  co_return replies;
}

Task<void> RedisConnection::exchange(const Pipeline& commands, std::vector<Reply>& replies,
                                     CallContext context) {
  if (!login_.asking) {
    auto sent = co_await send(commands, replies, std::move(context));
    if (login_.isMaster && std::ranges::any_of(replies, isDemotion)) close();
    co_return sent;
  }
  const Pipeline::Asking asking = commands.asking();
  std::vector<Reply> all;
  auto sent = co_await send(asking.commands, all, std::move(context));
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!asking.isOurs[i]) replies.push_back(std::move(all[i]));
  }
  co_return sent;
}

Task<void> RedisConnection::send(const Pipeline& commands, std::vector<Reply>& replies, CallContext context) {
  replies.reserve(commands.count());
  if (commands.bytes().size() > kWriteAtOnceBytes) {
    co_return co_await overlap(readReplies(commands.count(), replies, context),
                               transport_->writeAll(commands.bytes(), context));
  }
  auto written = co_await transport_->writeAll(commands.bytes(), context);
  if (!written) co_return written;
  co_return co_await readReplies(commands.count(), replies, context);
}

Task<void> RedisConnection::post(const Pipeline& commands, CallContext context) {
  return transport_->writeAll(commands.bytes(), std::move(context));
}

Task<Reply> RedisConnection::receive(CallContext context) {
  std::vector<Reply> one;
  auto read = co_await readReplies(1, one, std::move(context));
  if (!read) co_return fail(std::move(read).error());
  co_return std::move(one.front());
}

Task<void> RedisConnection::readReplies(std::size_t count, std::vector<Reply>& replies, CallContext context) {
  while (true) {
    while (replies.size() < count) {
      auto reply = parser_.take();
      if (!reply) break;
      replies.push_back(*std::move(reply));
    }
    if (replies.size() == count) co_return Result<void>();
    auto got = co_await transport_->readSome(parser_.space(), context);
    if (!got) co_return fail(std::move(got).error());
    auto accepted = parser_.accept(*got);
    if (!accepted) {
      close();
      co_return accepted;
    }
  }
}

}  // namespace cachify::cache::redis
