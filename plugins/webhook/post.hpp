// One HTTP POST, by libcurl.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace webhook {

struct Request {
  std::string url;
  std::string body;
  std::vector<std::string> headers;  // "Name: value"
  std::string caFile;                // PEM; empty: what the system trusts
  std::chrono::milliseconds timeout{};
};

struct Answer {
  long status = 0;          // 0: there was none
  std::string problem;      // why there was none
  bool isHopeless = false;  // with a problem: it will be there the next time, too
  std::optional<std::chrono::milliseconds> retryAfter;
};

// Follows no redirect: what is signed for one address does not go to another. Never throws.
Answer post(const Request& request);

// Connects, with TLS where the address says so, and sends nothing. Empty: it went well; else why not.
std::string reach(const Request& request);

// RFC 9110 section 10.2.3: seconds, or a date.
std::optional<std::chrono::milliseconds> retryAfterOf(const std::string& value);

}  // namespace webhook
