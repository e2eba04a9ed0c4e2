// Alerts on their way to a webhook: a real HTTP and HTTPS server, answering well and badly.

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <fstream>

#include "cli/cli_fixture.hpp"
#include "cli/http_receiver.hpp"

namespace cachify::test {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

class Webhook : public CliWithRedis {
 protected:
  void enable(const std::string& url, const Words& more = {}) const {
    Words words{"alerts", "publishers", "enable", "webhook", "--param", "url=" + url, "--backoff-ms", "100"};
    words.insert(words.end(), more.begin(), more.end());
    document(std::move(words), "alerts.publisher");
  }
  /// Fails with a different title each: no group.
  void fail(int which) const {
    const std::vector<Words> commands{{"hash", "get", "cache", "text", "f"},
                                      {"hash", "set", "cache", "text", "f", "SECRETVALUE"},
                                      {"list", "push", "cache", "text", "SECRETVALUE"},
                                      {"set", "add", "cache", "text", "SECRETVALUE"}};
    EXPECT_NE(run(commands.at(static_cast<std::size_t>(which))).exitCode, 0);
  }
  json::value deliver(const std::string& seconds = "30") const {
    return document({"alerts", "deliver", "--wait", seconds}, "alerts.deliver");
  }
  json::object status() const {
    const auto all = document({"alerts", "publishers", "list"}, "alerts.publishers.list");
    for (const auto& one : all.at("publishers").as_array()) {
      if (one.at("publisher") == "webhook") return one.as_object();
    }
    return {};
  }
  std::size_t alertCount() const {
    return document({"alerts", "list"}, "alerts.list").at("alerts").as_array().size();
  }
  Webhook() { redis_.must({"SET", "text", "SECRETVALUE"}); }
};

TEST_F(Webhook, GetsWhatACommandRaisedBeforeTheCommandEndsAndNoValue) {
  HttpReceiver receiver;
  enable(receiver.url());
  fail(1);
  deliver();
  const auto requests = receiver.requests();
  ASSERT_EQ(requests.size(), 1U);
  const json::value body = json::parse(requests[0].body);
  const json::value& alert = body.at("alerts").as_array().at(0);
  EXPECT_EQ(alert.at("connection"), "cache");
  EXPECT_EQ(alert.at("severity"), "warning");
  EXPECT_EQ(requests[0].headers.at("content-type"), "application/json");
  EXPECT_EQ(requests[0].headers.at("idempotency-key"), std::string(body.at("deliveryKey").as_string()));
  EXPECT_THAT(requests[0].body, Not(HasSubstr("SECRETVALUE")));
}

TEST_F(Webhook, ThatAnswers500Then429Then200GetsEachAlertOnceInEffectAndIsLeftInPeace) {
  HttpReceiver receiver;
  receiver.answerNext({{.status = 500}, {.status = 429, .headers = "Retry-After: 1\r\n"}});
  enable(receiver.url());
  fail(0);
  fail(1);
  fail(2);
  deliver();
  EXPECT_EQ(receiver.accepted().size(), alertCount());
  EXPECT_THAT(receiver.accepted(), Each(Pair(testing::_, 1)));
  EXPECT_EQ(status().at("delivered").to_number<std::size_t>(), alertCount());
  EXPECT_EQ(status().at("parked"), 0);
  // Once more, and after the read models were made anew: nothing.
  document({"projections", "rebuild"}, "projections.rebuild");
  deliver("0");
  EXPECT_THAT(receiver.accepted(), Each(Pair(testing::_, 1)));
  const std::string log = run({"log", "tail", "-n", "200", "--json"}).out;
  EXPECT_THAT(log, HasSubstr("alert.delivery_failed"));
  EXPECT_THAT(log, HasSubstr("alert.delivered"));
}

TEST_F(Webhook, ThatIsDownHasItsAlertsParkedAndReplayed) {
  std::uint16_t port = 0;
  {
    const HttpReceiver gone;
    port = gone.port();
  }
  enable("http://127.0.0.1:" + std::to_string(port) + "/hook", {"--max-attempts", "2"});
  fail(1);
  deliver();
  EXPECT_EQ(status().at("parked"), 1);
  EXPECT_EQ(status().at("healthy"), false);
  EXPECT_THAT(std::string(status().at("lastProblem").as_string()), HasSubstr("connect"));
  const HttpReceiver receiver(nullptr, port);
  const json::value replayed =
      document({"alerts", "publishers", "replay", "webhook"}, "alerts.publishers.replay");
  EXPECT_EQ(replayed.at("replayed"), 1);
  deliver();
  EXPECT_EQ(receiver.accepted().size(), 1U);
  EXPECT_EQ(status().at("parked"), 0);
  EXPECT_EQ(status().at("healthy"), true);
  EXPECT_EQ(
      document({"alerts", "publishers", "replay", "webhook"}, "alerts.publishers.replay").at("replayed"), 0);
}

TEST_F(Webhook, ThatRefusesForGoodHasItParkedAtOnce) {
  HttpReceiver receiver;
  receiver.answerNext({{.status = 410}});
  enable(receiver.url());
  fail(1);
  deliver();
  EXPECT_EQ(receiver.requests().size(), 1U);
  EXPECT_EQ(status().at("parked"), 1);
}

TEST_F(Webhook, OverTlsIsSignedBySecretsThatAreNowhereInTheClear) {
  CertificateAuthority authority;
  const CertificateFiles certificate = authority.issue();
  HttpReceiver receiver(&certificate);
  const Words words{"alerts",         "publishers",
                    "enable",         "webhook",
                    "--param",        "url=" + receiver.url(),
                    "--param",        "caFile=" + authority.caFile(),
                    "--secret-stdin", "secret"};
  const json::value settings = document(words, "alerts.publisher", 0, "hush-hush\n");
  EXPECT_EQ(settings.at("secrets").as_array().size(), 1U);
  EXPECT_EQ(document({"alerts", "publishers", "test", "webhook"}, "alerts.publishers.test").at("outcome"),
            "delivered");
  const HttpRequest request = receiver.requests().at(0);
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  const std::string key = "hush-hush";
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(request.body.data()), request.body.size(), bytes, &size);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += {kDigits[bytes[i] >> 4], kDigits[bytes[i] & 15]};
  }
  EXPECT_EQ(request.headers.at("x-cachify-signature"), "sha256=" + hex);
  EXPECT_THAT(run({"log", "export"}).out, Not(HasSubstr("hush-hush")));
  EXPECT_EQ(errorOf({"alerts", "publishers", "enable", "webhook", "--param", "secret=x"}, 2).at("code"),
            "VALIDATION_ERROR");
}

