// The same replies and the same error, however the bytes are cut into pieces; flags are read without
// surprise.

#include "cache/memcached/reply_parser.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/targets.hpp"

namespace cachify::fuzz {
namespace {

using cache::memcached::Reply;
using cache::memcached::ReplyKind;
using cache::memcached::ReplyParser;

struct MemcachedAnswers {
  std::vector<Reply> replies{};
  bool broken = false;
  bool idle = true;
};

bool sameMemcachedReply(const Reply& a, const Reply& b) {
  return a.kind == b.kind && a.text == b.text && a.value == b.value;
}

/// Takes what is complete; false when it is no memcached that speaks.
bool takeAll(ReplyParser& parser, std::vector<Reply>& replies) {
  while (true) {
    auto reply = parser.next();
    if (!reply) {
      require(!parser.next(), "after an error every further call repeats it");
      return false;
    }
    if (!*reply) return true;
    replies.push_back(**std::move(reply));
  }
}

MemcachedAnswers hearMemcached(const CutStream& stream, std::uint8_t cut) {
  ReplyParser parser;
  MemcachedAnswers heard;
  inPieces(stream.bytes, cut, [&](BytesView piece) {
    parser.feed(piece);
    heard.broken = !takeAll(parser, heard.replies);
    return !heard.broken;
  });
  heard.idle = parser.isIdle();
  return heard;
}

void checkFlags(const Reply& reply) {
  for (const char name : {'t', 'f', 'c', 's', 'k', 'O'}) {
    const auto token = reply.flag(name);
    if (!token) require(reply.number(name, -7) == -7, "a missing flag is its default");
    require(!token || token->find(' ') == std::string_view::npos, "a flag ends at a blank");
  }
  if (!reply.flag('c')) require(reply.cas() == 0, "no CAS is 0");
  require(reply.kind == ReplyKind::value || reply.value.empty(), "only a value has bytes");
}

void fuzzMemcached(BytesView input) {
  const CutStream stream(input);
  const auto whole = hearMemcached(stream, 0);
  const auto cut = hearMemcached(stream, stream.cut);
  require(std::ranges::equal(whole.replies, cut.replies, sameMemcachedReply),
          "the replies do not depend on the pieces");
  require(whole.broken == cut.broken, "nor does whether they are Memcached's protocol");
  if (!whole.broken) require(whole.idle == cut.idle, "nor does whether a part of a reply is waiting");
  for (const auto& reply : whole.replies) checkFlags(reply);
}

std::vector<Bytes> seedsOfMemcached() {
  std::vector<Bytes> all;
  for (const auto* stream : {"HD\r\n",
                             "EN\r\n",
                             "NF\r\n",
                             "NS\r\n",
                             "EX\r\n",
                             "MN\r\n",
                             "STORED\r\n",
                             "ERROR\r\n",
                             "END\r\n",
                             "VA 3 f7 t-1 c18446744073709551615 s3\r\nabc\r\n",
                             "VA 0 kb2s= b\r\n\r\n",
                             "VA 4 \r\na\r\nb\r\nHD\r\n",
                             "VERSION 1.6.18\r\n",
                             "STAT curr_items 12\r\nSTAT bytes 0\r\nEND\r\n",
                             "HD O1 t300\r\nHD O2\r\nMN\r\n",
                             "CLIENT_ERROR bad data chunk\r\n",
                             "SERVER_ERROR out of memory storing object\r\n",
                             "VA 99999999999\r\n",
                             "VALUE k 0 3\r\nabc\r\nEND\r\n",
                             "HD\nHD\n",
                             "VALUE k 7 3 9\r\nabc\r\nEND\r\n",
                             "VALUE k 0 0\r\n\r\nEND\r\nSTORED\r\n",
                             "END\r\n42\r\nTOUCHED\r\nOK\r\n",
                             "NOT_FOUND\r\nEXISTS\r\nNOT_STORED\r\nDELETED\r\n"}) {
    all.push_back(cutSeed(5, stream));
  }
  return all;
}

}  // namespace

const Target kMemcachedReplies{.name = "memcached-replies", .run = fuzzMemcached, .seeds = seedsOfMemcached};

}  // namespace cachify::fuzz
