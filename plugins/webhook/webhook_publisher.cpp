// Alerts by HTTP POST: {"deliveryKey": …, "alerts": […]}, each alert as schemas/plugins/alert.json describes
// it.
//
// The delivery key stands in the header Idempotency-Key, too, and is the same when a batch is repeated: so a
// receiver can tell. With a secret, X-Cachify-Signature holds "sha256=" and the HMAC-SHA-256 of the body in
// hex.

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cachify/alert_publisher.hpp>
#include <cstdio>

#include "post.hpp"

namespace {

using namespace cachify::plugin;
using std::chrono::milliseconds;

std::string jsonText(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
      out += escaped;
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string bodyOf(const Batch& batch) {
  std::string body = "{\"deliveryKey\":" + jsonText(batch.idempotencyKey()) + ",\"alerts\":[";
  for (std::uint64_t i = 0; i < batch.size(); ++i) {
    if (i > 0) body += ',';
    body += view(batch[i].json);
  }
  return body + "]}";
}

std::string signatureOf(const std::string& body, const std::string& secret) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), bytes, &length);
  std::string text = "sha256=";
  for (unsigned int i = 0; i < length; ++i) {
    char hex[3];
    std::snprintf(hex, sizeof hex, "%02x", static_cast<unsigned>(bytes[i]));
    text += hex;
  }
  return text;
}

// Line ends would let it write headers of its own.
bool isHeaderText(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

class WebhookPublisher : public AlertPublisher {
 public:
  static Description describe() {
    return {"webhook", "Webhook", "Posts alerts as JSON to an address.", R"json({
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "properties": {
        "url": {"type": "string", "pattern": "^https?://", "maxLength": 2000, "title": "Address",
                "description": "begins with http:// or https://, without user name and password",
                "examples": ["https://alerts.example.org/cachify"]},
        "secret": {"type": "string", "minLength": 1, "maxLength": 500, "writeOnly": true, "title": "Secret",
                   "description": "Signs each request: X-Cachify-Signature is sha256= and the HMAC of the body"},
        "authorization": {"type": "string", "minLength": 1, "maxLength": 2000, "writeOnly": true,
                          "title": "Authorization", "description": "Sent as the header of this name: Bearer …"},
        "caFile": {"type": "string", "pattern": "^/", "title": "CA",
                   "description": "PEM file of who signed the server's certificate; else what the system trusts"},
        "timeoutMs": {"type": "integer", "minimum": 100, "maximum": 60000, "default": 5000, "title": "Timeout"}
      },
      "required": ["url"],
      "additionalProperties": false
    })json"};
  }

  void configure(const Parameters& configuration) override {
    const std::string url = configuration.text("/url");
    const auto authority = url.substr(std::min(url.find("//"), url.size()));
    if (url.rfind("http://", 0) != 0 && url.rfind("https://", 0) != 0)
      throw Refused("url", "url must begin with http:// or https://");
    if (!isHeaderText(url)) throw Refused("url", "url must hold no control characters");
    if (authority.substr(0, authority.find_first_of("/?#", 2)).find('@') != std::string::npos)
      throw Refused("url",
                    "url must hold no user name or password: they belong in `authorization`, a secret");
    const std::string authorization = textOrEmpty(configuration, "/authorization");
    if (!isHeaderText(authorization))
      throw Refused("authorization", "authorization must hold no control characters");
    const std::int64_t timeout =
        configuration.has("/timeoutMs") ? configuration.integer("/timeoutMs", 100, 60'000) : 5000;
    url_ = url;
    authorization_ = authorization;
    secret_ = textOrEmpty(configuration, "/secret");
    caFile_ = textOrEmpty(configuration, "/caFile");
    timeout_ = milliseconds(timeout);
  }

  Delivery deliver(const Batch& batch) override {
    if (url_.empty()) return Delivery::failed("no address is configured");
    if (batch.size() == 0) return Delivery::done();
    const auto left =
        std::chrono::duration_cast<milliseconds>(batch.deadline() - std::chrono::steady_clock::now());
    if (left.count() <= 0) return Delivery::later(milliseconds(0), "there was no time left");
    webhook::Request request{url_, bodyOf(batch), {}, caFile_, std::min(timeout_, left)};
    request.headers = {"Content-Type: application/json", "Expect:", "User-Agent: Cachify-Studio",
                       "Idempotency-Key: " + std::string(batch.idempotencyKey())};
    if (!authorization_.empty()) request.headers.push_back("Authorization: " + authorization_);
    if (!secret_.empty())
      request.headers.push_back("X-Cachify-Signature: " + signatureOf(request.body, secret_));
    return deliveryOf(webhook::post(request));
  }

  void health() override {
    if (url_.empty()) throw std::runtime_error("no address is configured");
    const std::string problem =
        webhook::reach({url_, {}, {}, caFile_, std::min(timeout_, milliseconds(8000))});
    if (!problem.empty()) throw std::runtime_error(problem);
  }

 private:
  static std::string textOrEmpty(const Parameters& configuration, std::string_view pointer) {
    return configuration.has(pointer) ? configuration.text(pointer) : std::string();
  }

  static Delivery deliveryOf(const webhook::Answer& answer) {
    if (answer.status == 0)
      return answer.isHopeless ? Delivery::failed(answer.problem)
                               : Delivery::later(milliseconds(0), answer.problem);
    if (answer.status >= 200 && answer.status < 300) return Delivery::done();
    const std::string why = "the server answered " + std::to_string(answer.status);
    const bool mayPass =
        answer.status >= 500 || answer.status == 408 || answer.status == 425 || answer.status == 429;
    return mayPass ? Delivery::later(answer.retryAfter.value_or(milliseconds(0)), why)
                   : Delivery::failed(why);
  }

  std::string url_;
  std::string authorization_;
  std::string secret_;
  std::string caFile_;
  milliseconds timeout_{5000};
};

}  // namespace

CACHIFY_ALERT_PUBLISHER(WebhookPublisher)
