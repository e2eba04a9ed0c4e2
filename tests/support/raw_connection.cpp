#include "support/raw_connection.hpp"

#include <arpa/inet.h>
#include <hiredis.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "support/server.hpp"

namespace cachify::test {
namespace {

constexpr timeval kPatience{.tv_sec = 5, .tv_usec = 0};

[[noreturn]] void failed(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

RawReply converted(const redisReply& reply) {
  RawReply result;
  result.isNil = reply.type == REDIS_REPLY_NIL;
  result.isError = reply.type == REDIS_REPLY_ERROR;
  result.integer = reply.type == REDIS_REPLY_INTEGER ? reply.integer : 0;
  if (reply.str != nullptr) result.text.assign(reply.str, static_cast<std::size_t>(reply.len));
  for (std::size_t i = 0; reply.type == REDIS_REPLY_ARRAY && i < reply.elements; ++i) {
    result.elements.push_back(converted(*reply.element[i]));
  }
  return result;
}

}  // namespace

RawConnection::RawConnection(const Target& target) {
  const bool local = !target.unixSocket.empty();
  fd_ = socket(local ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  sockaddr_un path{};
  path.sun_family = AF_UNIX;
  target.unixSocket.copy(path.sun_path, sizeof path.sun_path - 1);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(target.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* peer =
      local ? reinterpret_cast<const sockaddr*>(&path) : reinterpret_cast<const sockaddr*>(&address);
  if (connect(fd_, peer, local ? sizeof path : sizeof address) != 0) {
    const int error = errno;
    ::close(fd_);
    throw std::system_error(error, std::generic_category(), "connect");
  }
}

RawConnection::~RawConnection() {
  ::close(fd_);
}

void RawConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) failed("send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string RawConnection::receive(std::size_t atLeast) {
  std::string all;
  while (all.size() < atLeast) {
    char buffer[4096];
    const auto got = recv(fd_, buffer, sizeof buffer, 0);
    if (got <= 0) failed("receive");
    all.append(buffer, static_cast<std::size_t>(got));
  }
  return all;
}

std::string RawConnection::receiveUntil(std::string_view ending) {
  std::string all;
  while (!all.ends_with(ending)) all += receive(1);
  return all;
}

struct RedisCli::Context {
  redisContext* redis = nullptr;
  ~Context() { redisFree(redis); }

  void append(const std::vector<std::string>& arguments) const {
    std::vector<const char*> words;
    std::vector<std::size_t> lengths;
    for (const auto& argument : arguments) {
      words.push_back(argument.data());
      lengths.push_back(argument.size());
    }
    redisAppendCommandArgv(redis, static_cast<int>(words.size()), words.data(), lengths.data());
  }

  [[nodiscard]] RawReply next() const {
    void* reply = nullptr;
    if (redisGetReply(redis, &reply) != REDIS_OK) throw std::runtime_error(redis->errstr);
    RawReply result = converted(*static_cast<redisReply*>(reply));
    freeReplyObject(reply);
    return result;
  }
};

RedisCli::RedisCli(const RedisServer& server) : context_(std::make_unique<Context>()) {
  context_->redis = redisConnectUnixWithTimeout(server.unixSocket().c_str(), kPatience);
  if (context_->redis == nullptr || context_->redis->err != 0)
    throw std::runtime_error("cannot reach the server");
}

RedisCli::RedisCli(std::uint16_t port) : context_(std::make_unique<Context>()) {
  context_->redis = redisConnectWithTimeout(kLoopback, port, kPatience);
  if (context_->redis == nullptr || context_->redis->err != 0)
    throw std::runtime_error("cannot reach the server");
}

RedisCli::~RedisCli() = default;

RawReply RedisCli::operator()(const std::vector<std::string>& arguments) {
  context_->append(arguments);
  return context_->next();
}

RawReply RedisCli::must(const std::vector<std::string>& arguments) {
  RawReply reply = (*this)(arguments);
  if (reply.isError) throw std::runtime_error(arguments.front() + ": " + reply.text);
  return reply;
}

std::vector<RawReply> RedisCli::pipeline(const std::vector<std::vector<std::string>>& commands) {
  for (const auto& command : commands) context_->append(command);
  std::vector<RawReply> replies;
  for (const auto& command : commands) {
    replies.push_back(context_->next());
    if (replies.back().isError) throw std::runtime_error(command.front() + ": " + replies.back().text);
  }
  return replies;
}

}  // namespace cachify::test
