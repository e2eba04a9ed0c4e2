#include "cache/redis/read_value.hpp"

#include <algorithm>
#include <charconv>

#include "cache/redis/content.hpp"
#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {
namespace {

using domain::ValueType;

/// Elements asked for at a time when nothing is known about their size.
constexpr std::uint64_t kBlindChunk = 64;
constexpr std::uint64_t kMaxChunk = 1000;

std::uint64_t bytesOf(const Bytes& item) {
  return item.size();
}
std::uint64_t bytesOf(const domain::HashEntry& entry) {
  return entry.field.size() + entry.value.size();
}
std::uint64_t bytesOf(const domain::ScoredMember& item) {
  return item.member.size() + item.score.size();
}
std::uint64_t bytesOf(const domain::StreamEntry& entry) {
  std::uint64_t total = entry.id.size();
  for (const auto& field : entry.fields) total += bytesOf(field);
  return total;
}

auto& itemsOf(domain::HashValue& value) {
  return value.entries;
}
auto& itemsOf(domain::ListValue& value) {
  return value.items;
}
auto& itemsOf(domain::SetValue& value) {
  return value.members;
}
auto& itemsOf(domain::ZSetValue& value) {
  return value.members;
}
auto& itemsOf(domain::StreamValue& value) {
  return value.entries;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool isStreamId(std::string_view text) {
  const auto dash = text.find('-');
  return dash != std::string_view::npos && number(text.substr(0, dash)) && number(text.substr(dash + 1));
}

class Reader {
 public:
  Reader(Lease lease, Bytes key, ReadRange range)
      : lease_(std::move(lease)), key_(std::move(key)), range_(std::move(range)) {
    range_.maxItems = std::max<std::uint64_t>(range_.maxItems, 1);
    range_.maxBytes = std::max<std::uint64_t>(range_.maxBytes, 1);
  }

  Task<ReadValue> run(CallContext context);

 private:
  Task<void> readString(CallContext context);
  Task<void> readPlainString(CallContext context);
  Task<void> readUntyped(Error refusal, CallContext context);
  template <class Collection>
  Task<void> readCollection(CallContext context);
  Task<void> measure(CallContext context);
  template <class Collection>
  void take(Collection chunk, std::uint64_t position);

  void addChunk(Pipeline& pipeline, std::string_view cursor, std::uint64_t count) const;
  [[nodiscard]] bool isScanned() const { return out_.type == ValueType::hash || out_.type == ValueType::set; }
  [[nodiscard]] bool fitsOnePage() const;
  [[nodiscard]] std::uint64_t chunk(std::uint64_t taken) const;
  [[nodiscard]] bool cursorIsSound() const;

  Lease lease_;
  Bytes key_;
  ReadRange range_;
  ReadValue out_;
  std::optional<std::uint64_t> length_;  ///< elements
  std::optional<std::uint64_t> memory_;  ///< bytes the server counts for the key
};

bool Reader::cursorIsSound() const {
  if (range_.cursor.empty()) return true;
  return out_.type == ValueType::stream ? isStreamId(range_.cursor) : number(range_.cursor).has_value();
}

Task<void> Reader::readString(CallContext context) {
  const std::uint64_t offset = number(range_.cursor).value_or(0);
  Pipeline pipeline;
  pipeline.add("STRLEN", key_).add("GETRANGE", key_, offset, offset + range_.maxBytes - 1);
  auto replies = co_await lease_->exchange(pipeline, context);
  if (!replies) co_return fail(std::move(replies).error());
  const Reply& length = (*replies)[0];
  Reply& part = (*replies)[1];
  if (length.isError() || part.isError()) co_return co_await readPlainString(context);
  out_.sizeBytes = static_cast<std::uint64_t>(length.integer);
  const std::uint64_t end = offset + part.text.size();
  if (end < out_.sizeBytes && !part.text.empty()) out_.nextCursor = std::to_string(end);
  out_.value = std::move(part.text);
  co_return Result<void>();
}

/// For users who may GET and nothing else.
Task<void> Reader::readPlainString(CallContext context) {
  Pipeline pipeline;
  pipeline.add("GET", key_);
  auto replies = co_await lease_->exchange(pipeline, context);
  if (!replies) co_return fail(std::move(replies).error());
  Reply& whole = replies->front();
  if (whole.isError()) co_return fail(classify(whole.text));
  if (whole.isNil()) {
    out_ = ReadValue();
    co_return Result<void>();
  }
  const auto offset = std::min<std::uint64_t>(number(range_.cursor).value_or(0), whole.text.size());
  const Bytes part =
      whole.text.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(range_.maxBytes));
  out_.sizeBytes = whole.text.size();
  if (offset + part.size() < whole.text.size()) out_.nextCursor = std::to_string(offset + part.size());
  out_.value = part;
  co_return Result<void>();
}

/// The user may not ask for the type: perhaps it is a string.
Task<void> Reader::readUntyped(Error refusal, CallContext context) {
  out_.type = ValueType::string;
  auto done = co_await readPlainString(std::move(context));
  if (!done && done.error().code == ErrorCode::conflict) co_return fail(std::move(refusal));
  co_return done;
}

Task<void> Reader::measure(CallContext context) {
  Pipeline pipeline;
  addLength(pipeline, out_.type, key_);
  pipeline.add("MEMORY", "USAGE", key_);
  auto replies = co_await lease_->exchange(pipeline, std::move(context));
  if (!replies) co_return fail(std::move(replies).error());
  if ((*replies)[0].isInteger()) length_ = static_cast<std::uint64_t>((*replies)[0].integer);
  if ((*replies)[1].isInteger()) memory_ = static_cast<std::uint64_t>((*replies)[1].integer);
  co_return Result<void>();
}

bool Reader::fitsOnePage() const {
  return range_.cursor.empty() && length_ && *length_ <= range_.maxItems && memory_ &&
         *memory_ <= range_.maxBytes;
}

/// Elements to ask for next: not more than are likely to fill the page.
std::uint64_t Reader::chunk(std::uint64_t taken) const {
  const std::uint64_t missing = range_.maxItems - std::min(taken, range_.maxItems - 1);
  if (!length_ || !memory_ || *length_ == 0) return std::min(missing, kBlindChunk);
  const std::uint64_t perItem = std::max<std::uint64_t>(*memory_ / *length_, 1);
  const std::uint64_t affordable = std::clamp<std::uint64_t>(range_.maxBytes / perItem, 1, kMaxChunk);
  return std::min(missing, affordable);
}

void Reader::addChunk(Pipeline& pipeline, std::string_view cursor, std::uint64_t count) const {
  const std::uint64_t from = number(cursor).value_or(0);
  switch (out_.type) {
    case ValueType::hash:
      pipeline.add("HSCAN", key_, from, "COUNT", count);
      break;
    case ValueType::set:
      pipeline.add("SSCAN", key_, from, "COUNT", count);
      break;
    case ValueType::list:
      pipeline.add("LRANGE", key_, from, from + count - 1);
      break;
    case ValueType::zset:
      pipeline.add("ZRANGE", key_, from, from + count - 1, "WITHSCORES");
      break;
    default:
      pipeline.add("XRANGE", key_, cursor.empty() ? "-" : cursor, "+", "COUNT", count);
      break;
  }
}

/// Adds the chunk's elements until the page is full and sets the cursor behind the last one taken. A scanned
/// chunk is taken whole, for its cursor stands behind all of it.
template <class Collection>
void Reader::take(Collection chunk, std::uint64_t position) {
  auto& items = itemsOf(std::get<Collection>(out_.value));
  for (auto& item : itemsOf(chunk)) {
    const std::uint64_t bytes = bytesOf(item);
    const bool full = items.size() >= range_.maxItems || out_.sizeBytes + bytes > range_.maxBytes;
    if (full && !items.empty() && !isScanned()) return;
    out_.sizeBytes += bytes;
    items.push_back(std::move(item));
    if constexpr (std::is_same_v<Collection, domain::StreamValue>) {
      out_.nextCursor = streamIdAfter(items.back().id);
    } else if (!isScanned()) {
      out_.nextCursor = std::to_string(++position);
    }
  }
}

template <class Collection>
Task<void> Reader::readCollection(CallContext context) {
  auto measured = co_await measure(context);
  if (!measured) co_return measured;
  out_.value = Collection();
  out_.nextCursor = range_.cursor;
  const auto& items = itemsOf(std::get<Collection>(out_.value));
  const bool whole = isScanned() && fitsOnePage();
  while (true) {
    const std::size_t before = items.size();
    const std::uint64_t count = chunk(before);
    Pipeline pipeline;
    if (whole) {
      addWholeContent(pipeline, out_.type, key_);
    } else {
      addChunk(pipeline, out_.nextCursor, count);
    }
    auto replies = co_await lease_->exchange(pipeline, context);
    if (!replies) co_return fail(std::move(replies).error());
    Reply reply = std::move(replies->front());
    if (reply.isError()) co_return fail(classify(reply.text));
    const std::uint64_t position = number(out_.nextCursor).value_or(0);
    if (!whole && isScanned()) {
      if (reply.elements.size() != 2)
        co_return fail(ErrorCode::internalError, "a scan's answer has an unknown form");
      out_.nextCursor = reply.elements[0].text == "0" ? "" : reply.elements[0].text;
      Reply data = std::move(reply.elements[1]);
      reply = std::move(data);
    }
    auto content = contentIn(out_.type, std::move(reply));
    if (!content) co_return fail(std::move(content).error());
    auto chunkItems = std::get<Collection>(*std::move(content));
    const std::size_t got = itemsOf(chunkItems).size();
    take(std::move(chunkItems), position);
    const bool tookAll = items.size() - before == got;
    const bool atEnd = whole || (isScanned() ? out_.nextCursor.empty() : tookAll && got < count);
    if (atEnd) out_.nextCursor.clear();
    if (atEnd || !tookAll || items.size() >= range_.maxItems || out_.sizeBytes >= range_.maxBytes) break;
  }
  // A page that ended right at the last element needs no empty page after it.
  if (!isScanned() && length_ && number(out_.nextCursor) == length_) out_.nextCursor.clear();
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
  if (!cursorIsSound()) co_return fail(ErrorCode::validationError, "this cursor is not one that a read gave");
  Result<void> done;
  switch (out_.type) {
    case ValueType::string:
      done = co_await readString(context);
      break;
    case ValueType::hash:
      done = co_await readCollection<domain::HashValue>(context);
      break;
    case ValueType::list:
      done = co_await readCollection<domain::ListValue>(context);
      break;
    case ValueType::set:
      done = co_await readCollection<domain::SetValue>(context);
      break;
    case ValueType::zset:
      done = co_await readCollection<domain::ZSetValue>(context);
      break;
    case ValueType::stream:
      done = co_await readCollection<domain::StreamValue>(context);
      break;
    default:
      if (known[0].isError()) done = co_await readUntyped(classify(known[0].text), context);
  }
  if (!done) co_return fail(std::move(done).error());
  co_return std::move(out_);
}

}  // namespace

std::string streamIdAfter(std::string_view id) {
  const auto dash = id.find('-');
  const auto time = number(id.substr(0, dash)).value_or(0);
  const auto sequence = dash == std::string_view::npos ? 0 : number(id.substr(dash + 1)).value_or(0);
  if (sequence == UINT64_MAX) return std::to_string(time + 1) + "-0";
  return std::to_string(time) + "-" + std::to_string(sequence + 1);
}

Task<ReadValue> readValue(SharedBackend backend, Bytes key, ReadRange range, CallContext context) {
  auto lease = co_await backend->pool->acquire(context);
  if (!lease) co_return fail(std::move(lease).error());
  Reader reader(*std::move(lease), std::move(key), std::move(range));
  co_return co_await reader.run(std::move(context));
}

}  // namespace cachify::cache::redis
