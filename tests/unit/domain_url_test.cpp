#include <gtest/gtest.h>

#include "domain/profile.hpp"
#include "unit/domain_errors.hpp"

namespace cachify::domain {
namespace {

ParsedUrl parsed(std::string_view url) {
  auto result = parseConnectionUrl(url);
  EXPECT_TRUE(result) << url;
  return result.value_or(ParsedUrl{});
}

TEST(ConnectionUrl, RedisWithoutMoreIsTheDefaultPortAndDatabase) {
  const auto [profile, password] = parsed("redis://cache.example.org");
  EXPECT_EQ(profile.engine, CacheEngine::redis);
  EXPECT_EQ(profile.host, "cache.example.org");
  EXPECT_EQ(profile.port, 6379);
  EXPECT_EQ(profile.dbIndex, 0U);
  EXPECT_EQ(profile.username, "");
  EXPECT_FALSE(profile.tls.enabled);
  EXPECT_FALSE(password);
}

TEST(ConnectionUrl, TakesUserPasswordPortAndDatabase) {
  const auto [profile, password] = parsed("redis://me:secret@cache:7000/3");
  EXPECT_EQ(profile.username, "me");
  EXPECT_EQ(password, "secret");
  EXPECT_EQ(profile.host, "cache");
  EXPECT_EQ(profile.port, 7000);
  EXPECT_EQ(profile.dbIndex, 3U);
}

TEST(ConnectionUrl, PasswordAloneAndEmptyPasswordAreToldApart) {
  EXPECT_EQ(parsed("redis://:secret@cache").password, "secret");
  EXPECT_EQ(parsed("redis://:secret@cache").profile.username, "");
  EXPECT_EQ(parsed("redis://me:@cache").password, "");
  EXPECT_FALSE(parsed("redis://me@cache").password);
}

TEST(ConnectionUrl, PercentEncodingIsUndone) {
  const auto [profile, password] = parsed("redis://m%65:p%40ss%2Fw%3Ard%25@cache");
  EXPECT_EQ(profile.username, "me");
  EXPECT_EQ(password, "p@ss/w:rd%");
}

TEST(ConnectionUrl, RedissIsRedisOverTlsWithVerification) {
  const ConnectionProfile profile = parsed("rediss://cache:6380").profile;
  EXPECT_EQ(profile.engine, CacheEngine::redis);
  EXPECT_TRUE(profile.tls.enabled);
  EXPECT_TRUE(profile.tls.verify);
  EXPECT_EQ(profile.port, 6380);
}

TEST(ConnectionUrl, MemcachedHasItsOwnPort) {
  const ConnectionProfile profile = parsed("memcached://cache").profile;
  EXPECT_EQ(profile.engine, CacheEngine::memcached);
  EXPECT_EQ(profile.port, 11211);
}

TEST(ConnectionUrl, Ipv6LosesItsBrackets) {
  const ConnectionProfile profile = parsed("redis://[2001:db8::1]:6390/1").profile;
  EXPECT_EQ(profile.host, "2001:db8::1");
  EXPECT_EQ(profile.port, 6390);
  EXPECT_EQ(parsed("memcached://[::1]").profile.host, "::1");
}

TEST(ConnectionUrl, UnixSocketHasAPathAndADatabaseInTheQuery) {
  const auto [profile, password] = parsed("redis+unix://me:secret@/run/re%20dis.sock?db=4");
  EXPECT_EQ(profile.unixSocket, "/run/re dis.sock");
  EXPECT_EQ(profile.host, "");
  EXPECT_EQ(profile.port, 0);
  EXPECT_EQ(profile.dbIndex, 4U);
  EXPECT_EQ(profile.username, "me");
  EXPECT_EQ(password, "secret");
  EXPECT_EQ(parsed("redis+unix:///run/redis.sock").profile.unixSocket, "/run/redis.sock");
}

TEST(ConnectionUrl, DatabaseMayStandInTheQuery) {
  EXPECT_EQ(parsed("redis://cache?db=7").profile.dbIndex, 7U);
  EXPECT_EQ(parsed("redis://cache/").profile.dbIndex, 0U);
}

TEST(ConnectionUrl, OtherParametersAndAFragmentAreLeftAside) {
  EXPECT_EQ(parsed("redis://cache?timeout=5&db=%37&x#db=1").profile.dbIndex, 7U);
  EXPECT_EQ(parsed("redis://cache/2?&&d#").profile.dbIndex, 2U);
  // An empty query in front of a fragment once crashed.
  for (const auto* url :
       {"redis://cache/3?#f", "redis://cache/3?#", "redis://cache/3?", "redis+unix:///s?db=3&#f"})
    EXPECT_EQ(parsed(url).profile.dbIndex, 3U) << url;
}

TEST(ConnectionUrl, SchemeIgnoresCaseAndBlanksAroundAreDropped) {
  EXPECT_EQ(parsed("  REDIS://cache\n").profile.host, "cache");
  EXPECT_TRUE(parsed("Rediss://cache").profile.tls.enabled);
}

TEST(ConnectionUrl, WhatIsParsedIsAValidProfileOnceNamed) {
  for (const auto* url :
       {"redis://cache", "rediss://u:p@cache:1/15", "redis+unix:///run/r.sock", "memcached://[::1]:65535"}) {
    ConnectionProfile profile = parsed(url).profile;
    profile.name = "pasted";
    EXPECT_TRUE(validate(normalized(profile))) << url;
  }
}

TEST(ConnectionUrl, BadOnesAreRefusedWithoutRepeatingThem) {
  for (const auto* url : {"",
                          "cache:6379",
                          "http://u:s3cret@cache",
                          "redis:u:s3cret@cache",
                          "redis://u:s3cret@",
                          "redis://u:s3cret@cache:0",
                          "redis://u:s3cret@cache:65536",
                          "redis://u:s3cret@cache:x",
                          "redis://u:s3cret@cache:6379x5",
                          "redis://u:s3cret@cache/x",
                          "redis://u:s3cret@cache/1/2",
                          "redis://u:s3cret@cache/-1",
                          "redis://u:s3cret@cache/4294967296",
                          "redis://u:s3cret@cache?db=s3cret",
                          "redis://u:s3cret@[::1",
                          "redis://u:s3cret%4@cache",
                          "redis://u:s3cret @cache",
                          "redis+unix://u:s3cret@",
                          "redis+unix:///",
                          "redis+unix:s3cret.sock",
                          "redis+unix:./s3cret.sock?db=4",
                          "redis+unix://run/redis.sock?password=s3cret",
                          "\xff\xfe"}) {
    const auto result = parseConnectionUrl(url);
    ASSERT_FALSE(result) << url;
    EXPECT_EQ(result.error().code, ErrorCode::validationError) << url;
    EXPECT_EQ(textDetail(result.error(), "field"), "url") << url;
    EXPECT_EQ(everythingSaid(result.error()).find("s3cret"), std::string::npos) << url;
  }
}

TEST(ConnectionUrl, MemcachedDatabaseIsLeftForValidationToName) {
  ConnectionProfile profile = parsed("memcached://cache/2").profile;
  profile.name = "pasted";
  const auto result = validate(profile);
  ASSERT_FALSE(result);
  EXPECT_EQ(textDetail(result.error(), "field"), "dbIndex");
}

}  // namespace
}  // namespace cachify::domain