TEST_F(Webhook, WithoutTheRightCaIsNotTrusted) {
  CertificateAuthority authority;
  const CertificateFiles certificate = authority.issue();
  const HttpReceiver receiver(&certificate);
  enable(receiver.url());
  const json::value tested =
      document({"alerts", "publishers", "test", "webhook"}, "alerts.publishers.test", 5);
  EXPECT_EQ(tested.at("outcome"), "retryAfter");
  EXPECT_TRUE(receiver.requests().empty());
}

TEST_F(Webhook, OnlyWhatIsLoudEnoughAndRaisedAfterItWasSwitchedOnGoesThere) {
  HttpReceiver receiver;
  fail(0);
  enable(receiver.url(), {"--min-severity", "critical"});
  fail(1);
  deliver();
  EXPECT_TRUE(receiver.requests().empty());
  enable(receiver.url(), {"--min-severity", "warning"});
  document({"alerts", "publishers", "disable", "webhook"}, "alerts.publisher");
  EXPECT_EQ(errorOf({"alerts", "publishers", "disable", "nobody"}, 4).at("code"), "NOT_FOUND");
  fail(2);
  enable(receiver.url());
  fail(3);
  deliver();
  EXPECT_EQ(receiver.accepted().size(), 1U);
}

TEST_F(Webhook, TwoProcessesAtOnceDeliverOnce) {
  HttpReceiver receiver;
  // Nothing but `deliver` delivers: what was raised is all there when they begin.
  std::deque<HttpAnswer> busy(4, HttpAnswer{.status = 503});
  receiver.answerNext(std::move(busy));
  enable(receiver.url());
  for (int i = 0; i < 4; ++i) fail(i);
  CliProcess one(input({"alerts", "deliver", "--wait", "20"}));
  CliProcess two(input({"alerts", "deliver", "--wait", "20"}));
  EXPECT_EQ(one.wait().exitCode, 0);
  EXPECT_EQ(two.wait().exitCode, 0);
  EXPECT_EQ(receiver.accepted().size(), alertCount());
  EXPECT_THAT(receiver.accepted(), Each(Pair(testing::_, 1)));
}

TEST_F(Webhook, ParametersAreJudged) {
  const auto field = [&](const Words& parameters) {
    Words words{"alerts", "publishers", "enable", "webhook"};
    for (const auto& parameter : parameters) words.insert(words.end(), {"--param", parameter});
    return std::string(errorOf(std::move(words), 2).at("details").at("field").as_string());
  };
  EXPECT_EQ(field({"url=ftp://example.org"}), "url");
  EXPECT_EQ(field({"url=http://user:password@example.org/"}), "url");
  EXPECT_EQ(field({"timeoutMs=1000"}), "url");
  EXPECT_EQ(field({"url=http://127.0.0.1/", "timeoutMs=1"}), "timeoutMs");
}

TEST_F(Webhook, KeepsTheContractOfPublishers) {
  HttpReceiver receiver;
  const std::string parameters = directory_ / "webhook.json";
  std::ofstream(parameters) << json::serialize(json::object{{"url", receiver.url()}});
  document({"plugins", "inspect", "cachify.webhook", "--check", "--parameters", parameters},
           "plugins.inspect");
  EXPECT_FALSE(receiver.accepted().empty());
}

}  // namespace
}  // namespace cachify::test
