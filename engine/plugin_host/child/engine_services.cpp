#include "plugin_host/child/engine_services.hpp"

#include <unistd.h>

#include "plugin_host/child/plugin_library.hpp"

namespace cachify::plugin_host {
namespace {

constexpr std::uint64_t kMostDescribed = 100'000;
constexpr std::size_t kMostNameBytes = 32UL << 20;

EngineServices& selfOf(const cachify_plan_services* services) {
  return *static_cast<EngineServices*>(services->context);
}

bool isAnswer(MessageType type) {
  return type == MessageType::scanned || type == MessageType::described || type == MessageType::valueRead ||
         type == MessageType::serviceFailed;
}

}  // namespace

EngineServices::EngineServices(EngineSocket& engine)
    : engine_(engine),
      table_{.struct_size = sizeof(cachify_plan_services),
             .reserved = 0,
             .context = this,
             .scan = &scan,
             .describe = &describe,
             .read = &read} {}

std::optional<Received> EngineServices::nextQuestion() {
  isGivenUp_ = false;
  if (questions_.empty()) return engine_.receive();
  Received first = std::move(questions_.front());
  questions_.pop_front();
  return first;
}

cachify_status EngineServices::ask(MessageType call, BytesView body, MessageType expected, Bytes& answer) {
  if (!allowed_) engine_.endWith(Fault::brokenContract, "it asked for keys where it must not");
  if (isGivenUp_) return CACHIFY_GIVE_UP;
  engine_.send(call, body);
  for (;;) {
    auto received = engine_.receive();
    if (!received) _exit(0);
    if (!isAnswer(received->type)) {
      // The engine asks for the next piece while this one is prepared ahead; or it wants no more of the plan,
      // and will not answer.
      isGivenUp_ = received->type == MessageType::planClose;
      questions_.push_back(std::move(*received));
      if (isGivenUp_) return CACHIFY_GIVE_UP;
      continue;
    }
    answer = std::move(received->body);
    if (received->type == expected) return CACHIFY_OK;
    ServiceFailure failure;
    if (received->type != MessageType::serviceFailed || !decodeBody(answer, failure)) _exit(0);
    return failure.isWrongType != 0 ? CACHIFY_WRONG_TYPE : CACHIFY_GIVE_UP;
  }
}

cachify_status EngineServices::scan(const cachify_plan_services* services, cachify_bytes pattern,
                                    cachify_text cursor, std::uint32_t limit, cachify_scan_page* page) {
  auto& self = selfOf(services);
  const Bytes body = encodeBody(
      ScanCall{.pattern = Bytes(viewOf(pattern)), .cursor = Bytes(viewOf(cursor)), .limit = limit});
  const auto status = self.ask(MessageType::scan, body, MessageType::scanned, self.scanned_);
  if (status != CACHIFY_OK) return status;
  ScannedReply<BytesView> reply;
  if (!decodeBody(self.scanned_, reply)) _exit(0);
  self.keys_.clear();
  self.keys_.reserve(reply.keys.size());
  for (const auto key : reply.keys) self.keys_.push_back(bytesOf(key));
  self.cursor_ = std::move(reply.nextCursor);
  page->reserved = 0;
  page->key_count = self.keys_.size();
  page->keys = self.keys_.data();
  page->next_cursor = textOf(self.cursor_);
  page->scanned = reply.scanned;
  page->total = reply.total;
  return CACHIFY_OK;
}

cachify_status EngineServices::describe(const cachify_plan_services* services, const cachify_bytes* keys,
                                        std::uint64_t count, cachify_key_facts* facts) {
  auto& self = selfOf(services);
  if (count > kMostDescribed)
    self.engine_.endWith(Fault::brokenContract, "too many keys to describe at once");
  Bytes body;
  WireWriter writer(body);
  writer.count(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    writer.bytes(viewOf(keys[i]));
    if (body.size() > kMostNameBytes)
      self.engine_.endWith(Fault::brokenContract, "too many bytes of keys to describe");
  }
  Bytes answer;
  const auto status = self.ask(MessageType::describe, body, MessageType::described, answer);
  if (status != CACHIFY_OK) return status;
  DescribedReply reply;
  if (!decodeBody(answer, reply) || reply.facts.size() != count) _exit(0);
  for (const auto& fact : reply.facts) {
    *facts++ = {.type = fact.type, .reserved = 0, .ttl_ms = fact.ttlMs, .size_bytes = fact.sizeBytes};
  }
  return CACHIFY_OK;
}

cachify_status EngineServices::read(const cachify_plan_services* services, cachify_bytes key,
                                    std::uint64_t maxBytes, cachify_bytes* value) {
  auto& self = selfOf(services);
  const Bytes body = encodeBody(ReadCall{.key = Bytes(viewOf(key)), .maxBytes = maxBytes});
  Bytes answer;
  const auto status = self.ask(MessageType::read, body, MessageType::valueRead, answer);
  if (status != CACHIFY_OK) return status;
  ValueReply reply;
  if (!decodeBody(answer, reply)) _exit(0);
  if (reply.exists == 0) return CACHIFY_NOT_FOUND;
  self.value_ = std::move(reply.value);
  *value = bytesOf(self.value_);
  return CACHIFY_OK;
}

}  // namespace cachify::plugin_host
