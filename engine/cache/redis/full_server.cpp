#include "cache/redis/full_server.hpp"

#include <openssl/evp.h>

#include "cache/capture_rules.hpp"
#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {
namespace {

constexpr std::string_view kRemoveIfUnchanged =
    "local content = redis.call('DUMP', KEYS[1]) "
    "if not content or redis.sha1hex(content) ~= ARGV[1] then return -1 end "
    "return redis.call('DEL', KEYS[1])";

}  // namespace

std::optional<std::string> scriptDigest(const domain::Capture& capture) {
  if (!capture.dump || capture.isPart()) return {};
  std::array<char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(capture.dump->data(), capture.dump->size(), reinterpret_cast<unsigned char*>(digest.data()),
                 &size, EVP_sha1(), nullptr) != 1)
    return {};
  return toHex(BytesView(digest.data(), size));
}

bool isForWantOfRoom(const ApplyOutcome& outcome) {
  if (outcome.status != ApplyStatus::refused || !outcome.error) return false;
  const auto* word = outcome.error->detail("serverError");
  return word != nullptr && std::get<std::string>(*word) == "OOM";
}

boost::asio::awaitable<ApplyOutcome> removeWithoutRoom(RedisConnection& connection, const Bytes& key,
                                                       std::string digest, CallContext context) {
  Pipeline script;
  script.add("EVAL", kRemoveIfUnchanged, 1, key, digest);
  const std::uint64_t before = connection.writtenBytes();
  auto replies = co_await connection.exchange(script, context);
  if (!replies) {
    const bool sent = connection.writtenBytes() > before;
    co_return ApplyOutcome{.status = sent ? ApplyStatus::unknown : ApplyStatus::notSent,
                           .error = replies.error()};
  }
  const Reply& reply = replies->front();
  if (reply.isError()) co_return ApplyOutcome{.status = ApplyStatus::refused, .error = classify(reply.text)};
  if (reply.integer == 1) co_return ApplyOutcome{.status = ApplyStatus::applied};
  co_return ApplyOutcome{.status = ApplyStatus::changed, .error = changedSinceCapture()};
}

}  // namespace cachify::cache::redis
