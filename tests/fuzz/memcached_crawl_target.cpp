// The same keys and the same ending of a listing, however the bytes are cut into pieces.

#include <algorithm>
#include <optional>

#include "cache/memcached/crawl_parser.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/targets.hpp"

namespace cachify::fuzz {
namespace {

using cache::memcached::CrawlParser;

struct Crawl {
  struct Item {
    Bytes key{};
    Bytes facts{};
    std::optional<std::int64_t> deadline{};

    bool operator==(const Item&) const = default;
  };
  std::vector<Item> items{};
  std::optional<CrawlParser::State> state = CrawlParser::State::listing;  ///< nothing: not the protocol
  std::string reason{};

  bool operator==(const Crawl&) const = default;
};

Crawl crawl(const CutStream& stream, std::uint8_t cut) {
  Crawl heard;
  CrawlParser parser([&heard](const cache::memcached::DumpedItem& item) {
    heard.items.push_back({Bytes(item.key), Bytes(item.facts), item.number("exp")});
  });
  inPieces(stream.bytes, cut, [&](BytesView piece) {
    const auto state = parser.feed(piece);
    heard.state = state ? std::optional(*state) : std::nullopt;
    return heard.state == CrawlParser::State::listing;
  });
  heard.reason = parser.reason();
  return heard;
}

void fuzzCrawl(BytesView input) {
  const CutStream stream(input);
  const Crawl whole = crawl(stream, 0);
  require(whole == crawl(stream, stream.cut), "keys and ending do not depend on the pieces");
  const auto lines = static_cast<std::size_t>(std::ranges::count(stream.bytes, '\n'));
  require(whole.items.size() <= lines, "a key takes a line");
}

std::vector<Bytes> seedsOfCrawl() {
  std::vector<Bytes> all;
  for (const auto* stream :
       {"key=a exp=-1 la=1 cas=2 fetch=no cls=1 size=63\nkey=b%20c%00 exp=0 la=1 cas=3 fetch=yes cls=1 "
        "size=70\nEND\r\n",
        "END\r\n", "BUSY currently processing crawler request\r\n", "BADCLASS invalid class id\r\n",
        "ERROR metadump not allowed\r\n", "CLIENT_ERROR lru crawler disabled\r\n", "key=%4\n", "key=\n",
        "key=%41\r\nEND"}) {
    all.push_back(cutSeed(9, stream));
  }
  return all;
}

}  // namespace

const Target kMemcachedCrawl{.name = "memcached-crawl", .run = fuzzCrawl, .seeds = seedsOfCrawl};

}  // namespace cachify::fuzz
