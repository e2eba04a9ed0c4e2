#include "cli/http_receiver.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <stdexcept>

namespace cachify::test {
namespace {

using Read = std::function<int(char*, int)>;

/// Until `enough` holds or the peer has gone.
std::string readUntil(const Read& read, std::string text,
                      const std::function<bool(const std::string&)>& enough) {
  char piece[4096];
  while (!enough(text)) {
    const int got = read(piece, sizeof piece);
    if (got <= 0) return text;
    text.append(piece, static_cast<std::size_t>(got));
  }
  return text;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

HttpRequest readRequest(const Read& read) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  std::string text =
      readUntil(read, {}, [&](const std::string& have) { return have.find(kEnd) != std::string::npos; });
  HttpRequest request;
  const auto end = text.find(kEnd);
  if (end == std::string::npos) return request;
  request.body = text.substr(end + kEnd.size());
  std::string head = text.substr(0, end + 2);
  const auto firstLine = head.find("\r\n");
  const auto space = head.find(' ');
  request.target = head.substr(space + 1, head.find(' ', space + 1) - space - 1);
  for (auto at = firstLine + 2; at < head.size();) {
    const auto lineEnd = head.find("\r\n", at);
    const std::string line = head.substr(at, lineEnd - at);
    const auto colon = line.find(':');
    if (colon != std::string::npos) {
      const auto value = line.find_first_not_of(' ', colon + 1);
      request.headers[lower(line.substr(0, colon))] = value == std::string::npos ? "" : line.substr(value);
    }
    at = lineEnd + 2;
  }
  const std::size_t length = std::stoul("0" + request.headers["content-length"]);
  request.body = readUntil(read, std::move(request.body),
                           [&](const std::string& have) { return have.size() >= length; });
  return request;
}

}  // namespace

void HttpReceiver::FreeContext::operator()(SSL_CTX* context) const {
  SSL_CTX_free(context);
}

HttpReceiver::HttpReceiver(const CertificateFiles* certificate, std::uint16_t port) {
  if (certificate != nullptr) {
    tls_.reset(SSL_CTX_new(TLS_server_method()));
    if (SSL_CTX_use_certificate_chain_file(tls_.get(), certificate->certFile.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls_.get(), certificate->keyFile.c_str(), SSL_FILETYPE_PEM) != 1)
      throw std::runtime_error("the certificate cannot be used");
  }
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 16) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no port to listen on");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

HttpReceiver::~HttpReceiver() {
  stop_ = true;
  thread_.join();
  close(listener_);
}

void HttpReceiver::answerNext(std::deque<HttpAnswer> answers) {
  const std::scoped_lock lock(mutex_);
  answers_ = std::move(answers);
}

std::string HttpReceiver::url(const std::string& path) const {
  return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_) + path;
}

std::vector<HttpRequest> HttpReceiver::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

std::map<std::string, int> HttpReceiver::accepted() const {
  std::map<std::string, int> keys;
  for (const auto& request : requests()) {
    if (request.answered == 200) ++keys[request.headers.at("idempotency-key")];
  }
  return keys;
}

void HttpReceiver::run() {
  while (!stop_) {
    pollfd wait{.fd = listener_, .events = POLLIN, .revents = 0};
    if (poll(&wait, 1, 50) <= 0) continue;
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const timeval patience{.tv_sec = 5, .tv_usec = 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    serve(socket);
    close(socket);
  }
}

void HttpReceiver::serve(int socket) {
  SSL* ssl = nullptr;
  if (tls_) {
    ssl = SSL_new(tls_.get());
    SSL_set_fd(ssl, socket);
    if (SSL_accept(ssl) != 1) return SSL_free(ssl);
  }
  const Read read = [&](char* into, int size) {
    return ssl != nullptr ? SSL_read(ssl, into, size)
                          : static_cast<int>(recv(socket, into, static_cast<std::size_t>(size), 0));
  };
  HttpRequest request = readRequest(read);
  // A look at whether somebody listens sends nothing.
  if (!request.target.empty()) {
    HttpAnswer answer;
    {
      const std::scoped_lock lock(mutex_);
      if (!answers_.empty()) {
        answer = std::move(answers_.front());
        answers_.pop_front();
      }
      request.answered = answer.status;
      requests_.push_back(std::move(request));
    }
    const std::string text = "HTTP/1.1 " + std::to_string(answer.status) +
                             " x\r\nContent-Length: 0\r\nConnection: close\r\n" + answer.headers + "\r\n";
    if (ssl != nullptr) {
      SSL_write(ssl, text.data(), static_cast<int>(text.size()));
    } else {
      send(socket, text.data(), text.size(), MSG_NOSIGNAL);
    }
  }
  if (ssl != nullptr) {
    SSL_shutdown(ssl);
    SSL_free(ssl);
  }
}

}  // namespace cachify::test
