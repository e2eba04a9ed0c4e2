// A bad network and a bad server between a session and Redis.

#include <gmock/gmock.h>

#include "cache/open_session.hpp"
#include "support/fault_proxy.hpp"
#include "support/redis_fixture.hpp"

namespace cachify {
namespace {

using namespace std::chrono_literals;

class BadNetwork : public test::RedisFixture {
 protected:
  [[nodiscard]] std::unique_ptr<cache::CacheSession> openThrough() {
    auto through = profile();
    through.port = proxy_.port();
    return open(through);
  }
  test::FaultProxy proxy_{server_.port()};
};

TEST_F(BadNetwork, AReplyThatIsCutOffIsAnErrorAndTheNextCallIsSound) {
  cli_.must({"SET", "k", std::string(100'000, 'v')});
  const auto session = openThrough();
  for (const std::size_t bytes : {0U, 1U, 7U, 1000U, 65'000U}) {
    proxy_.resetAfter(bytes);
    const auto cut = run(session->read("k", {}, soon()));
    ASSERT_FALSE(cut) << bytes;
    EXPECT_EQ(cut.error().code, ErrorCode::connectionFailed);
    EXPECT_TRUE(cut.error().retryable);
    proxy_.pass();
    const auto whole = run(session->read("k", {}, soon()));
    ASSERT_TRUE(whole) << whole.error().message;
    EXPECT_EQ(std::get<Bytes>(whole->value).size(), 100'000U);
  }
}

TEST_F(BadNetwork, AReplyThatStopsHalfWayTimesOutAndItsRestIsNeverTakenForAnother) {
  cli_.must({"SET", "k", "first"});
  cli_.must({"SET", "l", "second"});
  const auto session = openThrough();
  ASSERT_TRUE(run(session->read("k", {}, soon())));
  proxy_.stallAfter(0);
  const auto start = std::chrono::steady_clock::now();
  const auto late = run(session->read("k", {}, CallContext::within(200ms)));
  EXPECT_EQ(late.error().code, ErrorCode::timeout);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 400ms);
  proxy_.pass();
  EXPECT_EQ(std::get<Bytes>(run(session->read("l", {}, soon()))->value), "second");
}

TEST_F(BadNetwork, WhatPassesByItselfIsRetryableAndWhatDoesNotIsNot) {
  struct Case {
    const char* reply;
    ErrorCode code;
    bool retryable;
  };
  for (const Case& expected : {
           Case{"-LOADING Redis is loading the dataset in memory\r\n", ErrorCode::connectionFailed, true},
           Case{"-MASTERDOWN Link with MASTER is down\r\n", ErrorCode::connectionFailed, true},
           Case{"-CLUSTERDOWN Hash slot not served\r\n", ErrorCode::connectionFailed, true},
           Case{"-ERR max number of clients reached\r\n", ErrorCode::connectionFailed, true},
           Case{"-NOPERM User x has no permissions to run the 'scan' command\r\n", ErrorCode::unauthorized,
                false},
           Case{"-MOVED 1 127.0.0.1:1\r\n", ErrorCode::notSupported, false},
       }) {
    const auto session = openThrough();
    proxy_.pass();
    ASSERT_TRUE(run(session->ping(soon())));
    proxy_.answerInstead(expected.reply);
    const auto refused = run(session->scan({}, soon()));
    ASSERT_FALSE(refused) << expected.reply;
    EXPECT_EQ(refused.error().code, expected.code) << expected.reply;
    EXPECT_EQ(refused.error().retryable, expected.retryable) << expected.reply;
    proxy_.pass();
    EXPECT_TRUE(run(session->scan({}, soon()))) << "the connection is in step";
  }
}

TEST_F(BadNetwork, GarbageForARepliesIsAnErrorAndNoCrash) {
  for (const char* garbage : {"nonsense\r\n", "$-5\r\n", "*99999999999\r\n", "$99999999999999\r\n",
                              "*1\r\n*1\r\n*1\r\n"
                              "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
                              "+\r\n", "\r\n"}) {
    const auto session = openThrough();
    proxy_.pass();
    ASSERT_TRUE(run(session->ping(soon())));
    proxy_.answerInstead(garbage);
    EXPECT_FALSE(run(session->scan({}, CallContext::within(300ms)))) << garbage;
    proxy_.pass();
    EXPECT_TRUE(run(session->scan({}, soon())));
  }
}

}  // namespace
}  // namespace cachify
