#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "cache/memcached/memcached_error.hpp"
#include "cache/memcached/reply_parser.hpp"

namespace cachify::cache::memcached {
namespace {

/// All replies in `bytes`, fed in pieces of `step` bytes.
Result<std::vector<Reply>> parse(BytesView bytes, std::size_t step) {
  ReplyParser parser;
  std::vector<Reply> replies;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    parser.feed(bytes.substr(at, step));
    while (true) {
      auto reply = parser.next();
      if (!reply) return fail(reply.error());
      if (!*reply) break;
      replies.push_back(std::move(**reply));
    }
  }
  return replies;
}

Result<std::vector<Reply>> parse(BytesView bytes) {
  return parse(bytes, bytes.size());
}

void expectBroken(BytesView bytes) {
  const auto replies = parse(bytes);
  ASSERT_FALSE(replies) << bytes.substr(0, 40);
  EXPECT_EQ(replies.error().code, ErrorCode::connectionFailed);
  EXPECT_FALSE(replies.error().retryable);
  EXPECT_EQ(std::get<std::string>(*replies.error().detail("reason")), "protocol");
}

TEST(MemcachedReplyParser, KnowsEveryReplyOfTheMetaProtocol) {
  const auto replies = parse(
      "HD c1\r\nVA 3 t-1 f7 c9\r\nabc\r\nEN\r\nNF\r\nNS\r\nEX\r\nMN\r\nVERSION 1.6.18\r\nSTAT pid "
      "1\r\nEND\r\n"
      "ERROR\r\nCLIENT_ERROR bad\r\nSERVER_ERROR out of memory\r\n");
  ASSERT_TRUE(replies);
  std::vector<ReplyKind> kinds;
  for (const auto& reply : *replies) kinds.push_back(reply.kind);
  EXPECT_EQ(kinds, (std::vector{ReplyKind::done, ReplyKind::value, ReplyKind::miss, ReplyKind::notFound,
                                ReplyKind::notStored, ReplyKind::exists, ReplyKind::noop, ReplyKind::version,
                                ReplyKind::stat, ReplyKind::end, ReplyKind::unknownCommand,
                                ReplyKind::clientError, ReplyKind::serverError}));
  EXPECT_EQ((*replies)[1].value, "abc");
  EXPECT_EQ((*replies)[1].number('t', 0), -1);
  EXPECT_EQ((*replies)[1].number('f', 0), 7);
  EXPECT_EQ((*replies)[1].cas(), 9u);
  EXPECT_EQ((*replies)[8].text, "pid 1");
}

TEST(MemcachedReplyParser, KnowsEveryReplyOfTheTextProtocolAndTellsItAsAMetaCommandWould) {
  const auto replies = parse(
      "STORED\r\nNOT_STORED\r\nEXISTS\r\nNOT_FOUND\r\nDELETED\r\nTOUCHED\r\nOK\r\n"
      "VALUE key 7 3 9\r\nabc\r\nEND\r\nEND\r\n18446744073709551615\r\n");
  ASSERT_TRUE(replies) << replies.error().message;
  std::vector<ReplyKind> kinds;
  for (const auto& reply : *replies) kinds.push_back(reply.kind);
  EXPECT_EQ(kinds, (std::vector{ReplyKind::done, ReplyKind::notStored, ReplyKind::exists, ReplyKind::notFound,
                                ReplyKind::done, ReplyKind::done, ReplyKind::done, ReplyKind::value,
                                ReplyKind::end, ReplyKind::value}));
  const Reply& value = (*replies)[7];
  EXPECT_EQ(value.value, "abc");
  EXPECT_EQ(value.number('s', 0), 3);
  EXPECT_EQ(value.number('f', 0), 7);
  EXPECT_EQ(value.cas(), 9U);
  EXPECT_FALSE(value.flag('t')) << "what is left of a TTL is not told";
  EXPECT_EQ((*replies)[9].value, "18446744073709551615");
}

TEST(MemcachedReplyParser, IsNotIdleBeforeTheEndOfAValueInText) {
  ReplyParser parser;
  parser.feed("VALUE k 0 1 1\r\nx\r\nEN");
  EXPECT_FALSE(parser.next().value());
  EXPECT_FALSE(parser.isIdle());
  parser.feed("D\r\n");
  EXPECT_TRUE(parser.next().value());
  EXPECT_TRUE(parser.isIdle());
}

TEST(MemcachedReplyParser, ReadsCasValuesOfAllSixtyFourBits) {
  const auto replies = parse("HD c18446744073709551615\r\n");
  ASSERT_TRUE(replies);
  EXPECT_EQ(replies->front().cas(), 18446744073709551615ULL);
}

TEST(MemcachedReplyParser, TakesAnyBytesInAValueHoweverTheyArrive) {
  EXPECT_TRUE(
      rc::check("values survive every way of cutting the stream", [](const std::vector<std::string>& values) {
        std::string stream;
        for (const auto& value : values) {
          const auto size = std::to_string(value.size());
          stream += *rc::gen::arbitrary<bool>() ? "VA " + size + " f1\r\n" + value + "\r\n"
                                                : "VALUE k 1 " + size + " 5\r\n" + value + "\r\nEND\r\n";
        }
        const auto step = *rc::gen::inRange<std::size_t>(1, 40);
        const auto replies = parse(stream, step);
        RC_ASSERT(replies.has_value());
        RC_ASSERT(replies->size() == values.size());
        for (std::size_t i = 0; i < values.size(); ++i) RC_ASSERT((*replies)[i].value == values[i]);
      }));
}

TEST(MemcachedReplyParser, KeepsNewlinesAndProtocolWordsInsideAValue) {
  const std::string value("a\r\nEN\r\nVA 3\r\n\0\n\r", 17);
  for (std::size_t step = 1; step < 8; ++step) {
    const auto replies = parse("VA 17\r\n" + value + "\r\nMN\r\n", step);
    ASSERT_TRUE(replies);
    ASSERT_EQ(replies->size(), 2u);
    EXPECT_EQ(replies->front().value, value);
  }
}

TEST(MemcachedReplyParser, WaitsForTheRestOfAHalfReply) {
  ReplyParser parser;
  EXPECT_TRUE(parser.isIdle());
  parser.feed("VA 5 t1");
  EXPECT_FALSE(parser.next().value());
  EXPECT_FALSE(parser.isIdle());
  parser.feed("\r\nhel");
  EXPECT_FALSE(parser.next().value());
  EXPECT_FALSE(parser.isIdle());
  parser.feed("lo\r");
  EXPECT_FALSE(parser.next().value());
  parser.feed("\n");
  const auto reply = parser.next();
  ASSERT_TRUE(reply && *reply);
  EXPECT_EQ((*reply)->value, "hello");
  EXPECT_TRUE(parser.isIdle());
}

TEST(MemcachedReplyParser, RefusesWhatNoMemcachedSays) {
  expectBroken("+PONG\r\n");
  expectBroken("HTTP/1.1 400 Bad Request\r\n");
  expectBroken("\r\n");
  expectBroken(std::string("\0\0\0\n", 4));
  expectBroken("VA\r\n");
  expectBroken("VA -1\r\n");
  expectBroken("VA 3x\r\nabc\r\n");
  expectBroken("VA 3\r\nabcd\r\n");
  expectBroken("VA 99999999999999999999\r\n");
  expectBroken("VA 1073741825\r\n");
  expectBroken("VALUE k 0 3\r\nabc\r\nEND\r\n");
  expectBroken("VALUE k 0 1073741825 1\r\n");
  expectBroken("VALUE k 0 3 1\r\nabcd\r\nEND\r\n");
  expectBroken("VALUE k 0 3 1\r\nabc\r\nVALUE");
  expectBroken(std::string(10'000, 'x'));
}

TEST(MemcachedReplyParser, StaysBrokenOnceBroken) {
  ReplyParser parser;
  parser.feed("garbage\r\n");
  EXPECT_FALSE(parser.next());
  parser.feed("MN\r\n");
  EXPECT_FALSE(parser.next());
}

TEST(MemcachedReplyParser, SurvivesAnyBytesAtAll) {
  EXPECT_TRUE(rc::check("random bytes give replies or an error, never a crash", [](const std::string& bytes) {
    const auto step = *rc::gen::inRange<std::size_t>(1, 16);
    const auto replies = parse(bytes, step);
    RC_ASSERT(replies.has_value() || replies.error().code == ErrorCode::connectionFailed);
  }));
}

TEST(MemcachedErrors, SayWhatTheServerMeantAndEscapeItsWords) {
  const auto errorOf = [](BytesView line) { return errorFrom(parse(line).value().front()); };
  EXPECT_EQ(errorOf("CLIENT_ERROR unauthenticated\r\n").code, ErrorCode::unauthorized);
  EXPECT_EQ(errorOf("ERROR\r\n").code, ErrorCode::notSupported);
  EXPECT_EQ(errorOf("SERVER_ERROR object too large for cache\r\n").code, ErrorCode::validationError);
  EXPECT_EQ(errorOf("SERVER_ERROR out of memory storing object\r\n").code, ErrorCode::conflict);
  const auto failed = errorOf("SERVER_ERROR out of \x1b[31mmemory\r\n");
  EXPECT_EQ(failed.code, ErrorCode::internalError);
  EXPECT_EQ(failed.message.find('\x1b'), std::string::npos);
  EXPECT_EQ(errorOf("MN\r\n").code, ErrorCode::connectionFailed);
}

}  // namespace
}  // namespace cachify::cache::memcached
