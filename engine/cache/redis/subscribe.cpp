#include "cache/redis/subscribe.hpp"

namespace cachify::cache::redis {

Result<Channels> channelsOf(const SubscribeRequest& request) {
  Channels channels{
      .names = request.channels, .patterns = request.patterns, .keyEvents = request.keyspaceEvents};
  if (channels.empty()) return fail(ErrorCode::validationError, "there is nothing to subscribe to");
  return channels;
}

Task<Subscription> subscribe(SharedBackend backend, std::shared_ptr<OpenQueues> open,
                             SubscribeRequest request, CallContext context) {
  auto channels = channelsOf(request);
  if (!channels) co_return fail(std::move(channels).error());
  const auto& executor = backend->pool->executor();
  auto queue = std::make_shared<NoticeQueue>(executor, request);
  Listener::Where where = [backend](CallContext) -> Task<SharedBackend> { co_return backend; };
  auto listener = std::make_shared<Listener>(executor, "server", std::move(where), *std::move(channels),
                                             queue, request.retry);
  auto begun = co_await listener->begin(std::move(context));
  if (!begun) co_return fail(std::move(begun).error());
  queue->onClose([listener] { listener->stop(); });
  open->add(queue);
  Subscription subscription(std::move(queue));
  co_return subscription;
}

}  // namespace cachify::cache::redis
