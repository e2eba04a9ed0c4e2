// The same replies, the same error and the same idleness, however the bytes are cut into pieces.

#include <cstring>

#include "cache/redis/reply_parser.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/targets.hpp"

namespace cachify::fuzz {
namespace {

using cache::redis::Reply;
using cache::redis::ReplyLimits;
using cache::redis::ReplyParser;

// Small enough for inputs of a few hundred bytes to reach them.
constexpr ReplyLimits kSmall{.maxBulkBytes = 4096, .maxReplyBytes = 1 << 20, .directBulkBytes = 16};

bool sameRespReply(const Reply& a, const Reply& b) {
  if (a.kind != b.kind || a.integer != b.integer || a.text != b.text) return false;
  return std::ranges::equal(a.elements, b.elements, sameRespReply);
}

struct RespAnswers {
  std::vector<Reply> replies{};
  std::string error{};
  bool idle = true;
};

bool acceptAll(ReplyParser& parser, BytesView piece, std::string& error) {
  while (!piece.empty()) {
    const auto space = parser.space();
    require(!space.empty(), "there is always space for more");
    const std::size_t count = std::min(space.size(), piece.size());
    std::memcpy(space.data(), piece.data(), count);
    if (const auto ok = parser.accept(count); !ok) {
      error = ok.error().message;
      return false;
    }
    piece.remove_prefix(count);
  }
  return true;
}

RespAnswers hearResp(const CutStream& stream, std::uint8_t cut) {
  ReplyParser parser(kSmall);
  RespAnswers heard;
  inPieces(stream.bytes, cut, [&](BytesView piece) {
    const bool sound = acceptAll(parser, piece, heard.error);
    while (auto reply = parser.take()) heard.replies.push_back(*std::move(reply));
    return sound;
  });
  heard.idle = parser.idle();
  return heard;
}

void fuzzResp(BytesView input) {
  const CutStream stream(input);
  const RespAnswers whole = hearResp(stream, 0);
  const RespAnswers cut = hearResp(stream, stream.cut);
  require(std::ranges::equal(whole.replies, cut.replies, sameRespReply),
          "the replies do not depend on the pieces");
  require(whole.error.empty() == cut.error.empty(), "nor does whether they are Redis' protocol");
  if (whole.error.empty()) require(whole.idle == cut.idle, "nor does whether a part of a reply is waiting");
}

std::vector<Bytes> seedsOfResp() {
  const Bytes big = "$40\r\n" + Bytes(40, 'x') + "\r\n";
  std::vector<Bytes> all;
  for (const auto* stream :
       {"+OK\r\n", "-ERR no such key\r\n", ":-42\r\n", "$3\r\nabc\r\n", "$-1\r\n", "*-1\r\n", "*0\r\n",
        "*2\r\n$1\r\na\r\n:1\r\n", "+OK\r\n+PA", "*3\r\n:1\r\n*2\r\n$0\r\n\r\n$-1\r\n+x\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", "$99999999999\r\n", "HTTP/1.1 400\r\n",
        "*2\r\n$1\r\n0\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n"}) {
    all.push_back(cutSeed(7, stream));
  }
  all.push_back(cutSeed(3, "*3\r\n:1\r\n" + big + "*2\r\n" + big + "+in\r\n" + big + ":9\r\n"));
  return all;
}

}  // namespace

const Target kRespReplies{.name = "resp-replies", .run = fuzzResp, .seeds = seedsOfResp};

}  // namespace cachify::fuzz
