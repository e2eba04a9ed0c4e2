#include "cache/redis/read_value.hpp"

#include <algorithm>

#include "cache/read_range.hpp"
#include "cache/redis/collection_page.hpp"
#include "cache/redis/edit_command.hpp"
#include "cache/redis/number.hpp"
#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {
namespace {

using domain::ValueType;

class Reader {
 public:
  Reader(Lease lease, Bytes key, ReadRange range)
      : lease_(std::move(lease)), key_(std::move(key)), range_(std::move(range)) {
    range_.maxBytes = std::max<std::uint64_t>(range_.maxBytes, 1);
  }

  Task<ReadValue> run(CallContext context);

 private:
  Task<void> readString(CallContext context);
  Task<void> readPlainString(CallContext context);
  Task<void> readUntyped(Error refusal, CallContext context);
  Task<void> readCollection(CallContext context);
  Task<void> readElement(CallContext context);
  Task<void> readJson(CallContext context);
  void takePart(Bytes part, std::uint64_t length);

  Lease lease_;
  Bytes key_;
  ReadRange range_;
  ReadValue out_;
};

void Reader::takePart(Bytes part, std::uint64_t length) {
  const std::uint64_t end = parseNumber(range_.cursor).value_or(0) + part.size();
  out_.sizeBytes = length;
  if (end < length && !part.empty()) out_.nextCursor = std::to_string(end);
  out_.value = std::move(part);
}

Task<void> Reader::readString(CallContext context) {
  const std::uint64_t offset = parseNumber(range_.cursor).value_or(0);
  Pipeline pipeline;
  pipeline.add("STRLEN", key_).add("GETRANGE", key_, offset, offset + range_.maxBytes - 1);
  auto replies = co_await lease_->exchange(pipeline, context);
  if (!replies) co_return fail(std::move(replies).error());
  const Reply& length = (*replies)[0];
  Reply& part = (*replies)[1];
  if (length.isError() || part.isError()) co_return co_await readPlainString(context);
  takePart(std::move(part.text), static_cast<std::uint64_t>(length.integer));
  co_return Result<void>();
}

/// For users who may GET and nothing else.
Task<void> Reader::readPlainString(CallContext context) {
  Pipeline pipeline;
  pipeline.add("GET", key_);
  auto replies = co_await lease_->exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  const Reply& whole = replies->front();
  if (whole.isError()) co_return fail(classify(whole.text));
  if (whole.isNil()) {
    out_ = ReadValue();
    co_return Result<void>();
  }
  const auto offset = std::min<std::uint64_t>(parseNumber(range_.cursor).value_or(0), whole.text.size());
  takePart(whole.text.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(range_.maxBytes)),
           whole.text.size());
  co_return Result<void>();
}

/// The user may not ask for the type: perhaps it is a string.
Task<void> Reader::readUntyped(Error refusal, CallContext context) {
  out_.type = ValueType::string;
  auto done = co_await readPlainString(std::move(context));
  if (!done && done.error().code == ErrorCode::conflict) co_return fail(std::move(refusal));
  co_return done;
}

Task<void> Reader::readCollection(CallContext context) {
  CollectionPage page(key_, out_.type, range_);
  Pipeline measures;
  page.addMeasures(measures);
  auto measured = co_await lease_->exchange(measures, context);
  if (!measured) co_return fail(std::move(measured).error());
  page.takeMeasures((*measured)[0], (*measured)[1]);
  while (!page.done()) {
    Pipeline next;
    page.addNext(next);
    auto replies = co_await lease_->exchange(next, context);
    if (!replies) co_return fail(std::move(replies).error());
    auto taken = page.takeNext(*std::move(replies));
    if (!taken) co_return taken;
  }
  std::move(page).moveInto(out_);
  co_return Result<void>();
}

Task<void> Reader::readElement(CallContext context) {
  Pipeline pipeline;
  const auto asked = addElementRead(pipeline, out_.type, key_, *range_.element);
  if (!asked) co_return asked;
  auto replies = co_await lease_->exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  Reply& reply = replies->front();
  if (reply.isError()) co_return fail(classify(reply.text));
  out_.value = elementIn(out_.type, *range_.element, std::move(reply));
  out_.sizeBytes = domain::contentBytes(out_.value);
  co_return Result<void>();
}

/// The module gives whole texts only: what the range leaves out is cut off here. Asked for a key that is not
/// there, too: where there is no module that is to be said.
Task<void> Reader::readJson(CallContext context) {
  Pipeline pipeline;
  const auto asked = addJsonRead(pipeline, key_, range_.element);
  if (!asked) co_return asked;
  auto replies = co_await lease_->exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  Reply& reply = replies->front();
  if (reply.isError()) co_return fail(editRefused(reply.text));
  if (!reply.isText()) co_return Result<void>();
  const auto offset = std::min<std::uint64_t>(parseNumber(range_.cursor).value_or(0), reply.text.size());
  takePart(reply.text.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(range_.maxBytes)),
           reply.text.size());
  co_return Result<void>();
}

Task<ReadValue> Reader::run(CallContext context) {
  Pipeline pipeline;
  pipeline.add("TYPE", key_).add("PTTL", key_).add("OBJECT", "ENCODING", key_);
  auto replies = co_await lease_->exchange(pipeline, context);
  if (!replies) co_return fail(std::move(replies).error());
  const auto& known = *replies;
  if (known[1].isInteger() && known[1].integer >= 0) out_.ttl = std::chrono::milliseconds(known[1].integer);
  if (known[2].isText()) out_.encoding = known[2].text;
  out_.type = typeOf(known[0]);
  const bool typeIsKnown = !known[0].isError();
  if (auto valid = checkType(out_.type, range_); typeIsKnown && !valid) co_return fail(valid.error());
  if (auto valid = CollectionPage::check(out_.type, range_); !valid) co_return fail(std::move(valid).error());
  Result<void> done;
  if (!typeIsKnown) {
    done = co_await readUntyped(classify(known[0].text), context);
  } else if (out_.type == ValueType::json || range_.type == ValueType::json) {
    done = co_await readJson(context);
  } else if (range_.element && out_.type != ValueType::none) {
    done = co_await readElement(context);
  } else if (out_.type == ValueType::string) {
    done = co_await readString(context);
  } else if (hasLogicalForm(out_.type)) {
    done = co_await readCollection(context);
  }
  if (done) done = checkType(out_.type, range_);
  if (!done) co_return fail(std::move(done).error());
  co_return std::move(out_);
}

}  // namespace

Task<ReadValue> readValue(SharedBackend backend, Bytes key, ReadRange range, CallContext context) {
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  Reader reader(*std::move(lease), std::move(key), std::move(range));
  co_return co_await reader.run(std::move(context));
}

}  // namespace cachify::cache::redis
