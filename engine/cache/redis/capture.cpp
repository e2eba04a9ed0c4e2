#include "cache/redis/capture.hpp"

#include <algorithm>

#include "cache/redis/captured_key.hpp"
#include "cache/redis/full_server.hpp"
#include "cache/redis/server_error.hpp"
#include "cache/redis/server_time.hpp"
#include "cache/redis/small_strings.hpp"

namespace cachify::cache::redis {
namespace {

/// Content fetched in one exchange: bounds what lies in memory twice, as replies and as captures.
constexpr std::uint64_t kBatchBytes = 8 << 20;

enum class Holding : std::uint8_t { no, yes };

class Capturing {
 public:
  Capturing(RedisConnection& connection, const Dialect& dialect, CaptureLimits limits)
      : connection_(connection), dialect_(dialect), limits_(limits) {}

  /// Holding, it WATCHes the keys first.
  Task<std::vector<domain::Capture>> run(std::vector<Bytes> keys, Holding holding, CallContext context);

 private:
  Task<void> survey(Holding holding, CallContext context);
  Task<void> lengths(CallContext context);
  Task<void> contents(CallContext context);
  Task<void> fetch(std::span<CapturedKey> batch, CallContext context);

  RedisConnection& connection_;
  const Dialect& dialect_;
  CaptureLimits limits_;
  std::vector<CapturedKey> keys_;
};

Task<void> Capturing::survey(Holding holding, CallContext context) {
  Pipeline pipeline;
  if (holding == Holding::yes) {
    pipeline.begin(keys_.size() + 1);
    pipeline.word("WATCH");
    for (const auto& key : keys_) pipeline.word(key.key());
    connection_.watching = true;
  }
  for (const auto& key : keys_) key.addSurvey(pipeline);
  auto replies = co_await connection_.exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  std::span<const Reply> rest(*replies);
  if (holding == Holding::yes) {
    if (rest.front().isError()) co_return fail(classify(rest.front().text));
    rest = rest.subspan(1);
  }
  for (std::size_t i = 0; i < keys_.size(); ++i) keys_[i].takeSurvey(rest[2 * i], rest[2 * i + 1]);
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
  std::span<const Reply> rest(*replies);
  for (CapturedKey* key : asked) {
    const std::size_t count = key->lengthReplies();
    key->takeLength(rest.first(count));
    rest = rest.subspan(count);
  }
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

Task<std::vector<domain::Capture>> Capturing::run(std::vector<Bytes> keys, Holding holding,
                                                  CallContext context) {
  keys_.reserve(keys.size());
  for (Bytes& key : keys) keys_.emplace_back(std::move(key), dialect_, limits_);
  auto done = co_await survey(holding, context);
  if (done) done = co_await lengths(context);
  if (done) done = co_await contents(context);
  if (!done) co_return fail(std::move(done).error());
  std::vector<domain::Capture> captures;
  captures.reserve(keys_.size());
  for (auto& key : keys_) captures.push_back(std::move(key).take());
  co_return captures;
}

bool isAbsent(const std::optional<domain::Capture>& capture) {
  return capture && !capture->existed();
}

/// The quick way first; what it could not do goes the usual one.
Task<std::vector<domain::Capture>> captureMany(Backend& backend, Capturing& usual,
                                               RedisConnection& connection, std::vector<Bytes> keys,
                                               CallContext context) {
  QuickCaptures quick(keys.size());
  Result<void> done;
  if (backend.mostlyAbsent && !connection.inCluster())
    done = co_await captureAbsent(connection, keys, quick, context);
  if (done) done = co_await captureSmallStrings(backend, connection, keys, quick, context);
  if (!done) co_return fail(std::move(done).error());
  backend.mostlyAbsent = static_cast<std::size_t>(std::ranges::count_if(quick, isAbsent)) > keys.size() / 2;
  std::vector<Bytes> rest;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!quick[i]) rest.push_back(std::move(keys[i]));
  }
  backend.mostlySmallStrings = rest.size() <= keys.size() / 2;
  std::vector<domain::Capture> others;
  if (!rest.empty()) {
    auto captured = co_await usual.run(std::move(rest), Holding::no, std::move(context));
    if (!captured) co_return fail(std::move(captured).error());
    others = *std::move(captured);
  }
  std::vector<domain::Capture> all;
  all.reserve(keys.size());
  auto other = others.begin();
  for (auto& one : quick) all.push_back(one ? *std::move(one) : std::move(*other++));
  co_return all;
}

Error noTransactions() {
  return {.code = ErrorCode::unauthorized,
          .message =
              "the server does not let this user run WATCH, MULTI and EXEC, so a key cannot be held while it "
              "is changed",
          .details = {{"capability", std::string("cas")}}};
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
  if (backend->mostlySmallStrings && mayCaptureQuickly(*dialect, limits, keys.size())) {
    co_return co_await captureMany(*backend, capturing, **lease, std::move(keys), std::move(context));
  }
  co_return co_await capturing.run(std::move(keys), Holding::no, std::move(context));
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
    Capturing capturing(**lease, *dialect, limits);
    auto captures = co_await capturing.run(std::move(keys), Holding::yes, std::move(context));
    if (!captures) co_return fail(std::move(captures).error());
    held.captures = *std::move(captures);
  }
  auto hold = std::make_unique<RedisHold>(*std::move(lease), *dialect);
  if (held.captures.size() == 1) hold->contentDigest = scriptDigest(held.captures.front());
  held.hold = std::move(hold);
  co_return held;
}

}  // namespace cachify::cache::redis
