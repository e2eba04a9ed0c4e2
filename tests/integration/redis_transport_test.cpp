#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "cache/transport/overlap.hpp"
#include "cache/transport/transport.hpp"
#include "support/await.hpp"
#include "support/server.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using test::await;

Endpoint tcp(std::uint16_t port, std::string host = test::kLoopback) {
  return {.host = std::move(host), .port = port, .unixSocket = {}};
}

Task<std::string> ask(Transport& transport, std::string question, CallContext context) {
  auto connected = co_await transport.connect(context);
  if (!connected) co_return fail(connected.error());
  auto written = co_await transport.writeAll(question, context);
  if (!written) co_return fail(written.error());
  std::array<char, 256> buffer{};
  auto got = co_await transport.readSome(buffer, context);
  if (!got) co_return fail(got.error());
  co_return std::string(buffer.data(), *got);
}

class TransportTest : public testing::Test {
 protected:
  Result<std::string> ping(Endpoint endpoint, CallContext context = CallContext::within(5s)) {
    transport_ = makeTransport(io_.get_executor(), std::move(endpoint));
    return await(io_, ask(*transport_, "PING\r\n", std::move(context)));
  }
  static std::string reason(const Error& error) {
    const auto* detail = error.detail("reason");
    return detail == nullptr ? "" : std::get<std::string>(*detail);
  }

  boost::asio::io_context io_{1};
  std::unique_ptr<Transport> transport_;
};

TEST_F(TransportTest, SpeaksOverTcpUnixSocketAndHostName) {
  const test::RedisServer server;
  EXPECT_EQ(ping(tcp(server.port())).value(), "+PONG\r\n");
  EXPECT_EQ(ping(tcp(server.port(), "localhost")).value(), "+PONG\r\n");
  EXPECT_EQ(ping({.host = {}, .port = 0, .unixSocket = server.unixSocket()}).value(), "+PONG\r\n");
  EXPECT_EQ(transport_->writtenBytes(), 6u);
  EXPECT_TRUE(transport_->isUsable());
}

TEST_F(TransportTest, SaysWhyItCouldNotConnect) {
  const auto refused = ping(tcp(test::freePort()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::connectionFailed);
  EXPECT_TRUE(refused.error().retryable);
  EXPECT_EQ(reason(refused.error()), "refused");

  const auto unknown = ping(tcp(6379, "no-such-host.invalid"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(reason(unknown.error()), "hostNotFound");

  const auto noSocket = ping({.host = {}, .port = 0, .unixSocket = "/nonexistent/redis.sock"});
  ASSERT_FALSE(noSocket);
  EXPECT_EQ(reason(noSocket.error()), "noSuchSocket");
}

TEST_F(TransportTest, TimesOutOnSilenceWhenConnectingAndWhenReading) {
  for (const auto mode :
       {test::BlackHoleServer::Mode::acceptsAndIsSilent, test::BlackHoleServer::Mode::ignoresConnects}) {
    const test::BlackHoleServer server(mode);
    const auto start = std::chrono::steady_clock::now();
    const auto answer = ping(tcp(server.port()), CallContext::within(150ms));
    const auto took = std::chrono::steady_clock::now() - start;
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::timeout);
    EXPECT_TRUE(answer.error().retryable);
    EXPECT_GE(took, 150ms);
    EXPECT_LT(took, 350ms);
    EXPECT_FALSE(transport_->isUsable());
  }
}

TEST_F(TransportTest, StopsAtOnceWhenAskedFromAnotherThread) {
  const test::BlackHoleServer server;
  std::stop_source stop;
  const std::jthread stopper([&] {
    std::this_thread::sleep_for(50ms);
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  const auto answer = ping(tcp(server.port()), CallContext::within(10s, stop.get_token()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 250ms);
  EXPECT_FALSE(transport_->isUsable());
}

TEST_F(TransportTest, DoesNothingForACallThatWasStoppedOrTooLateBefore) {
  const test::RedisServer server;
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(ping(tcp(server.port()), CallContext::within(1s, stop.get_token())).error().code,
            ErrorCode::cancelled);
  EXPECT_EQ(ping(tcp(server.port()), CallContext::within(-1ms)).error().code, ErrorCode::timeout);
  EXPECT_EQ(transport_->writtenBytes(), 0u);
}

TEST_F(TransportTest, NoticesThatTheServerClosedWhileIdle) {
  test::RedisServer server;
  ASSERT_TRUE(ping(tcp(server.port())));
  server.process().kill();
  EXPECT_FALSE(transport_->isUsable());
}

Task<void> drain(Transport& transport, std::size_t bytes, CallContext context) {
  std::array<char, 65536> buffer{};
  while (bytes > 0) {
    auto got = co_await transport.readSome(buffer, context);
    if (!got) co_return fail(got.error());
    bytes -= std::min(bytes, *got);
  }
  co_return Result<void>();
}

TEST_F(TransportTest, WritesAndReadsAtTheSameTime) {
  // More in both directions than any socket buffer holds, to a server that stops reading while nobody takes
  // its replies.
  const test::MemcachedServer server;
  const CallContext context = CallContext::within(20s);
  const std::string value(500'000, 'v');
  const std::string set = "set big 0 0 500000\r\n" + value + "\r\n";
  std::string questions;
  std::size_t answerBytes = 0;
  for (int i = 0; i < 40; ++i) {
    questions += set + "get big\r\n";
    answerBytes += std::string_view("STORED\r\nVALUE big 0 500000\r\n\r\nEND\r\n").size() + value.size();
  }
  transport_ = makeTransport(io_.get_executor(), tcp(server.port()));
  ASSERT_TRUE(await(io_, transport_->connect(context)));
  const auto done =
      await(io_, overlap(transport_->writeAll(questions, context), drain(*transport_, answerBytes, context)));
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace cachify::cache
