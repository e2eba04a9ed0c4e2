#pragma once
// A real HTTP/1.1 server for webhooks, on a free loopback port, with TLS if it is given a certificate. It
// answers as it was told and remembers what it was sent.

#include <openssl/types.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/certificates.hpp"

namespace cachify::test {

struct HttpAnswer {
  int status = 200;
  std::string headers{};  ///< whole lines, each with its CRLF
};

struct HttpRequest {
  std::string target;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  int answered = 0;
};

class HttpReceiver {
 public:
  explicit HttpReceiver(const CertificateFiles* certificate = nullptr, std::uint16_t port = 0);
  ~HttpReceiver();
  HttpReceiver(const HttpReceiver&) = delete;
  HttpReceiver& operator=(const HttpReceiver&) = delete;

  /// For the next requests, one each; then it is 200 again.
  void answerNext(std::deque<HttpAnswer> answers);
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url(const std::string& path = "/hook") const;
  [[nodiscard]] std::vector<HttpRequest> requests() const;
  /// Idempotency keys that were answered with 200, with how often.
  [[nodiscard]] std::map<std::string, int> accepted() const;

 private:
  void run();
  void serve(int socket);

  struct FreeContext {
    void operator()(SSL_CTX* context) const;
  };
  std::unique_ptr<SSL_CTX, FreeContext> tls_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stop_ = false;
  mutable std::mutex mutex_;
  std::deque<HttpAnswer> answers_;
  std::vector<HttpRequest> requests_;
  std::thread thread_;
};

}  // namespace cachify::test
