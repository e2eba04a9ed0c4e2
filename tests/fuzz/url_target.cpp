// What a URL is read as, written as a URL again, reads the same; and it is a valid profile or says why not.

#include <fmt/format.h>

#include "domain/profile.hpp"
#include "fuzz/targets.hpp"

namespace cachify::fuzz {
namespace {

using domain::CacheEngine;
using domain::ParsedUrl;

Bytes percentEncoded(BytesView text, BytesView alsoPlain = {}) {
  Bytes out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       BytesView("-._~").contains(c) || alsoPlain.contains(c);
    out += plain ? Bytes(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Bytes written(const ParsedUrl& url) {
  const auto& profile = url.profile;
  const bool overSocket = !profile.unixSocket.empty();
  Bytes out = overSocket                                 ? "redis+unix://"
              : profile.engine == CacheEngine::memcached ? "memcached://"
              : profile.tls.enabled                      ? "rediss://"
                                                         : "redis://";
  out += percentEncoded(profile.username);
  if (url.password) out += ":" + percentEncoded(*url.password);
  if (url.password || !profile.username.empty()) out += "@";
  if (overSocket)
    return out + percentEncoded(profile.unixSocket, "/") + fmt::format("?db={}", profile.dbIndex);
  const bool bracketed = profile.host.contains(':');
  out += bracketed ? "[" + profile.host + "]" : percentEncoded(profile.host);
  return out + fmt::format(":{}/{}", profile.port, profile.dbIndex);
}

void fuzzUrl(BytesView input) {
  const auto url = domain::parseConnectionUrl(input);
  if (!url) {
    require(url.error().code == ErrorCode::validationError, "a URL that is none is a VALIDATION_ERROR");
    require(url.error().detail("field") != nullptr, "and names its field");
    return;
  }
  require(url->profile.host.empty() != url->profile.unixSocket.empty(), "a host, or else a socket");
  const auto again = domain::parseConnectionUrl(written(*url));
  require(again.has_value(), "what was read can be written and read");
  require(again->profile == url->profile, "and is the same profile");
  require(again->password == url->password, "with the same password");

  auto profile = url->profile;
  profile.name = "pasted";
  profile = domain::normalized(std::move(profile));
  require(domain::normalized(profile) == profile, "what is normal stays as it is");
  if (const auto valid = domain::validate(profile); !valid)
    require(valid.error().detail("field") != nullptr, "what is wrong with a profile is named");
}

std::vector<Bytes> seedsOfUrl() {
  return {"redis://cache.example.org",
          "redis://me:secret@cache:7000/3",
          "redis://:p%40ss%2F@cache?db=7",
          "rediss://me@cache:6380",
          "redis+unix://me:x@/run/re%20dis.sock?db=4",
          "redis+unix:///run/redis.sock",
          "memcached://[2001:db8::1]:11211",
          "redis://[v1.x:y]/0",
          "redis://127.0.0.1:65535/15",
          "redis://a%00b%FF/0",
          "redis:cache",
          "redis+unix:/run/x",
          "redis://host:12x",
          "redis://u@h@i/",
          " REDIS://h?db=1&db=2#f\n"};
}

}  // namespace

const Target kUrl{.name = "url", .run = fuzzUrl, .seeds = seedsOfUrl};

}  // namespace cachify::fuzz
