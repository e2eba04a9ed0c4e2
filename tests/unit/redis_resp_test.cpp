#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "cache/redis/pipeline.hpp"
#include "cache/redis/reply_parser.hpp"

namespace cachify::cache::redis {
namespace {

using namespace std::string_view_literals;

TEST(RespEncoding, WritesCommandsAsArraysOfBulkStrings) {
  Pipeline pipeline;
  pipeline.add("GET", BytesView("a\0\r\n", 4)).add("EXPIRE", "k", -12);
  EXPECT_EQ(pipeline.bytes(),
            "*2\r\n$3\r\nGET\r\n$4\r\na\0\r\n\r\n*3\r\n$6\r\nEXPIRE\r\n$1\r\nk\r\n$3\r\n-12\r\n"sv);
  EXPECT_EQ(pipeline.count(), 2u);
}

TEST(RespEncoding, KeepsEmptyWords) {
  Pipeline pipeline;
  pipeline.add("SET", "", "");
  EXPECT_EQ(pipeline.bytes(), "*3\r\n$3\r\nSET\r\n$0\r\n\r\n$0\r\n\r\n");
}

Result<void> feed(ReplyParser& parser, BytesView bytes, std::size_t step) {
  while (!bytes.empty()) {
    const auto space = parser.space();
    const std::size_t count = std::min({bytes.size(), space.size(), step});
    std::memcpy(space.data(), bytes.data(), count);
    if (auto accepted = parser.accept(count); !accepted) return accepted;
    bytes.remove_prefix(count);
  }
  return {};
}

std::vector<Reply> all(ReplyParser& parser) {
  std::vector<Reply> replies;
  while (auto reply = parser.take()) replies.push_back(*std::move(reply));
  return replies;
}

constexpr std::size_t kWhole = 1 << 30;

TEST(ReplyParsing, KnowsEveryKindOfReply) {
  ReplyParser parser;
  ASSERT_TRUE(feed(
      parser, "+OK\r\n-ERR no\r\n:-7\r\n$3\r\na\r\n\r\n$-1\r\n*-1\r\n*2\r\n:1\r\n*1\r\n$0\r\n\r\n", kWhole));
  const auto replies = all(parser);
  ASSERT_EQ(replies.size(), 7u);
  EXPECT_EQ(replies[0].kind, Reply::Kind::status);
  EXPECT_EQ(replies[0].text, "OK");
  EXPECT_TRUE(replies[1].isError());
  EXPECT_EQ(replies[2].integer, -7);
  EXPECT_EQ(replies[3].text, "a\r\n");
  EXPECT_TRUE(replies[4].isNil());
  EXPECT_TRUE(replies[5].isNil());
  ASSERT_EQ(replies[6].elements.size(), 2u);
  EXPECT_EQ(replies[6].elements[1].elements.at(0).kind, Reply::Kind::bulk);
  EXPECT_TRUE(parser.idle());
}

TEST(ReplyParsing, WaitsForTheRestOfHalfAReply) {
  const Bytes bytes = "*2\r\n$5\r\nhello\r\n*2\r\n:42\r\n+x\r\n-E\r\n";
  ReplyParser parser;
  ASSERT_TRUE(feed(parser, BytesView(bytes).substr(0, bytes.size() - 5), 1));
  EXPECT_FALSE(parser.take());
  EXPECT_FALSE(parser.idle());
  ASSERT_TRUE(feed(parser, BytesView(bytes).substr(bytes.size() - 5), 1));
  const auto replies = all(parser);
  ASSERT_EQ(replies.size(), 2u);
  EXPECT_EQ(replies[0].elements[1].elements[0].integer, 42);
  EXPECT_TRUE(parser.idle());
}

TEST(ReplyParsing, IsNotIdleWithThePartOfAReplyThatCameBehindAWholeOne) {
  for (const BytesView rest : {"+", "$3\r\nab", "*2\r\n:1\r\n", "$2000000\r\nab"}) {
    ReplyParser parser;
    ASSERT_TRUE(feed(parser, "+OK\r\n" + Bytes(rest), kWhole));
    EXPECT_TRUE(parser.take());
    EXPECT_FALSE(parser.take());
    EXPECT_FALSE(parser.idle()) << rest;
  }
}

TEST(ReplyParsing, CountsWhatCameBehindAWholeReplyTowardsTheNextOne) {
  ReplyParser parser(ReplyLimits{.maxBulkBytes = 100, .maxReplyBytes = 100});
  ASSERT_TRUE(feed(parser, "+OK\r\n+" + Bytes(99, 'x'), kWhole));
  EXPECT_FALSE(feed(parser, "x", kWhole));
}

Bytes bulkBytes(const Bytes& text) {
  return "$" + std::to_string(text.size()) + "\r\n" + text + "\r\n";
}

TEST(ReplyParsing, GivesBigBulkStringsWholeHoweverTheyArriveAndWhereverTheyStand) {
  std::mt19937 random(20260131);
  Bytes big((1 << 20) + 12345, '\0');
  for (char& c : big) c = static_cast<char>(random());
  const Bytes bytes = "*3\r\n:1\r\n" + bulkBytes(big) + "*2\r\n" + bulkBytes(big + "x") + "+in\r\n" +
                      bulkBytes(big) + ":9\r\n";
  for (int round = 0; round < 20; ++round) {
    ReplyParser parser;
    const std::size_t step = round == 0 ? kWhole : 1 + random() % 70'000;
    ASSERT_TRUE(feed(parser, bytes, step));
    const auto replies = all(parser);
    ASSERT_EQ(replies.size(), 3u) << "step " << step;
    EXPECT_TRUE(replies[0].elements.at(1).text == big);
    EXPECT_TRUE(replies[0].elements.at(2).elements.at(0).text == big + "x");
    EXPECT_EQ(replies[0].elements.at(2).elements.at(1).text, "in");
    EXPECT_TRUE(replies[1].text == big);
    EXPECT_EQ(replies[2].integer, 9);
    EXPECT_TRUE(parser.idle());
  }
}

TEST(ReplyParsing, RefusesWhatIsNotTheProtocol) {
  for (const BytesView garbage : {"ERROR\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "$abc\r\n", "$-5\r\n",
                                  ":1x\r\n", "*2147483648\r\n", "\x16\x03\x01"}) {
    ReplyParser parser;
    const auto fed = feed(parser, garbage, kWhole);
    ASSERT_FALSE(fed) << garbage;
    EXPECT_EQ(fed.error().code, ErrorCode::connectionFailed);
    EXPECT_EQ(std::get<std::string>(*fed.error().detail("reason")), "protocol");
  }
}

TEST(ReplyParsing, RefusesRepliesBeyondItsLimits) {
  ReplyParser tooLong(ReplyLimits{.maxBulkBytes = 2 << 20, .maxReplyBytes = 100});
  EXPECT_FALSE(feed(tooLong, "$99999999999\r\nab", kWhole));
  ReplyParser endless(ReplyLimits{.maxBulkBytes = 2 << 20, .maxReplyBytes = 100});
  Bytes bytes = "*1000000\r\n";
  for (int i = 0; i < 100; ++i) bytes += ":1\r\n";
  EXPECT_FALSE(feed(endless, bytes, 10));
  Bytes nested;
  for (int i = 0; i < 1000; ++i) nested += "*1\r\n";
  ReplyParser deep;
  EXPECT_FALSE(feed(deep, nested, kWhole));
}

TEST(ReplyParsing, ABulkStringsLengthEndsWithCrLfAndNothingElse) {
  for (const BytesView line : {"$2000000\r#\n", "$2000000\n", "$2000000\r"}) {
    ReplyParser parser;
    (void)feed(parser, line, kWhole);
    EXPECT_EQ(parser.space().size(), ReplyParser().space().size()) << "no big bulk string has begun";
  }
}

TEST(ReplyParsing, ReservesNothingForAnAnnouncedLength) {
  ReplyParser parser;
  ASSERT_TRUE(feed(parser, "*2147483647\r\n:1\r\n", kWhole));
  EXPECT_FALSE(parser.take());
}

TEST(ReplyParsing, SurvivesAnyBytes) {
  std::mt19937 random(7);
  constexpr BytesView kAlphabet = "*$:+-\r\n0123456789ab";
  for (int round = 0; round < 20'000; ++round) {
    Bytes bytes;
    for (std::size_t i = 0, n = random() % 40; i < n; ++i) bytes += kAlphabet[random() % kAlphabet.size()];
    ReplyParser parser;
    const bool accepted = feed(parser, bytes, 1 + random() % 8).has_value();
    const auto replies = all(parser);
    EXPECT_LE(replies.size(), bytes.size() / 3) << (accepted ? "accepted" : "refused");
  }
}

}  // namespace
}  // namespace cachify::cache::redis
