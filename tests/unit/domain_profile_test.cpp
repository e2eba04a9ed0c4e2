#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <vector>

#include "domain/profile.hpp"
#include "unit/domain_errors.hpp"

namespace cachify::domain {
namespace {

using std::chrono::milliseconds;
using namespace std::string_literals;

ConnectionProfile valid() {
  ConnectionProfile profile;
  profile.name = "cache";
  return normalized(profile);
}

Result<void> validated(const std::function<void(ConnectionProfile&)>& change) {
  ConnectionProfile profile = valid();
  change(profile);
  return validate(profile);
}

std::string refusedField(const std::function<void(ConnectionProfile&)>& change) {
  const auto result = validated(change);
  return result ? "" : textDetail(result.error(), "field");
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Profile, DefaultsAreThoseOfTheProduct) {
  const ConnectionProfile profile = valid();
  EXPECT_TRUE(validate(profile));
  EXPECT_EQ(profile.environment, Environment::dev);
  EXPECT_EQ(profile.port, 6379);
  EXPECT_EQ(profile.timeout, milliseconds(5000));
  EXPECT_EQ(profile.retry, (RetryPolicy{1, milliseconds(250), BackoffStrategy::fixed, 1.0}));
  EXPECT_EQ(profile.keySeparator, ":");
  EXPECT_EQ(profile.slowOpThreshold, milliseconds(750));
  EXPECT_TRUE(profile.tls.verify);
  EXPECT_FALSE(profile.readOnly || profile.forceReadOnly || profile.tls.enabled);
}

struct NumberRule {
  std::string field;
  std::int64_t low;
  std::int64_t high;
  std::function<void(ConnectionProfile&, std::int64_t)> set;
};

const std::vector<NumberRule>& numberRules() {
  static const std::vector<NumberRule> kRules{
      {"timeoutMs", 100, 120'000, [](auto& p, auto n) { p.timeout = milliseconds(n); }},
      {"retryMaxAttempts", 1, 10,
       [](auto& p, auto n) { p.retry.maxAttempts = static_cast<std::uint32_t>(n); }},
      {"retryBackoffMs", 0, 120'000, [](auto& p, auto n) { p.retry.backoff = milliseconds(n); }},
      {"slowOpThresholdMs", 1, 3'600'000, [](auto& p, auto n) { p.slowOpThreshold = milliseconds(n); }},
  };
  return kRules;
}

TEST(Profile, NumbersAreTakenUpToTheirLimits) {
  for (const auto& rule : numberRules()) {
    for (const auto number : {rule.low, rule.high}) {
      EXPECT_TRUE(validated([&](auto& p) { rule.set(p, number); })) << rule.field << " " << number;
    }
  }
}

TEST(Profile, NumbersBeyondTheirLimitsAreRefusedByNameValueAndRange) {
  for (const auto& rule : numberRules()) {
    for (const auto number : {rule.low - 1, rule.high + 1}) {
      SCOPED_TRACE(rule.field);
      const auto result = validated([&](auto& p) { rule.set(p, number); });
      ASSERT_FALSE(result);
      expectNames(result.error(), rule.field, std::to_string(number),
                  "from " + std::to_string(rule.low) + " to " + std::to_string(rule.high));
    }
  }
}

TEST(Profile, PortAndDatabaseHaveRanges) {
  EXPECT_TRUE(validated([](auto& p) { p.port = 65'535; }));
  const auto noPort = validated([](auto& p) { p.port = 0; });
  ASSERT_FALSE(noPort);
  expectNames(noPort.error(), "port", "0", "from 1 to 65535");
  EXPECT_TRUE(validated([](auto& p) { p.dbIndex = 1'000'000; }));
  const auto noDb = validated([](auto& p) { p.dbIndex = 1'000'001; });
  ASSERT_FALSE(noDb);
  expectNames(noDb.error(), "dbIndex", "1000001", "from 0 to 1000000");
}

TEST(Profile, AbortRateIsAShareAndNeverNotANumber) {
  for (const double rate : {0.0, 0.5, 1.0})
    EXPECT_TRUE(validated([&](auto& p) { p.retry.abortOnErrorRate = rate; }));
  const auto above = validated([](auto& p) { p.retry.abortOnErrorRate = 1.5; });
  ASSERT_FALSE(above);
  expectNames(above.error(), "retryAbortOnErrorRate", "1.5", "from 0 to 1");
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double rate : {-0.001, kInfinity, -kInfinity, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(refusedField([&](auto& p) { p.retry.abortOnErrorRate = rate; }), "retryAbortOnErrorRate");
  }
}

TEST(Profile, NameHasOneToEightyCharactersNotBytes) {
  EXPECT_TRUE(validated([](auto& p) { p.name = repeated("é", 80); }));
  EXPECT_EQ(refusedField([](auto& p) { p.name = repeated("é", 81); }), "name");
  EXPECT_EQ(refusedField([](auto& p) { p.name.clear(); }), "name");
  const auto result = validated([](auto& p) { p.name.clear(); });
  EXPECT_NE(textDetail(result.error(), "allowed").find("1 to 80"), std::string::npos);
}

TEST(Profile, TextsWithControlCharactersOrInvalidUtf8AreRefusedAndShownEscaped) {
  const auto bell = validated([](auto& p) { p.name = "a\ab"; });
  ASSERT_FALSE(bell);
  EXPECT_EQ(textDetail(bell.error(), "value"), "a\\x07b");
  EXPECT_EQ(refusedField([](auto& p) { p.name = "\xff"; }), "name");
  EXPECT_EQ(refusedField([](auto& p) { p.host = "a\0b"s; }), "host");
  EXPECT_EQ(refusedField([](auto& p) { p.username = "x\n"; }), "username");
  EXPECT_EQ(refusedField([](auto& p) { p.tags = {"\x7f"}; }), "tags");
  EXPECT_EQ(refusedField([](auto& p) { p.keySeparator = "\xc3"; }), "keySeparator");
  EXPECT_EQ(refusedField([](auto& p) { p.tls.caFile = "\xfe.pem"; }), "tls.caFile");
  EXPECT_EQ(refusedField([](auto& p) { p.tls.certFile = "a\0"s; }), "tls.certFile");
  EXPECT_EQ(refusedField([](auto& p) { p.tls.keyFile = repeated("k", 4096); }), "tls.keyFile");
  EXPECT_EQ(refusedField([](auto& p) { p.tls.serverName = repeated("s", 254); }), "tls.serverName");
}

TEST(Profile, TextsHaveLengths) {
  EXPECT_TRUE(validated([](auto& p) { p.username = repeated("u", 256); }));
  EXPECT_EQ(refusedField([](auto& p) { p.username = repeated("u", 257); }), "username");
  EXPECT_TRUE(validated([](auto& p) { p.keySeparator = "::"; }));
  EXPECT_EQ(refusedField([](auto& p) { p.keySeparator.clear(); }), "keySeparator");
  EXPECT_EQ(refusedField([](auto& p) { p.keySeparator = repeated("-", 9); }), "keySeparator");
  EXPECT_TRUE(validated([](auto& p) { p.host = repeated("h", 253); }));
  EXPECT_EQ(refusedField([](auto& p) { p.host = repeated("h", 254); }), "host");
  EXPECT_EQ(refusedField([](auto& p) { p.host.clear(); }), "host");
}

TEST(Profile, AHostIsNoUrlAndNoSentence) {
  for (const std::string host : {"redis://example.org", "a b", "me@example.org", "example.org/0"}) {
    EXPECT_EQ(refusedField([&](auto& p) { p.host = host; }), "host") << host;
  }
  for (const std::string host : {"example.org", "10.0.0.1", "::1", "fe80::1%eth0"}) {
    EXPECT_EQ(refusedField([&](auto& p) { p.host = host; }), "") << host;
  }
}

TEST(Profile, AUrlPastedIntoAnotherFieldDoesNotShowItsPassword) {
  const std::string url = "redis://me:pa@s3cret@example.org:6379/0";
  for (const auto& result :
       {validated([&](auto& p) { p.host = url; }), validated([&](auto& p) { p.host = url + "\n"; }),
        validated([&](auto& p) { p.name = repeated(url, 3); }),
        validated([&](auto& p) { p.unixSocket = "\t" + url, p.host.clear(); })}) {
    ASSERT_FALSE(result);
    EXPECT_EQ(everythingSaid(result.error()).find("s3cret"), std::string::npos) << result.error().message;
  }
}

TEST(Profile, AUnixSocketTakesThePlaceOfHostAndPort) {
  EXPECT_TRUE(validated([](auto& p) { p.host.clear(), p.port = 0, p.unixSocket = "/run/redis.sock"; }));
  EXPECT_EQ(refusedField([](auto& p) { p.unixSocket = "/run/redis.sock"; }), "host");
  EXPECT_TRUE(validated([](auto& p) { p.host.clear(), p.unixSocket = repeated("s", 107); }));
  EXPECT_EQ(refusedField([](auto& p) { p.host.clear(), p.unixSocket = repeated("s", 108); }), "unixSocket");
}

TEST(Profile, AnSshDestinationIsNoOptionNoPasswordAndNothingForAShell) {
  for (const std::string destination :
       {"bastion", "ada@bastion.example.org", "ada@2001:db8::1", "ada@corp@bastion", "my-host_1"}) {
    EXPECT_EQ(refusedField([&](auto& p) { p.ssh.destination = destination; }), "") << destination;
  }
  for (const std::string destination :
       {"-oProxyCommand=evil", "ada@-oProxyCommand=evil", "a b", "ada:s3cret@bastion", "@bastion", "ada@",
        "a;b", "$(evil)", "a`b`", "ssh://bastion", "a\nb", "a'b", "a|b"}) {
    EXPECT_EQ(refusedField([&](auto& p) { p.ssh.destination = destination; }), "ssh.destination")
        << destination;
  }
  EXPECT_EQ(refusedField([](auto& p) { p.ssh.configFile = "-oProxyCommand=evil"; }), "ssh.configFile");
  const auto withPassword = validated([](auto& p) { p.ssh.destination = "ada:s3cret@bastion"; });
  EXPECT_EQ(everythingSaid(withPassword.error()).find("s3cret"), std::string::npos);
}

TEST(Profile, WaysInThatMakeNoSenseTogetherAreRefused) {
  const auto overSocket = [](auto& p) { p.host.clear(), p.port = 0, p.unixSocket = "/run/redis.sock"; };
  EXPECT_EQ(refusedField([&](auto& p) { overSocket(p), p.tls.enabled = true; }), "tls.enabled");
  EXPECT_EQ(refusedField([&](auto& p) { overSocket(p), p.ssh.destination = "bastion"; }), "ssh.destination");
  EXPECT_EQ(refusedField([](auto& p) { p.tls.keyFile = "/key"; }), "tls.keyFile");
  EXPECT_TRUE(validated([](auto& p) { p.tls.certFile = "/certificate-and-key"; }));
  EXPECT_TRUE(validated([](auto& p) { p.tls.enabled = true, p.ssh.destination = "bastion"; }));
}

TEST(Profile, TheSentinelsMasterHasANameAndADefault) {
  EXPECT_EQ(valid().sentinelMaster, "");
  ConnectionProfile profile = valid();
  profile.topology = Topology::sentinel;
  EXPECT_EQ(normalized(profile).sentinelMaster, "mymaster");
  profile.sentinelMaster = " orders ";
  EXPECT_EQ(normalized(profile).sentinelMaster, "orders");
  EXPECT_EQ(refusedField([](auto& p) { p.topology = Topology::sentinel; }), "sentinelMaster");
  EXPECT_EQ(refusedField([](auto& p) { p.sentinelMaster = "a b"; }), "sentinelMaster");
}

TEST(Profile, MemcachedHasNoDatabasesAndNoTopology) {
  EXPECT_TRUE(validated([](auto& p) { p.engine = CacheEngine::memcached; }));
  EXPECT_EQ(refusedField([](auto& p) { p.engine = CacheEngine::memcached, p.dbIndex = 1; }), "dbIndex");
  EXPECT_EQ(refusedField([](auto& p) { p.engine = CacheEngine::memcached, p.topology = Topology::cluster; }),
            "topology");
  EXPECT_TRUE(validated([](auto& p) { p.topology = Topology::cluster; }));
}

TEST(Profile, HasAtMostTwentyTagsOfTextEach) {
  EXPECT_TRUE(validated([](auto& p) { p.tags.assign(20, "t"); }));
  EXPECT_EQ(refusedField([](auto& p) { p.tags.assign(21, "t"); }), "tags");
  EXPECT_EQ(refusedField([](auto& p) { p.tags = {""}; }), "tags");
  EXPECT_TRUE(validated([](auto& p) { p.tags = {repeated("é", 80)}; }));
  EXPECT_EQ(refusedField([](auto& p) { p.tags = {repeated("é", 81)}; }), "tags");
}

TEST(Profile, NormalisingTrimsAndDropsRepeatedTags) {
  ConnectionProfile profile;
  profile.name = " \t cache one \n";
  profile.host = " example.org ";
  profile.tags = {" eu ", "eu", "", "  ", "EU", "team:a"};
  profile = normalized(profile);
  EXPECT_EQ(profile.name, "cache one");
  EXPECT_EQ(profile.host, "example.org");
  EXPECT_EQ(profile.tags, (std::vector<std::string>{"eu", "EU", "team:a"}));
  EXPECT_EQ(normalized(profile), profile);
}

TEST(Profile, NormalisingFillsTheEnginesPortOnlyForTcp) {
  ConnectionProfile profile;
  profile.engine = CacheEngine::memcached;
  EXPECT_EQ(normalized(profile).port, 11211);
  profile.port = 7000;
  EXPECT_EQ(normalized(profile).port, 7000);
  profile.port = 0;
  profile.unixSocket = "/run/memcached.sock";
  EXPECT_EQ(normalized(profile).port, 0);
}

TEST(Profile, NamesAreComparedWithoutCaseAndBlanksAround) {
  EXPECT_EQ(nameKey("  Orders PROD "), nameKey("orders prod"));
  EXPECT_NE(nameKey("orders"), nameKey("orders2"));
  EXPECT_NE(nameKey("or ders"), nameKey("orders"));
}

template <class E>
void expectWords(const std::vector<std::pair<E, std::string>>& words, Result<E> (*parse)(std::string_view),
                 std::string_view field, std::string_view allowed) {
  for (const auto& [value, word] : words) {
    EXPECT_EQ(wireName(value), word);
    EXPECT_EQ(parse(word), value);
  }
  for (const std::string wrong : {"", "Redis", "prod ", "both"}) {
    const auto result = parse(wrong);
    ASSERT_FALSE(result) << wrong;
    expectNames(result.error(), field, wrong, allowed);
  }
}

TEST(ProfileWords, RoundTripAndNameWhatTheyTake) {
  expectWords<CacheEngine>({{CacheEngine::redis, "redis"}, {CacheEngine::memcached, "memcached"}},
                           parseCacheEngine, "engine", "redis, memcached");
  expectWords<Topology>({{Topology::standalone, "standalone"},
                         {Topology::sentinel, "sentinel"},
                         {Topology::cluster, "cluster"}},
                        parseTopology, "topology", "standalone, sentinel, cluster");
  expectWords<Environment>(
      {{Environment::dev, "dev"}, {Environment::staging, "staging"}, {Environment::prod, "prod"}},
      parseEnvironment, "environment", "dev, staging, prod");
  expectWords<BackoffStrategy>(
      {{BackoffStrategy::fixed, "fixed"}, {BackoffStrategy::exponential, "exponential"}},
      parseBackoffStrategy, "retryBackoffStrategy", "fixed, exponential");
}

TEST(ProfileWords, AWrongWordIsShownEscapedAndCutOff) {
  const auto result = parseEnvironment("\x1b[2J" + repeated("x", 10'000));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message.find('\x1b'), std::string::npos);
  EXPECT_LT(result.error().message.size(), 300U);
}

}  // namespace
}  // namespace cachify::domain
