#include "plugin_host/plan_service_calls.hpp"

#include <cachify/plugin/plan_services.h>

#include <algorithm>

namespace cachify::plugin_host {
namespace {

constexpr std::uint32_t kMostScanned = 100'000;
constexpr std::size_t kMostDescribed = 100'000;
constexpr std::uint64_t kMostRead = 32UL << 20;

// A type's number crosses as it is.
static_assert(static_cast<int>(domain::ValueType::none) == CACHIFY_TYPE_NONE);
static_assert(static_cast<int>(domain::ValueType::string) == CACHIFY_TYPE_STRING);
static_assert(static_cast<int>(domain::ValueType::hash) == CACHIFY_TYPE_HASH);
static_assert(static_cast<int>(domain::ValueType::list) == CACHIFY_TYPE_LIST);
static_assert(static_cast<int>(domain::ValueType::set) == CACHIFY_TYPE_SET);
static_assert(static_cast<int>(domain::ValueType::zset) == CACHIFY_TYPE_ZSET);
static_assert(static_cast<int>(domain::ValueType::stream) == CACHIFY_TYPE_STREAM);
static_assert(static_cast<int>(domain::ValueType::json) == CACHIFY_TYPE_JSON);
static_assert(static_cast<int>(domain::ValueType::other) == CACHIFY_TYPE_OTHER);

/// The plugin is told that it has to give up; the error is kept for whoever called it.
ServiceAnswer givenUp(Error error) {
  return {.frame = frameOf(MessageType::serviceFailed, encodeBody(ServiceFailure{})),
          .error = std::move(error)};
}

template <class Reply>
ServiceAnswer answered(MessageType type, const Reply& reply) {
  const Bytes body = encodeBody(reply);
  if (body.size() >= kMaxMessageBytes)
    return givenUp(
        {.code = ErrorCode::notSupported, .message = "what the plugin asked for is larger than it can take"});
  return {.frame = frameOf(type, body)};
}

ServiceAnswer brokenCall() {
  return {.frame = {}, .error = {}, .isValid = false};
}

boost::asio::awaitable<ServiceAnswer> serveScan(ScanCall call, PlanServices& services, CallContext context) {
  const std::uint32_t limit = std::clamp<std::uint32_t>(call.limit, 1, kMostScanned);
  Result<PlanServices::ScanPage> page =
      co_await services.scan(std::move(call.pattern), std::move(call.cursor), limit, std::move(context));
  if (!page) co_return givenUp(page.error());
  ScannedReply<Bytes> reply;
  reply.nextCursor = std::move(page->nextCursor);
  reply.scanned = page->scanned;
  reply.total = page->total.value_or(kNotKnown);
  reply.keys = std::move(page->keys);
  co_return answered(MessageType::scanned, reply);
}

boost::asio::awaitable<ServiceAnswer> serveDescribe(KeyList call, PlanServices& services,
                                                    CallContext context) {
  const std::size_t asked = call.keys.size();
  Result<std::vector<PlanServices::KeyFacts>> facts =
      co_await services.describe(std::move(call.keys), std::move(context));
  if (!facts) co_return givenUp(facts.error());
  if (facts->size() != asked)
    co_return givenUp({.code = ErrorCode::internalError, .message = "not every key was described"});
  DescribedReply reply;
  reply.facts.reserve(facts->size());
  for (const auto& fact : *facts) {
    reply.facts.push_back({.type = static_cast<std::uint8_t>(fact.type),
                           .ttlMs = fact.ttl ? fact.ttl->count() : -1,
                           .sizeBytes = fact.sizeBytes.value_or(kNotKnown)});
  }
  co_return answered(MessageType::described, reply);
}

boost::asio::awaitable<ServiceAnswer> serveRead(ReadCall call, PlanServices& services, CallContext context) {
  const std::uint64_t most = std::min(call.maxBytes, kMostRead);
  Result<std::optional<Bytes>> value = co_await services.read(std::move(call.key), most, std::move(context));
  if (!value && value.error().code == ErrorCode::conflict) {
    const ServiceFailure wrongType{.isWrongType = 1};
    co_return ServiceAnswer{.frame = frameOf(MessageType::serviceFailed, encodeBody(wrongType))};
  }
  if (!value) co_return givenUp(value.error());
  ValueReply reply{.exists = value->has_value(), .value = std::move(*value).value_or(Bytes())};
  reply.value.resize(std::min<std::size_t>(reply.value.size(), most));
  co_return answered(MessageType::valueRead, reply);
}

}  // namespace

bool isServiceCall(MessageType type) {
  return type == MessageType::scan || type == MessageType::describe || type == MessageType::read;
}

boost::asio::awaitable<ServiceAnswer> serve(Message message, PlanServices& services, CallContext context) {
  // The answers are named first: gcc 12 destroys temporaries of a co_await expression twice.
  if (message.type == MessageType::scan) {
    ScanCall call;
    if (!decodeBody(message.body, call)) co_return brokenCall();
    ServiceAnswer answer = co_await serveScan(std::move(call), services, std::move(context));
    co_return answer;
  }
  if (message.type == MessageType::describe) {
    KeyList call;
    if (!decodeBody(message.body, call) || call.keys.size() > kMostDescribed) co_return brokenCall();
    ServiceAnswer answer = co_await serveDescribe(std::move(call), services, std::move(context));
    co_return answer;
  }
  ReadCall call;
  if (!decodeBody(message.body, call)) co_return brokenCall();
  ServiceAnswer answer = co_await serveRead(std::move(call), services, std::move(context));
  co_return answer;
}

}  // namespace cachify::plugin_host
