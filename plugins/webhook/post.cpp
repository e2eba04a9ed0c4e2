#include "post.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <memory>

namespace webhook {
namespace {

struct CurlEnd {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CurlEnd>;
using HeaderList = std::unique_ptr<curl_slist, CurlEnd>;

std::size_t ignoreBody(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

std::size_t takeHeader(char* data, std::size_t size, std::size_t count, void* answer) {
  const std::string line(data, size * count);
  constexpr char kName[] = "retry-after:";
  constexpr std::size_t kLength = sizeof kName - 1;
  const bool isIt =
      line.size() > kLength && std::equal(kName, kName + kLength, line.begin(), [](char want, char have) {
        return want == std::tolower(static_cast<unsigned char>(have));
      });
  if (isIt) static_cast<Answer*>(answer)->retryAfter = retryAfterOf(line.substr(kLength));
  return size * count;
}

HeaderList headerList(const std::vector<std::string>& headers) {
  curl_slist* list = nullptr;
  for (const auto& header : headers) list = curl_slist_append(list, header.c_str());
  return HeaderList(list);
}

// An address that is none, or a certificate file that is not there: no second attempt helps.
bool isHopeless(CURLcode code) {
  return code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL ||
         code == CURLE_SSL_CACERT_BADFILE;
}

void setAddress(CURL* curl, const Request& request, char* words) {
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  if (!request.caFile.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, request.caFile.c_str());
}

std::string problemOf(CURLcode code, const char* words) {
  return words[0] != '\0' ? words : curl_easy_strerror(code);
}

}  // namespace

std::string reach(const Request& request) {
  const Handle handle(curl_easy_init());
  if (!handle) return "libcurl cannot be used";
  char words[CURL_ERROR_SIZE] = "";
  setAddress(handle.get(), request, words);
  curl_easy_setopt(handle.get(), CURLOPT_CONNECT_ONLY, 1L);
  const CURLcode code = curl_easy_perform(handle.get());
  return code == CURLE_OK ? std::string() : problemOf(code, words);
}

std::optional<std::chrono::milliseconds> retryAfterOf(const std::string& value) {
  const auto begin = value.find_first_not_of(" \t");
  if (begin == std::string::npos) return std::nullopt;
  const auto end = value.find_last_not_of(" \t\r\n");
  const std::string text = value.substr(begin, end - begin + 1);
  constexpr long long kDay = 86'400;
  if (text.size() <= 9 &&
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); }))
    return std::chrono::seconds(std::min(std::stoll(text), kDay));
  const std::time_t date = curl_getdate(text.c_str(), nullptr);
  if (date < 0) return std::nullopt;
  return std::chrono::seconds(std::clamp<long long>(date - std::time(nullptr), 0, kDay));
}

Answer post(const Request& request) {
  Answer answer;
  const Handle handle(curl_easy_init());
  const HeaderList headers = headerList(request.headers);
  if (!handle) {
    answer.problem = "libcurl cannot be used";
    return answer;
  }
  char words[CURL_ERROR_SIZE] = "";
  CURL* const curl = handle.get();
  setAddress(curl, request, words);
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &ignoreBody);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &takeHeader);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) {
    answer.problem = problemOf(code, words);
    answer.isHopeless = isHopeless(code);
    return answer;
  }
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

}  // namespace webhook
