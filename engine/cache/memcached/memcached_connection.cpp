#include "cache/memcached/memcached_connection.hpp"

#include "cache/memcached/memcached_error.hpp"
#include "cache/memcached/request_pieces.hpp"
#include "cache/transport/overlap.hpp"
#include "core/stages.hpp"

namespace cachify::cache::memcached {
namespace {

// What fits into any socket's send buffer, so that writing it before reading cannot block.
constexpr std::size_t kSurelyBufferedBytes = 4096;
constexpr std::size_t kReadAtOnceBytes = 64 << 10;

Task<void> noteCause(Task<void> work, std::optional<Error>& cause) {
  auto done = co_await std::move(work);
  if (!done && !cause) cause = done.error();
  co_return done;
}

}  // namespace

Task<void> MemcachedConnection::open(Login login, CallContext context) {
  auto done = co_await transport_->connect(context);
  if (done && !login.username.empty()) {
    StageClock stage(context, Stage::authenticate, address_);
    done = co_await authenticate(std::move(login), context);
    stage.end(done);
  }
  if (done) done = co_await greet(context);
  if (!done) close();
  co_return done;
}

/// Where the server asks for it: a login is a `set`, and any other server would store the password for all to
/// read.
Task<void> MemcachedConnection::authenticate(Login login, CallContext context) {
  std::string question;
  appendVersion(question);
  auto asked = co_await ask(std::move(question), 1, context);
  if (!asked) co_return fail(asked.error());
  if (!asksForAuthentication(asked->front())) co_return Result<void>();
  std::string request;
  appendAuthentication(request, login.username, login.password.reveal());
  auto answered = co_await ask(std::move(request), 1, context);
  if (!answered) co_return fail(answered.error());
  if (answered->front().kind == ReplyKind::done) co_return Result<void>();
  co_return fail(ErrorCode::unauthorized, "the server refused the user name or the password");
}

Task<void> MemcachedConnection::greet(CallContext context) {
  std::string greeting;
  appendGreeting(greeting);
  auto replies = co_await ask(std::move(greeting), 2, context);
  if (!replies) co_return fail(replies.error());
  const Reply& version = replies->back();
  if (version.kind != ReplyKind::version) co_return fail(errorFrom(version));
  dialect_ = &dialectOf(replies->front().kind == ReplyKind::noop, version.text);
  co_return Result<void>();
}

/// Replies of any kind; none behind one that asks for a login, for memcached answers that once, however much
/// it was sent.
Task<std::vector<Reply>> MemcachedConnection::ask(std::string request, std::size_t replies,
                                                  CallContext context) {
  std::vector<Reply> answers;
  std::function<bool(Reply &&)> take = [&](Reply&& reply) {
    answers.push_back(std::move(reply));
    return answers.size() == replies || asksForAuthentication(answers.back());
  };
  auto done = co_await transfer(request, take, context);
  if (!done) co_return fail(done.error());
  co_return answers;
}

Task<void> MemcachedConnection::readReplies(std::function<bool(Reply&&)>& take, CallContext context) {
  buffer_.resize(kReadAtOnceBytes);
  bool finished = false;
  while (!finished) {
    auto reply = parser_.next();
    if (!reply) {
      close();
      co_return fail(reply.error());
    }
    if (*reply) {
      finished = take(std::move(**reply));
      continue;
    }
    auto got = co_await transport_->readSome(buffer_, context);
    if (!got) co_return fail(got.error());
    parser_.feed(BytesView(buffer_.data(), *got));
  }
  co_return Result<void>();
}

Task<void> MemcachedConnection::write(BytesView request, CallContext context) {
  if (writing_ == Writing::whole) co_return co_await transport_->writeAll(request, context);
  const auto pieces = piecesForTls(request);
  for (const BytesView piece : pieces) {
    auto written = co_await transport_->writeAll(piece, context);
    if (!written) co_return written;
  }
  co_return Result<void>();
}

Task<void> MemcachedConnection::transfer(BytesView request, std::function<bool(Reply&&)>& take,
                                         CallContext context) {
  if (request.size() <= kSurelyBufferedBytes) {
    auto written = co_await write(request, context);
    if (!written) co_return written;
    co_return co_await readReplies(take, context);
  }
  // Whichever fails first closes the transport and so makes the other fail as well: its error is the cause.
  std::optional<Error> cause;
  auto done = co_await overlap(noteCause(write(request, context), cause),
                               noteCause(readReplies(take, context), cause));
  if (!done && cause) co_return fail(std::move(*cause));
  co_return done;
}

Task<void> MemcachedConnection::exchange(std::string request, std::function<bool(Reply&&)> take,
                                         CallContext context) {
  std::optional<Error> misunderstood;
  std::function<bool(Reply &&)> guarded = [&](Reply&& reply) {
    if (reply.kind != ReplyKind::clientError && reply.kind != ReplyKind::unknownCommand) {
      return take(std::move(reply));
    }
    misunderstood = errorFrom(reply);
    close();
    return true;
  };
  auto done = co_await transfer(request, guarded, context);
  if (misunderstood) co_return fail(std::move(*misunderstood));
  co_return done;
}

Task<std::vector<Reply>> MemcachedConnection::exchangeCounted(std::string request, std::size_t replies,
                                                              CallContext context) {
  std::vector<Reply> taken;
  taken.reserve(replies);
  if (replies == 0) co_return taken;
  std::function<bool(Reply &&)> take = [&](Reply&& reply) {
    taken.push_back(std::move(reply));
    return taken.size() == replies;
  };
  auto done = co_await exchange(std::move(request), std::move(take), context);
  if (!done) co_return fail(done.error());
  co_return taken;
}

Task<ServerFacts> MemcachedConnection::fetchFacts(CallContext context) {
  ServerFacts said{.dialect = dialect_};
  int open = 2;
  std::optional<Error> unexpected;
  std::function<bool(Reply &&)> take = [&](Reply&& reply) {
    if (reply.kind == ReplyKind::stat) {
      const std::string_view line = reply.text;
      const auto blank = std::min(line.find(' '), line.size());
      said.note(line.substr(0, blank), line.substr(std::min(blank + 1, line.size())));
      return false;
    }
    if (reply.kind != ReplyKind::end) unexpected = errorFrom(reply);
    return unexpected || --open == 0;
  };
  std::string request = "stats\r\nstats settings\r\n";
  auto done = co_await exchange(std::move(request), std::move(take), context);
  if (unexpected) close();
  if (!done) co_return fail(done.error());
  if (unexpected) co_return fail(std::move(*unexpected));
  facts_ = said;
  co_return said;
}

Task<ServerFacts> MemcachedConnection::facts(CallContext context) {
  if (facts_) co_return *facts_;
  co_return co_await fetchFacts(context);
}

}  // namespace cachify::cache::memcached
