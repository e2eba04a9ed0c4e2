#include "support/fault_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include "support/server.hpp"

namespace cachify::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void sendAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void reset(int fd) {
  const linger hard{.l_onoff = 1, .l_linger = 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

constexpr std::string_view kUnknownCommand = "*1\r\n$9\r\nNOSUCHCMD\r\n";

struct Command {
  std::string name;
  std::size_t bytes = 0;
};

std::optional<std::size_t> numberLine(std::string_view text, char kind, std::size_t& at) {
  const auto end = text.find("\r\n", at);
  if (end == std::string_view::npos || text[at] != kind) return std::nullopt;
  std::size_t value = 0;
  std::from_chars(text.data() + at + 1, text.data() + end, value);
  at = end + 2;
  return value;
}

/// The first whole command in `text`.
std::optional<Command> firstCommand(std::string_view text) {
  std::size_t at = 0;
  const auto words = numberLine(text, '*', at);
  if (!words) return std::nullopt;
  Command command;
  for (std::size_t i = 0; i < *words; ++i) {
    const auto length = at < text.size() ? numberLine(text, '$', at) : std::nullopt;
    if (!length || at + *length + 2 > text.size()) return std::nullopt;
    if (i == 0) command.name = text.substr(at, *length);
    at += *length + 2;
  }
  command.bytes = at;
  return command;
}

}  // namespace

struct FaultProxy::Link {
  int client = -1;
  int server = -1;
  std::string request;      ///< the beginning of a command whose end has not come yet
  std::size_t replied = 0;  ///< bytes of replies that went through
  bool losesNextReply = false;
};

FaultProxy::FaultProxy(std::uint16_t server) : server_(server) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0 || pipe(wake_) != 0) {
    throw std::system_error(errno, std::generic_category(), "no proxy");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::jthread([this] { serve(); });
}

FaultProxy::~FaultProxy() {
  thread_.request_stop();
  ::close(wake_[1]);
  thread_.join();
  for (const Link& link : links_) {
    ::close(link.client);
    ::close(link.server);
  }
  ::close(wake_[0]);
  ::close(listener_);
}

void FaultProxy::set(Fault fault) {
  const std::scoped_lock lock(mutex_);
  fault_ = std::move(fault);
}

FaultProxy::Fault FaultProxy::fault() const {
  const std::scoped_lock lock(mutex_);
  return fault_;
}

void FaultProxy::pass() {
  set({});
}
void FaultProxy::resetAfter(std::size_t replyBytes) {
  set({.kind = Kind::resetAfter, .bytes = replyBytes, .text = {}});
}
void FaultProxy::stallAfter(std::size_t replyBytes) {
  set({.kind = Kind::stallAfter, .bytes = replyBytes, .text = {}});
}
void FaultProxy::answerInstead(std::string reply) {
  set({.kind = Kind::answerInstead, .text = std::move(reply)});
}
void FaultProxy::loseReplyTo(std::string command) {
  set({.kind = Kind::loseReplyTo, .text = std::move(command)});
}

void FaultProxy::refuse(std::string command, double share) {
  set({.kind = Kind::refuse, .text = std::move(command), .share = share});
}

bool FaultProxy::isDue(double share) {
  due_ += share;
  if (due_ < 1) return false;
  due_ -= 1;
  ++struck_;
  return true;
}

void FaultProxy::rewrite(Rewrite rewrite) {
  set({.kind = Kind::rewrite, .rewrite = std::move(rewrite)});
}

void FaultProxy::accept() {
  const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(server_);
  if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(server);
    ::close(client);
    return;
  }
  links_.push_back({.client = client, .server = server, .request = {}});
}

bool FaultProxy::fromClient(Link& link) {
  char buffer[65536];
  const auto got = recv(link.client, buffer, sizeof buffer, 0);
  if (got <= 0) return false;
  const Fault now = fault();
  link.request.append(buffer, static_cast<std::size_t>(got));
  if (now.kind == Kind::rewrite) {
    sendAll(link.server, now.rewrite(link.request));
    return true;
  }
  const bool looksAtCommands =
      now.kind == Kind::answerInstead || now.kind == Kind::loseReplyTo || now.kind == Kind::refuse;
  if (!looksAtCommands) {
    sendAll(link.server, std::exchange(link.request, {}));
    return true;
  }
  std::size_t taken = 0;
  std::string onwards;
  while (const auto command = firstCommand(std::string_view(link.request).substr(taken))) {
    const bool isMeant = strcasecmp(command->name.c_str(), now.text.c_str()) == 0;
    if (now.kind == Kind::answerInstead) {
      ++struck_;
      sendAll(link.client, now.text);
    } else if (now.kind == Kind::refuse && isMeant && isDue(now.share)) {
      onwards += kUnknownCommand;
    } else {
      link.losesNextReply |= now.kind == Kind::loseReplyTo && isMeant;
      onwards.append(link.request, taken, command->bytes);
    }
    taken += command->bytes;
  }
  sendAll(link.server, onwards);
  link.request.erase(0, taken);
  return true;
}

bool FaultProxy::fromServer(Link& link) {
  char buffer[65536];
  const auto got = recv(link.server, buffer, sizeof buffer, 0);
  if (got <= 0) return false;
  const Fault now = fault();
  std::size_t bytes = static_cast<std::size_t>(got);
  const bool limited = now.kind == Kind::resetAfter || now.kind == Kind::stallAfter;
  bool strikes = link.losesNextReply;
  if (strikes) bytes = 0;
  if (limited && link.replied + bytes > now.bytes) {
    bytes = now.bytes - std::min(now.bytes, link.replied);
    strikes = true;
  }
  sendAll(link.client, std::string_view(buffer, bytes));
  link.replied += bytes;
  if (!strikes) return true;
  ++struck_;
  if (now.kind == Kind::stallAfter) return true;
  reset(link.client);
  return false;
}

void FaultProxy::serve() {
  while (!thread_.get_stop_token().stop_requested()) {
    std::vector<pollfd> fds{{.fd = wake_[0], .events = POLLIN, .revents = 0},
                            {.fd = listener_, .events = POLLIN, .revents = 0}};
    for (const Link& link : links_) {
      fds.push_back({.fd = link.client, .events = POLLIN, .revents = 0});
      fds.push_back({.fd = link.server, .events = POLLIN, .revents = 0});
    }
    poll(fds.data(), fds.size(), -1);
    if (fds[0].revents != 0) return;
    for (std::size_t i = links_.size(); i-- > 0;) {
      bool open = true;
      if (fds[2 + 2 * i].revents != 0) open = fromClient(links_[i]);
      if (open && fds[3 + 2 * i].revents != 0) open = fromServer(links_[i]);
      if (open) continue;
      ::close(links_[i].client);
      ::close(links_[i].server);
      links_.erase(links_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (fds[1].revents != 0) accept();
  }
}

}  // namespace cachify::test
