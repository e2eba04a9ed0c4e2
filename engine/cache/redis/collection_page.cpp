#include "cache/redis/collection_page.hpp"

#include <algorithm>
#include <charconv>
#include <type_traits>

#include "cache/element_bytes.hpp"
#include "cache/redis/number.hpp"
#include "cache/redis/server_error.hpp"

namespace cachify::cache::redis {
namespace {

using domain::ValueType;

/// Elements asked for at a time when nothing is known about their size.
constexpr std::uint64_t kBlindChunk = 64;
constexpr std::uint64_t kMaxChunk = 1000;

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

domain::LogicalValue emptyOf(ValueType type) {
  switch (type) {
    case ValueType::hash:
      return domain::HashValue();
    case ValueType::list:
      return domain::ListValue();
    case ValueType::set:
      return domain::SetValue();
    case ValueType::zset:
      return domain::ZSetValue();
    default:
      return domain::StreamValue();
  }
}

std::optional<std::int64_t> parseIndex(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

CollectionPage::CollectionPage(Bytes key, ValueType type, const ReadRange& range)
    : key_(std::move(key)),
      type_(type),
      maxItems_(std::max<std::uint64_t>(range.maxItems, 1)),
      maxBytes_(range.maxBytes),
      from_(range.from),
      backwards_(range.backwards),
      scores_(range.scores),
      value_(emptyOf(type)),
      cursor_(range.cursor) {}

Result<void> CollectionPage::check(ValueType type, const ReadRange& range) {
  const auto invalid = [](std::string message) {
    return fail(ErrorCode::validationError, std::move(message));
  };
  if (!isCursor(type, range.cursor)) return invalid("this cursor is not one that a read gave");
  if (type == ValueType::none) return {};
  const bool ordered = type == ValueType::zset || type == ValueType::stream;
  if (range.backwards && !ordered) return invalid("only streams and sorted sets are read backwards");
  if (range.scores && type != ValueType::zset) return invalid("only sorted sets have scores");
  if (range.from.empty()) return {};
  if (type == ValueType::stream) {
    const auto id = domain::parseStreamId(range.from);
    return id ? Result<void>() : std::unexpected(id.error());
  }
  if (type == ValueType::zset && parseNumber(range.from)) return {};
  if (type == ValueType::list && parseIndex(range.from)) return {};
  return invalid("values of this type cannot be read from there on");
}

bool CollectionPage::isCursor(ValueType type, std::string_view text) {
  if (text.empty()) return true;
  if (type != ValueType::stream) return parseNumber(text).has_value();
  const auto dash = text.find('-');
  return dash != std::string_view::npos && parseNumber(text.substr(0, dash)) &&
         parseNumber(text.substr(dash + 1));
}

bool CollectionPage::isScanned() const {
  return type_ == ValueType::hash || type_ == ValueType::set;
}

void CollectionPage::addMeasures(Pipeline& pipeline) const {
  addLength(pipeline, type_, key_);
  pipeline.add("MEMORY", "USAGE", key_);
}

void CollectionPage::takeMeasures(const Reply& length, const Reply& memory) {
  if (length.isInteger()) length_ = static_cast<std::uint64_t>(length.integer);
  if (memory.isInteger()) memory_ = static_cast<std::uint64_t>(memory.integer);
  whole_ = isScanned() && fitsOnePage();
  if (cursor_.empty()) cursor_ = beginning();
}

std::string CollectionPage::beginning() const {
  if (type_ == ValueType::stream && !from_.empty())
    return domain::parseStreamId(from_).value_or(domain::StreamId()).toString();
  if (type_ != ValueType::list || !from_.starts_with('-')) return from_;
  const auto fromEnd = static_cast<std::uint64_t>(-parseIndex(from_).value_or(0));
  return std::to_string(length_ && *length_ > fromEnd ? *length_ - fromEnd : 0);
}

bool CollectionPage::fitsOnePage() const {
  return cursor_.empty() && length_ && *length_ <= maxItems_ && memory_ && *memory_ <= maxBytes_;
}

/// Not more than are likely to fill the page.
std::uint64_t CollectionPage::chunkSize() const {
  const std::uint64_t missing = maxItems_ - taken_;
  if (!length_ || !memory_ || *length_ == 0) return std::min(missing, kBlindChunk);
  const std::uint64_t perItem = std::max<std::uint64_t>(*memory_ / *length_, 1);
  const std::uint64_t affordable = std::clamp<std::uint64_t>(maxBytes_ / perItem, 1, kMaxChunk);
  return std::min(missing, affordable);
}

void CollectionPage::addNext(Pipeline& pipeline) {
  if (whole_) return addWholeContent(pipeline, type_, key_);
  asked_ = chunkSize();
  const std::uint64_t from = parseNumber(cursor_).value_or(0);
  const std::uint64_t last = from + asked_ - 1;
  switch (type_) {
    case ValueType::hash:
      pipeline.add("HSCAN", key_, from, "COUNT", asked_);
      break;
    case ValueType::set:
      pipeline.add("SSCAN", key_, from, "COUNT", asked_);
      break;
    case ValueType::list:
      pipeline.add("LRANGE", key_, from, last);
      break;
    case ValueType::zset:
      addScoredChunk(pipeline, from, last);
      break;
    default:
      if (backwards_) {
        pipeline.add("XREVRANGE", key_, cursor_.empty() ? "+" : cursor_, "-", "COUNT", asked_);
      } else {
        pipeline.add("XRANGE", key_, cursor_.empty() ? "-" : cursor_, "+", "COUNT", asked_);
      }
      break;
  }
}

void CollectionPage::addScoredChunk(Pipeline& pipeline, std::uint64_t from, std::uint64_t last) const {
  if (!scores_) {
    pipeline.add(backwards_ ? "ZREVRANGE" : "ZRANGE", key_, from, last, "WITHSCORES");
  } else if (backwards_) {
    pipeline.add("ZREVRANGEBYSCORE", key_, scores_->highest, scores_->lowest, "WITHSCORES", "LIMIT", from,
                 asked_);
  } else {
    pipeline.add("ZRANGEBYSCORE", key_, scores_->lowest, scores_->highest, "WITHSCORES", "LIMIT", from,
                 asked_);
  }
}

/// Takes the cursor off an HSCAN's or SSCAN's reply and gives the data.
Result<Reply> CollectionPage::unwrapScan(Reply reply) {
  if (reply.elements.size() != 2 || !parseNumber(reply.elements[0].text)) {
    return fail(ErrorCode::internalError, "the server's answer to a scan has an unknown form");
  }
  cursor_ = reply.elements[0].text == "0" ? "" : std::move(reply.elements[0].text);
  return std::move(reply.elements[1]);
}

Result<void> CollectionPage::takeNext(Reply reply) {
  if (reply.isError()) return fail(classify(reply.text));
  if (!whole_ && isScanned()) {
    auto data = unwrapScan(std::move(reply));
    if (!data) return std::unexpected(data.error());
    reply = *std::move(data);
  }
  auto content = contentIn(type_, std::move(reply));
  if (!content) return std::unexpected(content.error());
  std::visit(
      [&]<class Value>(Value& value) {
        if constexpr (!std::is_same_v<Value, std::monostate> && !std::is_same_v<Value, Bytes>) {
          auto& items = itemsOf(std::get<Value>(*content));
          const std::size_t got = items.size();
          finishChunk(takeItems(itemsOf(value), std::move(items)) == got, got);
        }
      },
      value_);
  return {};
}

bool CollectionPage::isFull(std::uint64_t moreBytes) const {
  return taken_ >= maxItems_ || bytes_ + moreBytes > maxBytes_;
}

/// As many as the page has room for, but one at least, and all of a scanned batch. Says how many.
template <class Item>
std::size_t CollectionPage::takeItems(std::vector<Item>& into, std::vector<Item> items) {
  std::size_t count = 0;
  for (Item& item : items) {
    const std::uint64_t bytes = bytesOf(item);
    if (isFull(bytes) && taken_ > 0 && !isScanned()) break;
    bytes_ += bytes;
    into.push_back(std::move(item));
    ++taken_;
    ++count;
  }
  if constexpr (std::is_same_v<Item, domain::StreamEntry>) {
    if (count > 0) cursor_ = backwards_ ? streamIdBefore(into.back().id) : streamIdAfter(into.back().id);
  } else if (!isScanned()) {
    cursor_ = std::to_string(parseNumber(cursor_).value_or(0) + count);
  }
  return count;
}

void CollectionPage::finishChunk(bool tookAll, std::size_t got) {
  const bool behindLast = length_ && !scores_ && (type_ == ValueType::list || type_ == ValueType::zset) &&
                          parseNumber(cursor_).value_or(0) >= *length_;
  const bool behindFirstId = type_ == ValueType::stream && backwards_ && tookAll && cursor_.empty();
  const bool atEnd =
      behindFirstId || whole_ || (isScanned() ? cursor_.empty() : tookAll && (got < asked_ || behindLast));
  if (atEnd) cursor_.clear();
  done_ = atEnd || !tookAll || isFull(0) || bytes_ == maxBytes_;
}

void CollectionPage::moveInto(ReadValue& value) && {
  value.value = std::move(value_);
  value.sizeBytes = bytes_;
  value.nextCursor = std::move(cursor_);
}

std::string streamIdAfter(std::string_view id) {
  const auto dash = id.find('-');
  const auto time = parseNumber(id.substr(0, dash)).value_or(0);
  const auto sequence = dash == std::string_view::npos ? 0 : parseNumber(id.substr(dash + 1)).value_or(0);
  if (sequence == UINT64_MAX) return std::to_string(time + 1) + "-0";
  return std::to_string(time) + "-" + std::to_string(sequence + 1);
}

std::string streamIdBefore(std::string_view id) {
  auto before = domain::parseStreamId(id).value_or(domain::StreamId());
  if (before.sequence > 0) {
    --before.sequence;
  } else if (before.time > 0) {
    --before.time;
    before.sequence = UINT64_MAX;
  } else {
    return {};
  }
  return before == domain::StreamId() ? std::string() : before.toString();
}

}  // namespace cachify::cache::redis
