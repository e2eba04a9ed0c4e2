#include "cache/redis/captured_key.hpp"

#include <algorithm>

#include "cache/capture_rules.hpp"
#include "cache/redis/server_error.hpp"
#include "cache/redis/string_dump.hpp"

namespace cachify::cache::redis {
namespace {

using domain::ValueType;
using std::chrono::milliseconds;

/// A collection's memory says little about its content: pointers and hash tables may be several times as
/// large, compression makes it smaller. What is fetched is measured exactly afterwards.
constexpr std::uint64_t kMemoryPerContent = 4;
/// Below this nothing is lost by fetching and measuring.
constexpr std::uint64_t kAlwaysFetched = 1 << 20;
/// What an element of a collection is taken to need, where the server does not tell the memory.
constexpr std::uint64_t kGuessedElementBytes = 64;

/// In the reply to HPEXPIRETIME; servers that do not know it know no TTLs of fields either.
bool noFieldExpires(const Reply& times) {
  if (times.isError()) return isUnknownCommand(times.text);
  return std::ranges::all_of(times.elements,
                             [](const Reply& time) { return time.isInteger() && time.integer < 0; });
}

}  // namespace

CapturedKey::CapturedKey(Bytes key, const Dialect& dialect, const CaptureLimits& limits)
    : dialect_(dialect), limits_(limits) {
  capture_.key = std::move(key);
}

void CapturedKey::refuse(Error why) {
  capture_.notCaptured = std::move(why);
  capture_.dump.reset();
  capture_.logical = {};
  capture_.digest.reset();
  capture_.elements.clear();
}

void CapturedKey::becomeAbsent() {
  Bytes key = std::move(capture_.key);
  capture_ = {};
  capture_.key = std::move(key);
}

void CapturedKey::checkExpected(std::uint64_t bytes, std::uint64_t slack) {
  expectedBytes_ = bytes;
  capture_.sizeBytes = bytes;
  if (bytes / slack > limits_.maxBytes) refuse(tooLargeToCapture(bytes, limits_));
}

void CapturedKey::addSurvey(Pipeline& pipeline) const {
  pipeline.add("TYPE", capture_.key).add("MEMORY", "USAGE", capture_.key);
}

void CapturedKey::takeSurvey(const Reply& type, const Reply& memory) {
  capture_.type = typeOf(type);
  memoryKnown_ = memory.isInteger();
  if (!memoryKnown_ || capture_.type == ValueType::none) return;
  expectedBytes_ = static_cast<std::uint64_t>(memory.integer);
  capture_.sizeBytes = expectedBytes_;
  if (needsLength() || expectedBytes_ <= kAlwaysFetched) return;
  checkExpected(expectedBytes_, kMemoryPerContent);
}

bool CapturedKey::needsLength() const {
  if (!hasLogicalForm(capture_.type)) return false;
  const bool isLong = capture_.type == ValueType::string && expectedBytes_ > limits_.maxBytes;
  return !memoryKnown_ || isLong || mayBePart();
}

bool CapturedKey::mayBePart() const {
  const bool isLarge = !memoryKnown_ || expectedBytes_ > limits_.wholeUpToBytes;
  return isLarge && !limits_.elements.empty() && capture_.type == limits_.elementsOf;
}

bool CapturedKey::asksFieldTtls() const {
  return mayBePart() && capture_.type == ValueType::hash;
}

void CapturedKey::addLength(Pipeline& pipeline) const {
  redis::addLength(pipeline, capture_.type, capture_.key);
  if (!asksFieldTtls()) return;
  pipeline.begin(4 + limits_.elements.size());
  pipeline.word("HPEXPIRETIME");
  pipeline.word(capture_.key);
  pipeline.word("FIELDS");
  pipeline.word(limits_.elements.size());
  for (const Bytes& name : limits_.elements) pipeline.word(name);
}

void CapturedKey::takeLength(std::span<const Reply> replies) {
  const Reply& length = replies.front();
  if (!length.isInteger()) return;
  const auto count = static_cast<std::uint64_t>(length.integer);
  if (capture_.type == ValueType::string) return checkExpected(count, 1);
  isPart_ =
      mayBePart() && count > limits_.elements.size() && (!asksFieldTtls() || noFieldExpires(replies[1]));
  if (!memoryKnown_) expectedBytes_ = count * kGuessedElementBytes;
  if (isPart_) {
    expectedBytes_ = limits_.elements.size() * kGuessedElementBytes;
  } else if (expectedBytes_ > kAlwaysFetched) {
    checkExpected(expectedBytes_, kMemoryPerContent);
  }
}

void CapturedKey::addContent(Pipeline& pipeline) const {
  pipeline.add(dialect_.pexpireTime ? "PEXPIRETIME" : "PTTL", capture_.key);
  if (isPart_) {
    for (const Bytes& name : limits_.elements)
      static_cast<void>(addElementRead(pipeline, capture_.type, capture_.key, ElementNamed{name}));
    return;
  }
  if (dialect_.dumps) pipeline.add("DUMP", capture_.key);
  if (readsContent()) addWholeContent(pipeline, capture_.type, capture_.key);
}

bool CapturedKey::readsContent() const {
  return hasLogicalForm(capture_.type) && !(dialect_.dumps && capture_.type == ValueType::string);
}

std::size_t CapturedKey::contentReplies() const {
  if (isPart_) return 1 + limits_.elements.size();
  return 1 + (dialect_.dumps ? 1u : 0u) + (readsContent() ? 1u : 0u);
}

void CapturedKey::takeExpiry(const Reply& reply, WallTime serverTime) {
  if (reply.isError()) return refuse(classify(reply.text));
  if (reply.integer == -2) return becomeAbsent();
  if (reply.integer < 0) return;
  const milliseconds given(reply.integer);
  capture_.deadline = dialect_.pexpireTime ? WallTime(given) : serverTime + given;
}

void CapturedKey::takeDump(Reply& reply) {
  if (reply.isNil()) return becomeAbsent();
  if (!reply.isError()) {
    capture_.dump = std::move(reply.text);
  } else if (!readsContent()) {
    refuse(classify(reply.text));
  }
}

void CapturedKey::takeStringFromDump() {
  if (!isStringDump(*capture_.dump)) return refuse(changedSinceCapture());
  // What could not be read of it can still be restored; it just has no digest.
  auto text = stringInDump(*capture_.dump, limits_.maxBytes);
  if (text) takeLogical(*std::move(text));
}

void CapturedKey::takeContentReply(Reply reply) {
  if (reply.isNil()) return becomeAbsent();
  if (reply.isError()) {
    Error error = classify(reply.text);
    // Its type is another one now: what we hold is of no one moment.
    if (error.code == ErrorCode::conflict) return refuse(changedSinceCapture());
    if (!capture_.dump) refuse(std::move(error));
    return;
  }
  auto content = contentIn(capture_.type, std::move(reply));
  if (!content) return refuse(std::move(content).error());
  takeLogical(*std::move(content));
}

void CapturedKey::takeLogical(domain::LogicalValue content) {
  capture_.sizeBytes = domain::contentBytes(content);
  if (capture_.sizeBytes > limits_.maxBytes) return refuse(tooLargeToCapture(capture_.sizeBytes, limits_));
  capture_.digest = domain::contentDigest(content);
  // Without a DUMP the logical copy is all there is to restore from, however large.
  if (capture_.sizeBytes <= limits_.maxLogicalBytes || !capture_.dump) capture_.logical = std::move(content);
}

void CapturedKey::takePart(std::span<Reply> replies) {
  const auto failed = std::ranges::find_if(replies, &Reply::isError);
  if (failed != replies.end()) {
    Error error = classify(failed->text);
    return refuse(error.code == ErrorCode::conflict ? changedSinceCapture() : std::move(error));
  }
  capture_.elements = limits_.elements;
  capture_.logical = elementsIn(capture_.type, capture_.elements, replies);
  capture_.sizeBytes = domain::contentBytes(capture_.logical);
  capture_.digest = domain::partDigest(capture_.logical, capture_.elements);
  if (capture_.sizeBytes > limits_.maxBytes) refuse(tooLargeToCapture(capture_.sizeBytes, limits_));
}

void CapturedKey::takeContent(std::span<Reply> replies, WallTime serverTime) {
  takeExpiry(replies[0], serverTime);
  if (!needsContent()) return;
  if (isPart_) return takePart(replies.subspan(1));
  if (dialect_.dumps) takeDump(replies[1]);
  if (!needsContent()) return;
  if (readsContent()) return takeContentReply(std::move(replies.back()));
  if (capture_.dump && capture_.type == ValueType::string) return takeStringFromDump();
  if (!capture_.dump) {
    return refuse({.code = ErrorCode::unauthorized,
                   .message =
                       "a value of this type can only be kept by DUMP and RESTORE, which the server does not "
                       "let this user run"});
  }
  capture_.sizeBytes = capture_.dump->size();
  if (capture_.sizeBytes > limits_.maxBytes) refuse(tooLargeToCapture(capture_.sizeBytes, limits_));
}

}  // namespace cachify::cache::redis
