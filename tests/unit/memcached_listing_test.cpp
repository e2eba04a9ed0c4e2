#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "cache/memcached/crawl_parser.hpp"
#include "cache/memcached/key_window.hpp"
#include "cache/memcached/listing.hpp"

namespace cachify::cache::memcached {
namespace {

using State = CrawlParser::State;

struct Crawled {
  Result<State> state = State::listing;
  std::vector<Bytes> keys;
  std::string reason;
};

Crawled crawl(BytesView bytes, std::size_t step) {
  Crawled result;
  CrawlParser parser([&](const DumpedItem& item) { result.keys.emplace_back(item.key); });
  for (std::size_t at = 0; at < bytes.size() && result.state; at += step) {
    result.state = parser.feed(bytes.substr(at, step));
  }
  result.reason = parser.reason();
  return result;
}

std::string urlEncoded(BytesView key) {
  std::string text;
  for (const char c : key) text += "%" + toHex(BytesView(&c, 1));
  return text;
}

TEST(MemcachedCrawlParser, ReadsKeysFromLinesThatEndInABareNewline) {
  const auto got = crawl("key=a%20b exp=-1 la=1 cas=2 fetch=no cls=1 size=69\nkey=c exp=5\nEND\r\n", 1000);
  EXPECT_EQ(got.state.value(), State::finished);
  EXPECT_EQ(got.keys, (std::vector<Bytes>{"a b", "c"}));
}

TEST(MemcachedCrawlParser, TellsWhatElseALineSaysOfAnItem) {
  std::vector<std::optional<std::int64_t>> numbers;
  CrawlParser parser([&](const DumpedItem& item) {
    for (const auto* name : {"exp", "cas", "size", "xp"}) numbers.push_back(item.number(name));
  });
  ASSERT_TRUE(
      parser.feed("key=a exp=-1 la=1 cas=2 fetch=no cls=1 size=69\nkey=exp=7 exp=170 cas=x\nkey=b\n"));
  const std::optional<std::int64_t> none;
  EXPECT_EQ(numbers, (std::vector<std::optional<std::int64_t>>{-1, 2, 69, none, 170, none, none, none, none,
                                                               none, none, none}));
}

TEST(MemcachedCrawlParser, GivesAnyKeyBackHoweverTheStreamIsCut) {
  EXPECT_TRUE(rc::check("encoded keys come back", [](const std::vector<std::string>& keys) {
    std::string stream;
    std::vector<Bytes> expected;
    for (const auto& key : keys) {
      const auto shortKey = key.substr(0, 250);
      expected.push_back(shortKey);
      stream += "key=" + urlEncoded(shortKey) + " exp=-1\n";
    }
    const auto got = crawl(stream + "END\r\n", *rc::gen::inRange<std::size_t>(1, 50));
    RC_ASSERT(got.state.has_value());
    RC_ASSERT(*got.state == State::finished);
    RC_ASSERT(got.keys == expected);
  }));
}

TEST(MemcachedCrawlParser, TellsBusyFromRefusedFromGarbage) {
  EXPECT_EQ(crawl("BUSY currently processing crawler request\r\n", 7).state.value(), State::busy);
  EXPECT_EQ(crawl("BADCLASS invalid class id\r\n", 7).state.value(), State::badClass);
  const auto refused = crawl("ERROR metadump not allowed\r\n", 7);
  EXPECT_EQ(refused.state.value(), State::refused);
  EXPECT_EQ(refused.reason, "ERROR metadump not allowed");
  EXPECT_EQ(crawl("CLIENT_ERROR lru crawler disabled\r\n", 99).state.value(), State::refused);
  EXPECT_FALSE(crawl("+OK\r\n", 99).state);
  EXPECT_FALSE(crawl("key=%4 exp=1\n", 99).state);
  EXPECT_FALSE(crawl("key=%zz exp=1\n", 99).state);
  EXPECT_FALSE(crawl("key=" + std::string(5000, 'a'), 100).state);
}

/// Pages through `keys` as a session does, with a new window whenever one is used up.
std::multiset<Bytes> pageThrough(const std::vector<Bytes>& keys, std::size_t limit, std::size_t budgetBytes) {
  std::multiset<Bytes> seen;
  std::optional<KeyHash> position;
  bool isOver = false;
  while (!isOver) {
    KeyWindow window(position, budgetBytes);
    for (const auto& key : keys) window.add(key);
    window.seal();
    while (!window.isEmpty()) {
      for (auto& key : window.take(limit)) seen.insert(std::move(key));
    }
    position = window.position();
    isOver = !window.isCut();
  }
  return seen;
}

TEST(MemcachedKeyWindow, GivesEveryKeyOnceHoweverSmallTheWindowAndThePage) {
  EXPECT_TRUE(rc::check("paging loses and repeats nothing", [](const std::set<std::string>& keys) {
    const auto limit = *rc::gen::inRange<std::size_t>(1, 10);
    const auto budget = *rc::gen::inRange<std::size_t>(40, 2000);
    const auto seen = pageThrough({keys.begin(), keys.end()}, limit, budget);
    RC_ASSERT(seen == std::multiset<Bytes>(keys.begin(), keys.end()));
  }));
}

TEST(MemcachedKeyWindow, ContinuesInAnotherProcessFromThePositionAlone) {
  std::vector<Bytes> keys;
  for (int i = 0; i < 1000; ++i) keys.push_back("key:" + std::to_string(i));
  std::multiset<Bytes> seen;
  std::optional<KeyHash> position;
  for (bool isOver = false; !isOver;) {
    KeyWindow window(position, 1 << 20);
    for (const auto& key : keys) window.add(key);
    window.seal();
    for (auto& key : window.take(7)) seen.insert(std::move(key));
    isOver = window.isEmpty();
    position = window.position();
  }
  EXPECT_EQ(seen, std::multiset<Bytes>(keys.begin(), keys.end()));
}

TEST(MemcachedKeyWindow, DropsKeysThatACrawlRepeats) {
  KeyWindow window(std::nullopt, 1 << 20);
  for (const auto* key : {"a", "b", "a", "c", "b"}) window.add(key);
  window.seal();
  EXPECT_EQ(window.take(10).size(), 3u);
  EXPECT_TRUE(window.isEmpty());
  EXPECT_FALSE(window.isCut());
}

TEST(MemcachedKeyWindow, HashesAsEveryReleaseBefore) {
  EXPECT_EQ(toText({.position = hashOf("user:1")}), "m4ce53ee4648cef41");
}

TEST(MemcachedCursor, ComesBackAndIsChecked) {
  EXPECT_EQ(parseCursor("").value(), ListingCursor{});
  for (const auto& cursor : {ListingCursor{}, ListingCursor{.position = 0}, ListingCursor{.position = ~0ULL},
                             ListingCursor{.dump = 0}, ListingCursor{.dump = ~0ULL}}) {
    EXPECT_EQ(parseCursor(toText(cursor)).value(), cursor) << toText(cursor);
  }
  for (const auto* text :
       {"x", "m", "m123", "m000000000000000g", "k000000000000000a", "m00000000000000001"}) {
    EXPECT_EQ(parseCursor(text).error().code, ErrorCode::validationError) << text;
  }
}

}  // namespace
}  // namespace cachify::cache::memcached
