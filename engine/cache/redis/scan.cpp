#include "cache/redis/scan.hpp"

#include <algorithm>

#include "cache/redis/number.hpp"
#include "cache/redis/probe.hpp"
#include "cache/redis/scan_cursor.hpp"
#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {
namespace {

/// One SCAN of this COUNT holds the server for a few milliseconds; more gains nothing.
constexpr std::uint64_t kMaxBatch = 10'000;
constexpr std::uint64_t kMinBatch = 10;

class PageScan {
 public:
  PageScan(Lease lease, ScanRequest request, ScanCursor cursor, bool filtersOnServer)
      : lease_(std::move(lease)),
        request_(std::move(request)),
        cursor_(std::move(cursor)),
        filtersOnServer_(filtersOnServer) {}

  Task<ScanPage> run(CallContext context);

 private:
  Task<void> begin(CallContext context);
  Task<void> batch(CallContext context);
  Task<void> keepOfType(std::vector<Bytes> keys, CallContext context);
  Result<std::vector<Bytes>> take(Reply& reply, std::uint64_t count);
  void addScan(Pipeline& pipeline, std::uint64_t count) const;
  void countScanned(std::uint64_t count, std::size_t returned);
  [[nodiscard]] std::uint64_t batchSize() const;
  [[nodiscard]] bool filtersHere() const { return request_.type && !filtersOnServer_; }
  [[nodiscard]] bool done() const;

  Lease lease_;
  ScanRequest request_;
  ScanCursor cursor_;
  ScanPage page_;
  bool filtersOnServer_;
  bool exhausted_ = false;
};

bool PageScan::done() const {
  return exhausted_ || page_.keys.size() >= request_.limit || page_.scanned >= request_.maxScanned;
}

std::uint64_t PageScan::batchSize() const {
  const std::uint64_t missing = std::max<std::uint64_t>(request_.limit, 1) - page_.keys.size();
  const std::uint64_t allowed = std::max<std::uint64_t>(request_.maxScanned - page_.scanned, kMinBatch);
  return std::min(allowed, nextBatch(missing, page_.keys.size(), page_.scanned));
}

void PageScan::addScan(Pipeline& pipeline, std::uint64_t count) const {
  const bool matches = request_.pattern != "*";
  pipeline.begin(4 + (matches ? 2u : 0u) + (filtersOnServer_ ? 2u : 0u));
  pipeline.word("SCAN");
  pipeline.word(cursor_.position);
  if (matches) {
    pipeline.word("MATCH");
    pipeline.word(request_.pattern);
  }
  pipeline.word("COUNT");
  pipeline.word(count);
  if (filtersOnServer_) {
    pipeline.word("TYPE");
    pipeline.word(request_.type == domain::ValueType::json ? "ReJSON-RL" : domain::wireName(*request_.type));
  }
}

/// The server does not say how many keys it looked at: about COUNT, exactly what it returned where nothing is
/// filtered out, and all that were left when it is through.
void PageScan::countScanned(std::uint64_t count, std::size_t returned) {
  const bool filters = request_.pattern != "*" || filtersOnServer_;
  std::uint64_t looked = filters ? std::max<std::uint64_t>(count, returned) : returned;
  if (filters && page_.total) {
    const std::uint64_t before = cursor_.scanned + page_.scanned;
    const std::uint64_t left = *page_.total - std::min(before, *page_.total);
    looked = exhausted_ ? left : std::min(looked, left);
    looked = std::max<std::uint64_t>(looked, returned);
  }
  page_.scanned += looked;
}

Result<std::vector<Bytes>> PageScan::take(Reply& reply, std::uint64_t count) {
  if (reply.isError()) return fail(classify(reply.text));
  const bool sound = reply.elements.size() == 2 && reply.elements[1].isArray();
  const auto position = sound ? parseNumber(reply.elements[0].text) : std::nullopt;
  if (!position) return fail(ErrorCode::internalError, "the server's answer to SCAN has an unknown form");
  cursor_.position = *position;
  exhausted_ = *position == 0;
  std::vector<Bytes> keys;
  keys.reserve(reply.elements[1].elements.size());
  for (Reply& key : reply.elements[1].elements) keys.push_back(std::move(key.text));
  countScanned(count, keys.size());
  return keys;
}

/// The first batch, together with what the page says of the whole, in one round trip.
Task<void> PageScan::begin(CallContext context) {
  const std::uint64_t count = batchSize();
  Pipeline pipeline;
  pipeline.add("INFO", "server").add("DBSIZE");
  addScan(pipeline, count);
  auto replies = co_await lease_->exchange(pipeline, context);
  if (!replies) co_return fail(std::move(replies).error());
  auto& answers = *replies;
  const std::string runId(answers[0].isText() ? infoField(answers[0].text, "run_id") : "");
  page_.partOfCluster = answers[0].isText() && infoField(answers[0].text, "redis_mode") == "cluster";
  if (answers[1].isInteger()) page_.total = static_cast<std::uint64_t>(answers[1].integer);
  const bool otherRun = cursor_.position != 0 && runId != cursor_.runId;
  if (otherRun) cursor_ = ScanCursor();
  cursor_.runId = runId;
  if (otherRun) co_return Result<void>();  // that answer was for the old run's cursor
  auto keys = take(answers[2], count);
  if (!keys) co_return fail(std::move(keys).error());
  co_return co_await keepOfType(*std::move(keys), context);
}

Task<void> PageScan::batch(CallContext context) {
  const std::uint64_t count = batchSize();
  Pipeline pipeline;
  addScan(pipeline, count);
  auto replies = co_await lease_->exchange(pipeline, context);
  if (!replies) co_return fail(std::move(replies).error());
  auto keys = take(replies->front(), count);
  if (!keys) co_return fail(std::move(keys).error());
  co_return co_await keepOfType(*std::move(keys), context);
}

/// Adds the keys to the page; where the server cannot filter by type, only those that have it.
Task<void> PageScan::keepOfType(std::vector<Bytes> keys, CallContext context) {
  if (!filtersHere() || keys.empty()) {
    std::ranges::move(keys, std::back_inserter(page_.keys));
    co_return Result<void>();
  }
  Pipeline pipeline;
  for (const Bytes& key : keys) pipeline.add("TYPE", key);
  auto types = co_await lease_->exchange(pipeline, context);
  if (!types) co_return fail(std::move(types).error());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if ((*types)[i].isError()) co_return fail(classify((*types)[i].text));
    const auto type = domain::parseValueType((*types)[i].text).value_or(domain::ValueType::other);
    if (type == *request_.type) page_.keys.push_back(std::move(keys[i]));
  }
  co_return Result<void>();
}

