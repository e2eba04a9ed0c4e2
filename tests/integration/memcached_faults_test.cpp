// Servers that break off, talk nonsense, or keep silent.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <set>
#include <thread>

#include "cache/memcached/memcached_session.hpp"
#include "support/await.hpp"
#include "support/server.hpp"
#include "support/test_gate.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using domain::Action;

constexpr std::string_view kStats = "STAT version 1.6.18\r\nSTAT curr_items 1\r\nEND\r\nEND\r\n";

/// Answers each line that it gets as the test says, on one connection after the other; "" breaks the
/// connection off.
class ScriptedServer {
 public:
  using Script = std::function<std::string(const std::string& line)>;

  explicit ScriptedServer(Script script) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener_, 8) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
      throw std::runtime_error("no free loopback port");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serveAll(); });
  }
  ~ScriptedServer() {
    stopping_ = true;
    shutdown(listener_, SHUT_RDWR);
    shutdown(client_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  void serveAll() {
    for (int client = accept(listener_, nullptr, nullptr); client >= 0;
         client = accept(listener_, nullptr, nullptr)) {
      client_ = client;
      if (!stopping_) serve(client);
      client_ = -1;
      ::close(client);
    }
  }
  void serve(int client) {
    std::string waiting;
    std::array<char, 4096> buffer{};
    while (true) {
      const auto got = recv(client, buffer.data(), buffer.size(), 0);
      if (got <= 0) return;
      waiting.append(buffer.data(), static_cast<std::size_t>(got));
      for (auto end = waiting.find("\r\n"); end != std::string::npos; end = waiting.find("\r\n")) {
        const std::string answer = script_(waiting.substr(0, end));
        waiting.erase(0, end + 2);
        if (answer.empty()) return;
        if (send(client, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return;
      }
    }
  }

  Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> client_ = -1;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

/// Greets as 1.6.18 does, answers `stats settings` (and `stats`, silently before it), and for the rest as
/// `others` does.
ScriptedServer::Script afterStats(ScriptedServer::Script others) {
  return [others = std::move(others)](const std::string& line) {
    if (line == "mn") return std::string("MN\r\n");
    if (line == "version") return std::string("VERSION 1.6.18\r\n");
    if (line == "stats") return std::string("STAT pid 1\r\n");
    if (line == "stats settings") return std::string(kStats);
    return others(line);
  };
}

class MemcachedFaults : public testing::Test {
 protected:
  void use(std::uint16_t port) {
    domain::ConnectionProfile profile;
    profile.id = connection_;
    profile.host = test::kLoopback;
    profile.port = port;
    session_ = makeMemcachedSession(io_.get_executor(), profile, SecretText());
  }
  template <class T>
  T await(boost::asio::awaitable<T> task) {
    return test::await(io_, std::move(task));
  }
  static CallContext soon() { return CallContext::within(10s); }

  std::vector<ApplyOutcome> remove(std::vector<Bytes> keys, CallContext context = soon()) {
    std::vector<domain::Mutation> mutations;
    for (const auto& key : keys) mutations.push_back(domain::DeleteMutation{.key = key});
    auto permit = actions::Gate::permitFor(connection_, Action::remove, std::move(keys));
    return await(session_->apply(std::move(permit), std::move(mutations), nullptr, std::move(context)));
  }
  ApplyOutcome set(std::size_t bytes) {
    auto permit = actions::Gate::permitFor(connection_, Action::set, {"key"});
    std::vector<domain::Mutation> mutations{
        domain::SetMutation{.key = "key", .value = Bytes(bytes, 'v'), .ttl = domain::NoTtl{}}};
    return await(session_->apply(std::move(permit), std::move(mutations), nullptr, soon())).at(0);
  }

  boost::asio::io_context io_{1};
  ConnectionId connection_ = ConnectionId::make(SystemClock().now());
  std::unique_ptr<CacheSession> session_;
};

TEST_F(MemcachedFaults, SaysUnknownWhenTheServerBreaksOffAfterItGotTheCommand) {
  const ScriptedServer server(afterStats([](const std::string&) { return std::string(); }));
  use(server.port());
  const auto outcomes = remove({"a", "b"});
  for (const auto& outcome : outcomes) {
    EXPECT_EQ(outcome.status, ApplyStatus::unknown);
    EXPECT_EQ(outcome.error->code, ErrorCode::connectionFailed);
    EXPECT_TRUE(outcome.error->retryable);
  }
}

TEST_F(MemcachedFaults, SaysWhichOfManyWereDoneBeforeTheServerBrokeOff) {
  const ScriptedServer server(afterStats(
      [](const std::string& line) { return line == "md c" ? std::string() : std::string("HD\r\n"); }));
  use(server.port());
  const auto outcomes = remove({"a", "b", "c", "d"});
  EXPECT_EQ(outcomes.at(0).status, ApplyStatus::applied);
  EXPECT_EQ(outcomes.at(1).status, ApplyStatus::applied);
  EXPECT_EQ(outcomes.at(2).status, ApplyStatus::unknown);
  EXPECT_EQ(outcomes.at(3).status, ApplyStatus::unknown);
}

TEST_F(MemcachedFaults, SaysNotSentWhenNothingWasSent) {
  use(test::freePort());
  const auto outcome = remove({"a"}).at(0);
  EXPECT_EQ(outcome.status, ApplyStatus::notSent);
  EXPECT_EQ(outcome.error->code, ErrorCode::connectionFailed);
}

TEST_F(MemcachedFaults, SaysUnknownWhenTheServerKeepsSilentAfterTheCommand) {
  const ScriptedServer server(afterStats([](const std::string&) { return std::string("H"); }));
  use(server.port());
  const auto outcome = remove({"a"}, CallContext::within(300ms)).at(0);
  EXPECT_EQ(outcome.status, ApplyStatus::unknown);
  EXPECT_EQ(outcome.error->code, ErrorCode::timeout);
}

TEST_F(MemcachedFaults, TellsTheTrueCauseWhenALargeWriteIsBrokenOff) {
  const ScriptedServer server(afterStats([](const std::string& line) {
    return line.starts_with("ms ") ? std::string("SERVER_ERROR out of memory storing object\r\n")
                                   : std::string();
  }));
  use(server.port());
  const auto outcome = set(900'000);
  EXPECT_EQ(outcome.status, ApplyStatus::unknown);
  EXPECT_NE(outcome.error->message.find("out of memory"), std::string::npos) << outcome.error->message;
}

TEST_F(MemcachedFaults, DropsAConnectionOnWhichACommandWasNotUnderstood) {
  std::atomic<int> connections = 0;
  const auto answers =
      afterStats([](const std::string&) { return std::string("CLIENT_ERROR bad command line format\r\n"); });
  const ScriptedServer server([&](const std::string& line) {
    if (line == "mn") ++connections;
    return answers(line);
  });
  use(server.port());
  EXPECT_EQ(remove({"a"}).at(0).status, ApplyStatus::refused);
  EXPECT_EQ(remove({"a"}).at(0).status, ApplyStatus::refused);
  EXPECT_EQ(connections, 2);
}

TEST_F(MemcachedFaults, DoesNotLetAnOldServerCountSizesWhileAllItsClientsWait) {
  std::atomic<bool> counted = false;
  const ScriptedServer server([&](const std::string& line) {
    if (line == "version") return std::string("VERSION 1.4.20\r\n");
    if (line == "stats sizes") counted = true;
    return std::string(line == "stats settings" ? "STAT maxconns 1024\r\nEND\r\n" : "ERROR\r\n");
  });
  use(server.port());
  EXPECT_EQ(await(session_->stats("sizes", soon())).error().code, ErrorCode::notSupported);
  EXPECT_FALSE(counted);
  EXPECT_EQ(await(session_->stats("conns", soon())).error().code, ErrorCode::notSupported)
      << "not known there";
}

TEST_F(MemcachedFaults, DoesNotTakeAnotherProtocolForMemcached) {
  for (const auto* nonsense :
       {"-ERR unknown command\r\n", "HTTP/1.1 400 Bad Request\r\n", "VA 99999999999\r\n"}) {
    const ScriptedServer server([&](const std::string&) { return std::string(nonsense); });
    use(server.port());
    const auto info = await(session_->probe(soon()));
    ASSERT_FALSE(info);
    EXPECT_EQ(info.error().code, ErrorCode::connectionFailed);
    EXPECT_FALSE(info.error().retryable);
  }
}

TEST_F(MemcachedFaults, DoesNotTakeAServerThatKnowsNotEvenItsVersionForMemcached) {
  const ScriptedServer server([](const std::string&) { return std::string("ERROR\r\n"); });
  use(server.port());
  EXPECT_EQ(await(session_->probe(soon())).error().code, ErrorCode::notSupported);
}

TEST_F(MemcachedFaults, SpeaksTextToAVersionWhoseMetaCommandsAreOfAnotherKind) {
  const ScriptedServer server([](const std::string& line) {
    if (line == "mn") return std::string("MN\r\n");
    if (line == "version") return std::string("VERSION 1.6.9\r\n");
    return std::string(line == "gets key" ? "VALUE key 5 3 1\r\nabc\r\nEND\r\n" : "ERROR\r\n");
  });
  use(server.port());
  const auto value = await(session_->read("key", {}, soon()));
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(std::get<Bytes>(value->value), "abc");
  EXPECT_EQ(value->flags, 5U);
  EXPECT_FALSE(value->ttlKnown);
}

TEST_F(MemcachedFaults, WaitsForABusyCrawlerUpToItsDeadlineAndSaysSo) {
  const ScriptedServer server(
      afterStats([](const std::string&) { return std::string("BUSY currently crawling\r\n"); }));
  use(server.port());
  const auto page = await(session_->scan({}, CallContext::within(200ms)));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::timeout);
  EXPECT_TRUE(page.error().retryable);
  EXPECT_EQ(std::get<std::string>(*page.error().detail("reason")), "busy");
}

TEST_F(MemcachedFaults, ListsOnceABusyCrawlerIsFree) {
  int asked = 0;
  const ScriptedServer server(afterStats([&](const std::string&) {
    return std::string(++asked < 3 ? "BUSY currently crawling\r\n" : "key=a exp=-1\nEND\r\n");
  }));
  use(server.port());
  const auto page = await(session_->scan({}, soon()));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->keys, std::vector<Bytes>{"a"});
}

TEST_F(MemcachedFaults, GivesAllKeysToOneWhoFallsFarBehindWithoutKeepingThemAll) {
  constexpr int kKeys = 200'000;  // more than a window's worth, with names this long
  const auto nameOf = [](int i) { return std::string(230, 'k') + std::to_string(1'000'000 + i); };
  std::string dump;
  for (int i = 0; i < kKeys; ++i) dump += "key=" + nameOf(i) + " exp=-1\n";
  dump += "END\r\n";
  std::atomic<int> dumps = 0;
  const ScriptedServer server(afterStats([&](const std::string&) {
    ++dumps;
    return dump;
  }));
  use(server.port());
  ScanRequest request{.pattern = "*", .cursor = {}, .limit = 1000};
  request.whole = true;
  auto page = await(session_->scan(request, soon()));
  ASSERT_TRUE(page) << page.error().message;
  do {
    io_.restart();  // nobody asks for more, until the crawl has given up and nothing happens any longer
  } while (io_.run_for(100ms) > 0);
  std::set<Bytes> seen;
  std::size_t given = 0;
  while (true) {
    given += page->keys.size();
    seen.insert(page->keys.begin(), page->keys.end());
    request.cursor = page->nextCursor;
    if (request.cursor.empty()) break;
    page = await(session_->scan(request, soon()));
    ASSERT_TRUE(page) << page.error().message;
  }
  EXPECT_EQ(seen.size(), std::size_t{kKeys});
  EXPECT_GT(given, seen.size()) << "it started over, so some came twice";
  EXPECT_GE(dumps, 2);
}

TEST_F(MemcachedFaults, FallsBackToTheCrawlThatOlderServersKnow) {
  const ScriptedServer server(afterStats([](const std::string& line) {
    return std::string(line.ends_with("hash") ? "BADCLASS invalid class id\r\n" : "key=a exp=-1\nEND\r\n");
  }));
  use(server.port());
  EXPECT_EQ(await(session_->scan({}, soon()))->keys, std::vector<Bytes>{"a"});
}

TEST_F(MemcachedFaults, FailsAPageWhoseListingBrokeOffRatherThanCallItComplete) {
  const ScriptedServer server(afterStats([listed = false](const std::string&) mutable {
    return std::exchange(listed, true) ? std::string() : std::string("key=a exp=-1\nkey=b");
  }));
  use(server.port());
  const auto page = await(session_->scan({}, CallContext::within(300ms)));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::timeout);
}

TEST_F(MemcachedFaults, KeepsItsDeadlineWithASilentServer) {
  for (const auto mode :
       {test::BlackHoleServer::Mode::acceptsAndIsSilent, test::BlackHoleServer::Mode::ignoresConnects}) {
    const test::BlackHoleServer server(mode);
    use(server.port());
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(await(session_->ping(CallContext::within(150ms))).error().code, ErrorCode::timeout);
    EXPECT_EQ(await(session_->scan({}, CallContext::within(150ms))).error().code, ErrorCode::timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
  }
}

TEST_F(MemcachedFaults, EndsCallsUnderWayWhenStoppedOrClosed) {
  const test::BlackHoleServer server;
  for (const bool byClose : {false, true}) {
    use(server.port());
    std::stop_source stop;
    boost::asio::steady_timer timer(io_, 50ms);
    timer.async_wait([&](const boost::system::error_code&) {
      if (byClose)
        session_->close();
      else
        stop.request_stop();
    });
    EXPECT_EQ(await(session_->ping(CallContext::within(20s, stop.get_token()))).error().code,
              ErrorCode::cancelled);
    use(server.port());
    stop = {};
    timer.expires_after(50ms);
    timer.async_wait([&](const boost::system::error_code&) {
      if (byClose)
        session_->close();
      else
        stop.request_stop();
    });
    EXPECT_EQ(await(session_->scan({}, CallContext::within(20s, stop.get_token()))).error().code,
              ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace cachify::cache
