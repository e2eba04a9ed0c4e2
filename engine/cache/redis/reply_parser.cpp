#include "cache/redis/reply_parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>

extern "C" {
#include <read.h>
#include <sds.h>
}

namespace cachify::cache::redis {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::size_t kBigReadBytes = 1 << 20;

std::unexpected<Error> notRedis(std::string_view what) {
  return fail(Error{.code = ErrorCode::connectionFailed,
                    .message = "what the server sends is not the Redis protocol: " + std::string(what)}
                  .with("reason", std::string("protocol")));
}

/// hiredis is C: no exception may pass through it. A null pointer tells it that memory ran out.
template <class F>
void* guarded(F&& make) noexcept {
  try {
    return make();
  } catch (...) {
    return nullptr;
  }
}

struct FreeReader {
  void operator()(redisReader* reader) const { redisReaderFree(reader); }
};

}  // namespace

struct ReplyParser::Impl {
  explicit Impl(ReplyLimits given) : limits(given) {
    reader.reset(redisReaderCreateWithFunctions(&functions));
    if (!reader) throw std::bad_alloc();
    reader->privdata = this;
  }

  static Reply* place(const redisReadTask* task, Reply::Kind kind);
  static void* createString(const redisReadTask* task, char* text, std::size_t length);
  static void* createArray(const redisReadTask* task, int count);
  static void* createInteger(const redisReadTask* task, long long value);
  static void* createNil(const redisReadTask* task);
  static void freeNothing(void*) {}
  Result<void> parse();
  Result<void> beginBig();
  Result<void> acceptBig(std::size_t count);
  [[nodiscard]] std::optional<std::uint64_t> pendingBulkBytes() const;

  redisReplyObjectFunctions functions{createString, createArray, createInteger, createNil, freeNothing};
  ReplyLimits limits;
  Reply root;  ///< under way; one after the other, so that none is allocated for each reply
  std::unique_ptr<redisReader, FreeReader> reader;
  std::array<char, kReadBytes> buffer{};
  std::deque<Reply> done;
  std::uint64_t replyBytes = 0;  ///< of the reply under way
  Bytes big;                     ///< the big bulk string under way, or complete and about to be placed
  std::size_t bigFilled = 0;
  std::size_t bigBytes = 0;  ///< with its closing CR LF; 0: none is under way
  bool placeBig = false;
};

/// The reply that `task` stands for: the root, or the next element of the array under way. An array is filled
/// only while it is its parent's last element, so pointers to it stay good.
Reply* ReplyParser::Impl::place(const redisReadTask* task, Reply::Kind kind) {
  Reply* reply = task->parent == nullptr ? &static_cast<Impl*>(task->privdata)->root
                                         : &static_cast<Reply*>(task->parent->obj)->elements.emplace_back();
  reply->kind = kind;
  return reply;
}

void* ReplyParser::Impl::createArray(const redisReadTask* task, int) {
  // The announced length is the server's word alone, so nothing is reserved for it.
  return guarded([&] { return place(task, Reply::Kind::array); });
}

void* ReplyParser::Impl::createInteger(const redisReadTask* task, long long value) {
  return guarded([&] {
    Reply* reply = place(task, Reply::Kind::integer);
    reply->integer = value;
    return reply;
  });
}

void* ReplyParser::Impl::createNil(const redisReadTask* task) {
  return guarded([&] { return place(task, Reply::Kind::nil); });
}

void* ReplyParser::Impl::createString(const redisReadTask* task, char* text, std::size_t length) {
  return guarded([&] {
    const auto kind = task->type == REDIS_REPLY_ERROR    ? Reply::Kind::error
                      : task->type == REDIS_REPLY_STATUS ? Reply::Kind::status
                                                         : Reply::Kind::bulk;
    Reply* reply = place(task, kind);
    auto& self = *static_cast<Impl*>(task->privdata);
    if (std::exchange(self.placeBig, false)) {
      reply->text = std::exchange(self.big, {});
    } else {
      reply->text.assign(text, length);
    }
    return reply;
  });
}

Result<void> ReplyParser::Impl::parse() {
  while (true) {
    void* complete = nullptr;
    if (redisReaderGetReply(reader.get(), &complete) != REDIS_OK) return notRedis(reader->errstr);
    if (complete == nullptr) break;
    done.push_back(std::exchange(root, Reply()));
    replyBytes = reader->len - reader->pos;
  }
  if (replyBytes > limits.maxReplyBytes) return notRedis("a reply without end");
  return beginBig();
}

/// The length of the bulk string that the reader has begun and not got whole.
std::optional<std::uint64_t> ReplyParser::Impl::pendingBulkBytes() const {
  if (reader->ridx < 0 || reader->rstack[reader->ridx].type != REDIS_REPLY_STRING) return std::nullopt;
  std::uint64_t length = 0;
  const char* begin = reader->buf + reader->pos;
  const char* end = reader->buf + reader->len;
  const auto parsed = std::from_chars(begin, end, length);
  const bool whole = parsed.ec == std::errc() && BytesView(parsed.ptr, end).starts_with("\r\n");
  return whole ? std::optional(length) : std::nullopt;
}

/// Takes a big string's beginning away from the reader, which then stands right behind its `$`.
Result<void> ReplyParser::Impl::beginBig() {
  const auto length = pendingBulkBytes();
  if (!length || *length < limits.directBulkBytes) return {};
  if (*length > limits.maxBulkBytes) return notRedis("a bulk string beyond all limits");
  const BytesView rest(reader->buf + reader->pos, reader->len - reader->pos);
  bigBytes = static_cast<std::size_t>(*length) + 2;
  big.reserve(bigBytes);
  big.assign(rest.substr(rest.find('\n') + 1));
  bigFilled = big.size();
  sdssetlen(reader->buf, reader->pos);
  reader->buf[reader->pos] = '\0';
  reader->len = reader->pos;
  return {};
}

Result<void> ReplyParser::Impl::acceptBig(std::size_t count) {
  bigFilled += count;
  if (bigFilled < bigBytes) return {};
  big.resize(bigBytes - 2);
  bigBytes = 0;
  placeBig = true;
  // For the reader the string is empty; createString puts the real one in its place.
  constexpr BytesView kStandIn = "0\r\n\r\n";
  redisReaderFeed(reader.get(), kStandIn.data(), kStandIn.size());
  return parse();
}

ReplyParser::ReplyParser(ReplyLimits limits) : impl_(std::make_unique<Impl>(limits)) {}
ReplyParser::~ReplyParser() = default;

std::span<char> ReplyParser::space() {
  if (impl_->bigBytes == 0) return impl_->buffer;
  const std::size_t end = std::min(impl_->bigBytes, impl_->bigFilled + kBigReadBytes);
  impl_->big.resize(end);
  return {impl_->big.data() + impl_->bigFilled, end - impl_->bigFilled};
}

Result<void> ReplyParser::accept(std::size_t count) {
  impl_->replyBytes += count;
  if (impl_->bigBytes != 0) return impl_->acceptBig(count);
  if (redisReaderFeed(impl_->reader.get(), impl_->buffer.data(), count) != REDIS_OK) {
    return notRedis(impl_->reader->errstr);
  }
  return impl_->parse();
}

std::optional<Reply> ReplyParser::take() {
  if (impl_->done.empty()) return std::nullopt;
  std::optional<Reply> reply(std::move(impl_->done.front()));
  impl_->done.pop_front();
  return reply;
}

bool ReplyParser::idle() const {
  return impl_->done.empty() && impl_->replyBytes == 0;
}

}  // namespace cachify::cache::redis