Task<ScanPage> PageScan::run(CallContext context) {
  auto begun = co_await begin(context);
  if (!begun) co_return fail(std::move(begun).error());
  while (!done()) {
    auto next = co_await batch(context);
    if (!next) co_return fail(std::move(next).error());
  }
  if (!exhausted_) {
    cursor_.scanned += page_.scanned;
    page_.nextCursor = cursor_.encode();
  }
  co_return std::move(page_);
}

}  // namespace

std::uint64_t nextBatch(std::uint64_t missing, std::uint64_t matched, std::uint64_t scanned) {
  // As many as would give the missing ones if the rest is like what was seen; nothing seen counts as one
  // match.
  const double perMatch = static_cast<double>(scanned + 1) / static_cast<double>(matched + 1);
  const double wanted = static_cast<double>(missing) * std::max(perMatch, 1.0);
  return static_cast<std::uint64_t>(std::clamp(wanted, double{kMinBatch}, double{kMaxBatch}));
}

Task<ScanPage> scan(SharedBackend backend, ScanRequest request, CallContext context) {
  auto cursor = ScanCursor::decode(request.cursor);
  if (!cursor) co_return fail(std::move(cursor).error());
  bool filtersOnServer = false;
  if (request.type && *request.type != domain::ValueType::other) {
    auto dialect = co_await dialectOf(backend, context);
    if (!dialect) co_return fail(std::move(dialect).error());
    filtersOnServer = dialect->scanType;
  }
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  PageScan page(*std::move(lease), std::move(request), *std::move(cursor), filtersOnServer);
  co_return co_await page.run(std::move(context));
}

}  // namespace cachify::cache::redis
