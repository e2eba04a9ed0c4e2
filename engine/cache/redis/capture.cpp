#include "cache/redis/capture.hpp"

#include "cache/redis/captured_key.hpp"
#include "cache/redis/server_error.hpp"
#include "cache/redis/server_time.hpp"

namespace cachify::cache::redis {
namespace {

/// Content fetched in one exchange: bounds what lies in memory twice, as replies and as captures.
constexpr std::uint64_t kBatchBytes = 8 << 20;

class Capturing {
 public:
  Capturing(RedisConnection& connection, const Dialect& dialect, CaptureLimits limits)
      : connection_(connection), dialect_(dialect), limits_(limits) {}

  Task<std::vector<domain::Capture>> run(std::vector<Bytes> keys, CallContext context);

 private:
  Task<void> survey(CallContext context);
  Task<void> lengths(CallContext context);
  Task<void> contents(CallContext context);
  Task<void> fetch(std::span<CapturedKey> batch, CallContext context);

  RedisConnection& connection_;
  const Dialect& dialect_;
  CaptureLimits limits_;
  std::vector<CapturedKey> keys_;
};

Task<void> Capturing::survey(CallContext context) {
  Pipeline pipeline;
  for (const auto& key : keys_) key.addSurvey(pipeline);
  auto replies = co_await connection_.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  for (std::size_t i = 0; i < keys_.size(); ++i)
    keys_[i].takeSurvey((*replies)[2 * i], (*replies)[2 * i + 1]);
  co_return Result<void>();
}

Task<void> Capturing::lengths(CallContext context) {
  Pipeline pipeline;
  std::vector<CapturedKey*> asked;
  for (auto& key : keys_) {
    if (!key.needsLength()) continue;
    key.addLength(pipeline);
    asked.push_back(&key);
  }
  if (asked.empty()) co_return Result<void>();
  auto replies = co_await connection_.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  for (std::size_t i = 0; i < asked.size(); ++i) asked[i]->takeLength((*replies)[i]);
  co_return Result<void>();
}

Task<void> Capturing::fetch(std::span<CapturedKey> batch, CallContext context) {
  Pipeline pipeline;
  pipeline.add("TIME");
  for (const auto& key : batch) {
    if (key.needsContent()) key.addContent(pipeline);
  }
  if (pipeline.count() == 1) co_return Result<void>();
  auto replies = co_await connection_.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  // Needed by servers before 7.0 alone; our own clock must do where they do not tell theirs.
  const WallTime serverTime = serverTimeIn(replies->front()).value_or(SystemClock().now());
  std::span<Reply> rest = std::span(*replies).subspan(1);
  for (auto& key : batch) {
    if (!key.needsContent()) continue;
    const std::size_t count = key.contentReplies();
    key.takeContent(rest.first(count), serverTime);
    rest = rest.subspan(count);
  }
  co_return Result<void>();
}

Task<void> Capturing::contents(CallContext context) {
  const std::span<CapturedKey> all(keys_);
  std::size_t begin = 0;
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i <= all.size(); ++i) {
    const std::uint64_t next = i < all.size() && all[i].needsContent() ? all[i].expectedBytes() : 0;
    const bool full = i > begin && bytes + next > kBatchBytes;
    if (full || i == all.size()) {
      auto fetched = co_await fetch(all.subspan(begin, i - begin), context);
      if (!fetched) co_return fetched;
      begin = i;
      bytes = 0;
    }
    bytes += next;
  }
  co_return Result<void>();
}

Task<std::vector<domain::Capture>> Capturing::run(std::vector<Bytes> keys, CallContext context) {
  keys_.reserve(keys.size());
  for (Bytes& key : keys) keys_.emplace_back(std::move(key), dialect_, limits_);
  auto done = co_await survey(context);
  if (done) done = co_await lengths(context);
  if (done) done = co_await contents(context);
  if (!done) co_return fail(std::move(done).error());
  std::vector<domain::Capture> captures;
  captures.reserve(keys_.size());
  for (auto& key : keys_) captures.push_back(std::move(key).take());
  co_return captures;
}

Error noTransactions() {
  return {.code = ErrorCode::unauthorized,
          .message =
              "the server does not let this user run WATCH, MULTI and EXEC, so a key cannot be held while it "
              "is changed",
          .details = {{"capability", std::string("cas")}}};
}

Pipeline watchOf(const std::vector<Bytes>& keys) {
  Pipeline watch;
  watch.begin(keys.size() + 1);
  watch.word("WATCH");
  for (const Bytes& key : keys) watch.word(key);
  return watch;
}

}  // namespace

Task<std::vector<domain::Capture>> capture(SharedBackend backend, std::vector<Bytes> keys,
                                           CaptureLimits limits, CallContext context) {
  if (keys.empty()) co_return std::vector<domain::Capture>();
  auto dialect = co_await dialectOf(backend, context);
  if (!dialect) co_return fail(std::move(dialect).error());
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  Capturing capturing(**lease, *dialect, limits);
  co_return co_await capturing.run(std::move(keys), std::move(context));
}

Task<HeldCapture> captureHeld(SharedBackend backend, std::vector<Bytes> keys, CaptureLimits limits,
                              CallContext context) {
  auto dialect = co_await dialectOf(backend, context);
  if (!dialect) co_return fail(std::move(dialect).error());
  if (!dialect->transactions) co_return fail(noTransactions());
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  HeldCapture held;
  if (!keys.empty()) {
    const Pipeline watch = watchOf(keys);
    (*lease)->watching = true;
    auto watched = co_await (*lease)->exchange(watch, context);
    if (!watched) co_return fail(std::move(watched).error());
    if (watched->front().isError()) co_return fail(classify(watched->front().text));
    Capturing capturing(**lease, *dialect, limits);
    auto captures = co_await capturing.run(std::move(keys), std::move(context));
    if (!captures) co_return fail(std::move(captures).error());
    held.captures = *std::move(captures);
  }
  held.hold = std::make_unique<RedisHold>(*std::move(lease), *dialect);
  co_return held;
}

}  // namespace cachify::cache::redis
