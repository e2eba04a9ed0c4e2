#include <gtest/gtest.h>

#include "cache/memcached/stats.hpp"
#include "cache/redis/info.hpp"

namespace cachify::cache {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

std::vector<StatsSection> memcachedSections(std::string_view family, std::vector<memcached::StatLine> lines) {
  return memcached::sectionsOf(family, std::move(lines));
}

TEST(MemcachedStats, PutsWhatIsSaidOfAClassOrAConnectionIntoItsSection) {
  const auto items =
      memcachedSections("items", {{"items:1:number", "5"}, {"items:12:number", "7"}, {"items:1:age", "9"}});
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].title, "class 1");
  EXPECT_EQ(items[0].values, (Values{{"number", "5"}, {"age", "9"}}));
  EXPECT_EQ(items[1].title, "class 12");
  const auto slabs = memcachedSections("slabs", {{"1:chunk_size", "96"}, {"active_slabs", "1"}});
  ASSERT_EQ(slabs.size(), 2U);
  EXPECT_EQ(slabs[0].title, "class 1");
  EXPECT_EQ(slabs[1].title, "");
  EXPECT_EQ(slabs[1].values, (Values{{"active_slabs", "1"}}));
  const auto conns = memcachedSections("conns", {{"22:addr", "tcp:127.0.0.1:11211"}});
  EXPECT_EQ(conns.at(0).title, "connection 22");
  EXPECT_EQ(conns.at(0).values, (Values{{"addr", "tcp:127.0.0.1:11211"}}));
}

TEST(MemcachedStats, LeavesOtherNamesAsTheServerSaysThem) {
  const auto general = memcachedSections("general", {{"1:odd", "x"}, {"pid", "7"}});
  ASSERT_EQ(general.size(), 1U);
  EXPECT_EQ(general[0].values, (Values{{"1:odd", "x"}, {"pid", "7"}}));
  for (const auto* name : {"", ":", ":x", "a:b", "items:", "items:x:y"}) {
    const auto odd = memcachedSections("items", {{name, "v"}});
    ASSERT_EQ(odd.size(), 1U) << name;
    EXPECT_EQ(odd[0].title, "") << name;
  }
}

TEST(RedisInfo, IsReadSectionBySection) {
  const auto sections = redis::sectionsOf(
      "# Server\r\nredis_version:7.0.15\r\nos:Linux 6 x86_64:x\r\n\r\n# Keyspace\r\n# CPU\r\nused:1.5\r\n");
  ASSERT_EQ(sections.size(), 3U);
  EXPECT_EQ(sections[0].title, "server");
  EXPECT_EQ(sections[0].values, (Values{{"redis_version", "7.0.15"}, {"os", "Linux 6 x86_64:x"}}));
  EXPECT_EQ(sections[1].title, "keyspace");
  EXPECT_TRUE(sections[1].values.empty());
  EXPECT_EQ(sections[2].values, (Values{{"used", "1.5"}}));
  EXPECT_TRUE(redis::sectionsOf("").empty());
  EXPECT_EQ(redis::sectionsOf("role:master").at(0).title, "");
}

}  // namespace
}  // namespace cachify::cache
