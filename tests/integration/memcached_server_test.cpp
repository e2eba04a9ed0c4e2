// What is particular to Memcached, against a real one. What all caches have in common is in tests/contract.

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <fstream>
#include <set>

#include "cache/memcached/memcached_session.hpp"
#include "support/await.hpp"
#include "support/raw_connection.hpp"
#include "support/server.hpp"
#include "support/test_gate.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using domain::Action;
using test::MemcachedServer;

class MemcachedSessionTest : public testing::Test {
 protected:
  void use(const MemcachedServer& server, std::string username = {}, std::string password = {}) {
    domain::ConnectionProfile profile;
    profile.id = connection_;
    profile.host = test::kLoopback;
    profile.port = server.port();
    if (server.port() == 0) profile.unixSocket = server.unixSocket();
    profile.username = std::move(username);
    session_ = makeMemcachedSession(io_.get_executor(), profile, SecretText(std::move(password)));
    const test::RawConnection::Target target{.port = profile.port, .unixSocket = profile.unixSocket};
    raw_ = std::make_unique<test::RawConnection>(target);
  }
  template <class T>
  T await(boost::asio::awaitable<T> task) {
    return test::await(io_, std::move(task));
  }
  static CallContext soon() { return CallContext::within(20s); }

  /// Sends one command past the session; the answer's first line.
  std::string raw(const std::string& command) {
    raw_->send(command + "\r\n");
    auto line = raw_->receiveUntil("\r\n");
    line.resize(line.size() - 2);
    return line;
  }
  /// The value that the server has, whole.
  std::string rawValue(const std::string& key) {
    raw_->send("mg " + key + " v\r\nmn\r\n");
    return raw_->receiveUntil("MN\r\n");
  }
  std::vector<ApplyOutcome> apply(Action action, std::vector<domain::Mutation> mutations,
                                  std::unique_ptr<Hold> hold = nullptr) {
    std::vector<Bytes> keys;
    for (const auto& mutation : mutations) {
      for (const BytesView key : domain::keysOf(mutation)) keys.emplace_back(key);
    }
    auto permit = actions::Gate::permitFor(connection_, action, std::move(keys));
    return await(session_->apply(std::move(permit), std::move(mutations), std::move(hold), soon()));
  }
  ApplyOutcome set(Bytes key, Bytes value, domain::TtlChange ttl = domain::NoTtl{}) {
    return apply(Action::set,
                 {domain::SetMutation{.key = std::move(key), .value = std::move(value), .ttl = ttl}})
        .at(0);
  }
  HeldCapture hold(std::vector<Bytes> keys) {
    return await(session_->captureHeld(std::move(keys), {}, soon())).value();
  }

  boost::asio::io_context io_{1};
  ConnectionId connection_ = ConnectionId::make(SystemClock().now());
  std::unique_ptr<CacheSession> session_;
  std::unique_ptr<test::RawConnection> raw_;
};

