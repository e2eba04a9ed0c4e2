#include "cache/redis/collection_page.hpp"

#include <algorithm>
#include <type_traits>

#include "cache/element_bytes.hpp"
#include "cache/read_range.hpp"
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

/// Of a checked beginning.
std::uint64_t distanceFromEnd(std::string_view negative) {
  return parseNumber(negative.substr(1)).value_or(0);
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
      members_(range.members),
      value_(emptyOf(type)),
      cursor_(range.cursor) {}

Result<void> CollectionPage::check(ValueType type, const ReadRange& range) {
  if (!isCursor(type, range.cursor)) return noSuchCursor(range.cursor);
  return checkRange(type, range);
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
  const std::uint64_t fromEnd = distanceFromEnd(from_);
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
  for (const Reply& member : unscored_) pipeline.add("ZSCORE", key_, member.text);
  if (!unscored_.empty()) return;
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
      members_ ? addNamedChunk(pipeline, from) : addScoredChunk(pipeline, from, last);
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

/// Gives members without their scores, which are asked for next.
void CollectionPage::addNamedChunk(Pipeline& pipeline, std::uint64_t from) const {
  if (backwards_) {
    pipeline.add("ZREVRANGEBYLEX", key_, members_->highest, members_->lowest, "LIMIT", from, asked_);
  } else {
    pipeline.add("ZRANGEBYLEX", key_, members_->lowest, members_->highest, "LIMIT", from, asked_);
  }
}

/// What ZRANGE … WITHSCORES would have said; a member that has gone meanwhile is left out.
Reply CollectionPage::scored(std::vector<Reply> scores) {
  Reply both{.kind = Reply::Kind::array};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!scores[i].isText()) continue;
    both.elements.push_back(std::move(unscored_[i]));
    both.elements.push_back(std::move(scores[i]));
  }
  unscored_.clear();
  return both;
}

/// Takes the cursor off an HSCAN's or SSCAN's reply and gives the data.
Result<Reply> CollectionPage::unwrapScan(Reply reply) {
  if (reply.elements.size() != 2 || !parseNumber(reply.elements[0].text)) {
    return fail(ErrorCode::internalError, "the server's answer to a scan has an unknown form");
  }
  cursor_ = reply.elements[0].text == "0" ? "" : std::move(reply.elements[0].text);
  return std::move(reply.elements[1]);
}

Result<void> CollectionPage::takeNext(std::vector<Reply> replies) {
  for (const Reply& reply : replies) {
    if (reply.isError()) return fail(classify(reply.text));
  }
  if (!unscored_.empty()) return takeContent(scored(std::move(replies)));
  if (members_) {
    unscored_ = std::move(replies.front().elements);
    got_ = unscored_.size();
    return unscored_.empty() ? takeContent(Reply{.kind = Reply::Kind::array}) : Result<void>();
  }
  if (whole_ || !isScanned()) return takeContent(std::move(replies.front()));
  auto data = unwrapScan(std::move(replies.front()));
  if (!data) return std::unexpected(data.error());
  return takeContent(*std::move(data));
}

Result<void> CollectionPage::takeContent(Reply reply) {
  auto content = contentIn(type_, std::move(reply));
  if (!content) return std::unexpected(content.error());
  std::visit(
      [&]<class Value>(Value& value) {
        if constexpr (!std::is_same_v<Value, std::monostate> && !std::is_same_v<Value, Bytes>) {
          auto& items = itemsOf(std::get<Value>(*content));
          const std::size_t given = items.size();
          if (!members_) got_ = given;
          finishChunk(takeItems(itemsOf(value), std::move(items)) == given, got_);
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
  const bool behindLast = length_ && !scores_ && !members_ &&
                          (type_ == ValueType::list || type_ == ValueType::zset) &&
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
  value.length = length_;
  value.memoryBytes = memory_;
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