TEST_F(MemcachedSessionTest, SendsTtlsAboveThirtyDaysAsDates) {
  const MemcachedServer server;
  use(server);
  EXPECT_EQ(set("key", "v", 60 * 24h).status, ApplyStatus::applied);
  const auto days60 = raw("mg key t");
  ASSERT_TRUE(days60.starts_with("HD t")) << days60;
  const int seconds = std::stoi(days60.substr(4));
  EXPECT_GT(seconds, 60 * 86'400 - 10);
  EXPECT_LE(seconds, 60 * 86'400 + 1);
  apply(Action::setTtl, {domain::TtlMutation{.key = "key", .ttl = 31 * 24h}});
  EXPECT_GT(std::stoi(raw("mg key t").substr(4)), 31 * 86'400 - 10);
}

TEST_F(MemcachedSessionTest, NeverTurnsAShortTtlIntoForEver) {
  const MemcachedServer server;
  use(server);
  EXPECT_EQ(set("key", "v", 1ms).status, ApplyStatus::applied);
  EXPECT_NE(raw("mg key t"), "HD t-1");
}

TEST_F(MemcachedSessionTest, KeepsTheClientFlagsThroughCaptureRestoreRenameAndTtl) {
  const MemcachedServer server;
  use(server);
  ASSERT_EQ(raw("ms key 5 F4294967295\r\nhello"), "HD");
  auto held = hold({"key"});
  EXPECT_EQ(held.captures.at(0).flags, 4'294'967'295U);
  apply(Action::setTtl, {domain::TtlMutation{.key = "key", .ttl = 50s}}, std::move(held.hold));
  EXPECT_EQ(raw("mg key f s"), "HD f4294967295 s5");
  apply(Action::rename, {domain::RenameMutation{.from = "key", .to = "new"}});
  EXPECT_EQ(raw("mg new f s"), "HD f4294967295 s5");
  apply(Action::restore, {domain::RestoreMutation{.capture = held.captures.at(0)}});
  EXPECT_EQ(raw("mg key f s t"), "HD f4294967295 s5 t-1");
}

TEST_F(MemcachedSessionTest, SendsKeysWithBlanksInBase64) {
  const MemcachedServer server;
  use(server);
  EXPECT_EQ(set("foo bar", "v").status, ApplyStatus::applied);
  EXPECT_EQ(raw("mg Zm9vIGJhcg== b s"), "HD s1");
}

TEST_F(MemcachedSessionTest, RefusesKeysThatAreTooLongBeforeSending) {
  const MemcachedServer server;
  use(server);
  for (const auto& key : {Bytes(251, 'k'), Bytes(200, ' '), Bytes()}) {
    const auto outcome = set(key, "v");
    EXPECT_EQ(outcome.status, ApplyStatus::refused);
    EXPECT_EQ(outcome.error->code, ErrorCode::validationError);
    EXPECT_EQ(await(session_->read(key, {}, soon())).error().code, ErrorCode::validationError);
    EXPECT_EQ(await(session_->capture({"fine", key}, {}, soon())).error().code, ErrorCode::validationError);
  }
  EXPECT_EQ(set(Bytes(250, 'k'), "v").status, ApplyStatus::applied);
}

TEST_F(MemcachedSessionTest, LeavesTheOldValueAloneWhenTheNewOneIsTooLarge) {
  const MemcachedServer server;
  use(server);
  ASSERT_EQ(set("key", "precious").status, ApplyStatus::applied);
  auto held = hold({"key"});
  std::vector<domain::Mutation> mutations{domain::SetMutation{.key = "key", .value = Bytes(1'100'000, 'x')}};
  const auto underHold = apply(Action::set, std::move(mutations), std::move(held.hold));
  EXPECT_EQ(underHold.at(0).status, ApplyStatus::refused);
  const auto outcome = set("key", Bytes(1'100'000, 'x'));
  EXPECT_EQ(outcome.status, ApplyStatus::refused);
  EXPECT_EQ(outcome.error->code, ErrorCode::validationError);
  EXPECT_EQ(rawValue("key"), "VA 8\r\nprecious\r\nMN\r\n");
}

TEST_F(MemcachedSessionTest, TakesTheLargestItemThatTheServerTakes) {
  const MemcachedServer server;
  use(server);
  const auto largest = (1U << 20) - 64;
  EXPECT_EQ(set("k", Bytes(largest, 'x')).status, ApplyStatus::applied);
  EXPECT_EQ(raw("mg k s"), "HD s" + std::to_string(largest));
}

TEST_F(MemcachedSessionTest, SeesItInTheHoldWhenAnotherClientWrites) {
  const MemcachedServer server;
  use(server);
  ASSERT_EQ(raw("ms key 1\r\na"), "HD");
  for (const auto* change : {"ms key 1\r\nb", "ms key 1 MA\r\nc", "md key"}) {
    ASSERT_EQ(raw("ms key 1\r\na"), "HD");
    auto held = hold({"key"});
    ASSERT_EQ(raw(change), "HD");
    std::vector<domain::Mutation> mutations{domain::SetMutation{.key = "key", .value = "mine"}};
    const auto outcome = apply(Action::set, std::move(mutations), std::move(held.hold));
    EXPECT_EQ(outcome.at(0).status, ApplyStatus::changed) << change;
  }
}

TEST_F(MemcachedSessionTest, LooksAtItemsWithoutTouchingTheirPlaceInTheLru) {
  const MemcachedServer server;
  use(server);
  ASSERT_EQ(raw("ms key 1\r\na"), "HD");
  ASSERT_TRUE(await(session_->read("key", {}, soon())));
  ASSERT_TRUE(await(session_->describe({"key"}, soon())));
  ASSERT_TRUE(await(session_->capture({"key"}, {}, soon())));
  EXPECT_EQ(raw("mg key h"), "HD h0");
}

TEST_F(MemcachedSessionTest, KeepsTheTtlOfManySetsAtOnce) {
  const MemcachedServer server;
  use(server);
  std::vector<domain::Mutation> mutations;
  for (int i = 0; i < 500; ++i) {
    const auto key = "k" + std::to_string(i);
    if (i % 2 == 0) {
      ASSERT_EQ(raw("ms " + key + " 1 T500\r\na"), "HD");
    }
    mutations.push_back(domain::SetMutation{.key = key, .value = "new"});
  }
  for (const auto& outcome : apply(Action::set, std::move(mutations))) {
    EXPECT_EQ(outcome.status, ApplyStatus::applied);
  }
  EXPECT_GT(std::stoi(raw("mg k0 t").substr(4)), 490);
  EXPECT_EQ(raw("mg k1 t"), "HD t-1");
}

TEST_F(MemcachedSessionTest, ListsAHundredThousandItemsCompletely) {
  const MemcachedServer server({"-m", "256"});
  use(server);
  constexpr int kItems = 100'000;
  std::string load;
  for (int i = 0; i < kItems; ++i) load += "ms item:" + std::to_string(i) + " 1 q\r\nv\r\n";
  raw_->send(load + "mn\r\n");
  ASSERT_EQ(raw_->receiveUntil("MN\r\n"), "MN\r\n");
  std::set<Bytes> seen;
  ScanRequest request{.pattern = "*", .cursor = {}, .limit = 1000};
  std::uint64_t scanned = 0;
  std::size_t returned = 0;
  do {
    const auto page = await(session_->scan(request, soon()));
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->total, kItems);
    scanned += page->scanned;
    returned += page->keys.size();
    seen.insert(page->keys.begin(), page->keys.end());
    request.cursor = page->nextCursor;
  } while (!request.cursor.empty());
  EXPECT_EQ(seen.size(), std::size_t{kItems});
  EXPECT_EQ(returned, seen.size());
  EXPECT_EQ(scanned, std::uint64_t{kItems});
}

TEST_F(MemcachedSessionTest, ListsForSeveralCallersAtOnceOneAfterTheOther) {
  const MemcachedServer server;
  use(server);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(raw("ms k" + std::to_string(i) + " 1\r\nv"), "HD");
  int done = 0;
  for (const auto* pattern : {"k*", "*", "k1*", "k2*"}) {
    ScanRequest request{.pattern = pattern, .cursor = {}, .limit = 5000};
    boost::asio::co_spawn(io_, session_->scan(std::move(request), soon()),
                          [&](std::exception_ptr, const Result<ScanPage>& page) {
                            EXPECT_TRUE(page && page->keys.size() >= 111 && page->nextCursor.empty());
                            ++done;
                          });
  }
  io_.restart();
  while (done < 4 && io_.run_one() > 0) {
  }
  EXPECT_EQ(done, 4);
}

TEST_F(MemcachedSessionTest, SaysWhenTheServerDoesNotListItsKeys) {
  for (const std::vector<std::string>& options : {std::vector<std::string>{"-X"}, {"-o", "no_lru_crawler"}}) {
    const MemcachedServer server(options);
    use(server);
    const auto page = await(session_->scan({}, soon()));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::notSupported);
    const auto info = await(session_->probe(soon()));
    ASSERT_TRUE(info);
    EXPECT_FALSE((*info)[Capability::patternScan].supported);
    EXPECT_FALSE((*info)[Capability::patternScan].reason.empty());
    ASSERT_EQ(raw("ms key 1\r\nv"), "HD");
    const ScanRequest exact{.pattern = "key", .cursor = {}};
    EXPECT_EQ(await(session_->scan(exact, soon()))->keys, std::vector<Bytes>{"key"});
  }
}

TEST_F(MemcachedSessionTest, TellsEveryFamilyOfStatistics) {
  const MemcachedServer server({"-o", "track_sizes"});
  use(server);
  ASSERT_EQ(set("key", "value").status, ApplyStatus::applied);
  for (const auto* family : {"general", "items", "slabs", "settings", "sizes", "conns"}) {
    const auto stats = await(session_->stats(family, soon()));
    ASSERT_TRUE(stats) << family << stats.error().message;
    EXPECT_EQ(stats->family, family);
    ASSERT_FALSE(stats->sections.empty()) << family;
    EXPECT_FALSE(stats->sections.front().values.empty()) << family;
  }
  EXPECT_TRUE(await(session_->stats("items", soon()))->sections.front().title.starts_with("class "));
}

TEST_F(MemcachedSessionTest, SaysWhySizesAreNotTold) {
  const MemcachedServer server;
  use(server);
  const auto sizes = await(session_->stats("sizes", soon()));
  ASSERT_FALSE(sizes);
  EXPECT_EQ(sizes.error().code, ErrorCode::notSupported);
  EXPECT_NE(sizes.error().message.find("track_sizes"), std::string::npos);
}

TEST_F(MemcachedSessionTest, StatisticsHoldNoPassword) {
  const test::TemporaryDirectory directory;
  std::ofstream(directory / "auth") << "user:s3cret\n";
  const MemcachedServer server({"-Y", directory / "auth"});
  use(server, "user", "s3cret");
  for (const auto* family : {"general", "items", "slabs", "settings", "conns"}) {
    const auto stats = await(session_->stats(family, soon()));
    ASSERT_TRUE(stats) << stats.error().message;
    for (const auto& section : stats->sections) {
      for (const auto& [name, value] : section.values)
        EXPECT_EQ(value.find("s3cret"), std::string::npos) << name;
    }
  }
}

TEST_F(MemcachedSessionTest, DoesNotPretendToHoldWhereTheServerHasNoCas) {
  const MemcachedServer server({"-C"});
  use(server);
  ASSERT_EQ(set("key", "v", 100s).status, ApplyStatus::applied);
  const auto held = await(session_->captureHeld({"key"}, {}, soon()));
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code, ErrorCode::notSupported);
  EXPECT_FALSE((*await(session_->probe(soon())))[Capability::cas].supported);
  EXPECT_EQ(set("key", "w", domain::KeepTtl{}).status, ApplyStatus::applied);
  EXPECT_EQ(apply(Action::rename, {domain::RenameMutation{.from = "key", .to = "new"}}).at(0).status,
            ApplyStatus::applied);
  EXPECT_GT(std::stoi(raw("mg new t").substr(4)), 90);
}

TEST_F(MemcachedSessionTest, LogsInWhereTheServerAsksForIt) {
  const test::TemporaryDirectory directory;
  std::ofstream(directory / "auth") << "user:pass\n";
  const MemcachedServer server({"-Y", directory / "auth"});
  use(server, "user", "pass");
  EXPECT_EQ(set("key", "v").status, ApplyStatus::applied);
  for (const auto& [name, password] : {std::pair("user", "wrong"), std::pair("", "")}) {
    use(server, name, password);
    EXPECT_EQ(await(session_->probe(soon())).error().code, ErrorCode::unauthorized) << name;
    const auto outcome = set("key", "w");
    EXPECT_EQ(outcome.status, ApplyStatus::notSent);
    EXPECT_EQ(outcome.error->message.find("wrong"), std::string::npos);
  }
}

TEST_F(MemcachedSessionTest, NeverStoresThePasswordInAServerThatAsksForNone) {
  const MemcachedServer server;
  use(server, "user", "s3cret");
  ASSERT_TRUE(await(session_->probe(soon())));
  EXPECT_EQ(raw("mg auth v"), "EN");
  EXPECT_EQ(await(session_->scan({}, soon()))->total, 0u);
}

TEST_F(MemcachedSessionTest, WorksOverAUnixSocket) {
  const MemcachedServer server({}, MemcachedServer::Listen::unixSocket);
  use(server);
  EXPECT_EQ(set("key", "v").status, ApplyStatus::applied);
  EXPECT_EQ(raw("mg key s"), "HD s1");
}

TEST_F(MemcachedSessionTest, FindsItsWayBackToAServerThatWasRestarted) {
  MemcachedServer server;
  use(server);
  EXPECT_EQ(set("key", "v").status, ApplyStatus::applied);
  server.restart();
  EXPECT_EQ(set("key", "w").status, ApplyStatus::applied);
}

}  // namespace
}  // namespace cachify::cache
