#include <filesystem>
#include <fstream>
#include <thread>

#include "cache/transport/overlap.hpp"
#include "support/certificates.hpp"
#include "support/way_in_fixture.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using domain::TlsSettings;
using test::await;
using test::CertificateAuthority;
using test::CertificateFiles;
using test::CertificateWishes;
using test::RedisServer;
using test::ServerTls;

class TlsTransport : public test::WayInFixture {
 protected:
  [[nodiscard]] RedisServer redisWith(const CertificateFiles& files, std::vector<std::string> options = {}) {
    return RedisServer(std::move(options), ServerTls{files.certFile, files.keyFile});
  }
  [[nodiscard]] TlsSettings trusting() const {
    TlsSettings settings;
    settings.enabled = true;
    settings.caFile = authority_.caFile();
    return settings;
  }
  static std::shared_ptr<WayIn> way(TlsSettings settings, std::string passphrase = {}) {
    return std::make_shared<WayIn>(std::move(settings), domain::SshSettings{},
                                   SecretText(std::move(passphrase)));
  }
  /// The error of TLS that it must be, for a person to act on.
  Error refused(Endpoint endpoint, std::string_view words) {
    const auto answer = ping(std::move(endpoint));
    EXPECT_FALSE(answer) << *answer;
    if (answer) return {};
    EXPECT_EQ(answer.error().code, ErrorCode::connectionFailed);
    EXPECT_EQ(detail(answer.error(), "reason"), "tls");
    EXPECT_FALSE(answer.error().retryable);
    EXPECT_NE(answer.error().message.find(words), std::string::npos) << answer.error().message;
    return answer.error();
  }
  /// The field that a refused file stands in.
  std::string badField(const TlsSettings& settings, std::string_view words, std::string passphrase = {}) {
    const auto answer = ping(to(1, way(settings, std::move(passphrase))));
    EXPECT_FALSE(answer);
    if (answer) return "";
    EXPECT_EQ(answer.error().code, ErrorCode::validationError);
    EXPECT_NE(answer.error().message.find(words), std::string::npos) << answer.error().message;
    return detail(answer.error(), "field");
  }

  CertificateAuthority authority_;
  CertificateFiles own_ = authority_.issue();
};

TEST_F(TlsTransport, SpeaksToAServerThatItsCaVouchesForByAddressAndByName) {
  const RedisServer server = redisWith(own_);
  const auto trusted = way(trusting());
  EXPECT_EQ(ping(to(server.tlsPort(), trusted)).value(), "+PONG\r\n");
  EXPECT_EQ(transport_->writtenBytes(), 6u);
  EXPECT_EQ(ping(to(server.tlsPort(), trusted, "localhost")).value(), "+PONG\r\n");
}

TEST_F(TlsTransport, SpeaksBothVersionsAndNoOlderOne) {
  for (const std::string version : {"TLSv1.2", "TLSv1.3"}) {
    const RedisServer server = redisWith(own_, {"--tls-protocols", version});
    EXPECT_EQ(ping(to(server.tlsPort(), way(trusting()))).value(), "+PONG\r\n") << version;
    EXPECT_TRUE(transport_->isUsable());
  }
  const RedisServer old = redisWith(own_, {"--tls-protocols", "TLSv1.1"});
  refused(to(old.tlsPort(), way(trusting())), "no version of TLS");
}

TEST_F(TlsTransport, RefusesAnExpiredCertificate) {
  const RedisServer server = redisWith(authority_.issue({.expired = true}));
  refused(to(server.tlsPort(), way(trusting())), "expired");
}

TEST_F(TlsTransport, RefusesASelfSignedCertificateUnlessItIsNamed) {
  const CertificateFiles alone = authority_.selfSigned();
  const RedisServer server = redisWith(alone);
  refused(to(server.tlsPort(), way(trusting())), "self-signed");
  TlsSettings named = trusting();
  named.caFile = alone.certFile;
  EXPECT_EQ(ping(to(server.tlsPort(), way(named))).value(), "+PONG\r\n");
}

TEST_F(TlsTransport, RefusesAnUnknownCaTheSystemsOwnIncluded) {
  CertificateAuthority stranger("Another CA");
  const RedisServer server = redisWith(stranger.issue());
  const Error error = refused(to(server.tlsPort(), way(trusting())), "--tls-ca");
  EXPECT_NE(error.message.find("unknown CA"), std::string::npos);
  TlsSettings bySystem = trusting();
  bySystem.caFile.clear();
  refused(to(server.tlsPort(), way(bySystem)), "unknown CA");
  CertificateAuthority namesake;
  const RedisServer renewed = redisWith(namesake.issue());
  refused(to(renewed.tlsPort(), way(trusting())), "another key than the CA");
}

TEST_F(TlsTransport, ChecksTheNameAgainstTheHostOrTheNameThatIsGiven) {
  const RedisServer server =
      redisWith(authority_.issue({.alternativeNames = "DNS:cache.example,DNS:*.more.example"}));
  refused(to(server.tlsPort(), way(trusting())), "not for '127.0.0.1'");
  refused(to(server.tlsPort(), way(trusting()), "localhost"), "not for 'localhost'");
  for (const std::string name : {"cache.example", "a.more.example"}) {
    TlsSettings settings = trusting();
    settings.serverName = name;
    EXPECT_EQ(ping(to(server.tlsPort(), way(settings))).value(), "+PONG\r\n") << name;
  }
  TlsSettings wrong = trusting();
  wrong.serverName = "other.example";
  refused(to(server.tlsPort(), way(wrong)), "--tls-server-name");
}

TEST_F(TlsTransport, LetsAnythingPassWhenVerificationIsSwitchedOffButStillEncrypts) {
  CertificateAuthority stranger;
  TlsSettings careless = trusting();
  careless.verify = false;
  for (const CertificateFiles& files : {stranger.issue({.alternativeNames = "DNS:elsewhere"}),
                                        stranger.selfSigned(), stranger.issue({.expired = true})}) {
    const RedisServer server = redisWith(files);
    EXPECT_EQ(ping(to(server.tlsPort(), way(careless))).value(), "+PONG\r\n");
  }
  const test::MemcachedServer plain;
  refused(to(plain.port(), way(careless)), "does not speak TLS");
}

TEST_F(TlsTransport, SaysThatAServerDoesNotSpeakTls) {
  const test::MemcachedServer memcached;
  refused(to(memcached.port(), way(trusting())), "does not speak TLS");
  // Redis takes the greeting for the beginning of a long command, and waits for the rest.
  const RedisServer redis;
  const auto answer = ping(to(redis.port(), way(trusting())), CallContext::within(300ms));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::timeout);
  EXPECT_NE(answer.error().message.find("does the server speak TLS on this port?"), std::string::npos);
}

TEST_F(TlsTransport, ShowsItsCertificateToAServerThatDemandsOne) {
  for (const std::string version : {"TLSv1.2", "TLSv1.3"}) {
    const RedisServer server({"--tls-protocols", version},
                             ServerTls{own_.certFile, own_.keyFile, authority_.caFile()});
    const auto client = authority_.issue();
    TlsSettings settings = trusting();
    settings.certFile = client.certFile;
    settings.keyFile = client.keyFile;
    EXPECT_EQ(ping(to(server.tlsPort(), way(settings))).value(), "+PONG\r\n") << version;

    for (int i = 0; i < 20; ++i)
      refused(to(server.tlsPort(), way(trusting())), "demands a client certificate");

    CertificateAuthority stranger;
    const auto foreign = stranger.issue();
    settings.certFile = foreign.certFile;
    settings.keyFile = foreign.keyFile;
    for (int i = 0; i < 20; ++i)
      refused(to(server.tlsPort(), way(settings)), "does not accept the client certificate");
  }
}

TEST_F(TlsTransport, TakesCertificateAndKeyFromOneFile) {
  const RedisServer server({}, ServerTls{own_.certFile, own_.keyFile, authority_.caFile()});
  const auto client = authority_.issue();
  std::ofstream(client.certFile, std::ios::app) << std::ifstream(client.keyFile).rdbuf();
  TlsSettings settings = trusting();
  settings.certFile = client.certFile;
  EXPECT_EQ(ping(to(server.tlsPort(), way(settings))).value(), "+PONG\r\n");
}

TEST_F(TlsTransport, OpensAnEncryptedKeyWithItsPassphraseAlone) {
  const RedisServer server({}, ServerTls{own_.certFile, own_.keyFile, authority_.caFile()});
  const auto client = authority_.issue({.keyPassphrase = "open sesame"});
  TlsSettings settings = trusting();
  settings.certFile = client.certFile;
  settings.keyFile = client.keyFile;
  EXPECT_EQ(ping(to(server.tlsPort(), way(settings, "open sesame"))).value(), "+PONG\r\n");
  EXPECT_EQ(badField(settings, "--tls-key-passphrase-stdin"), "tls.keyFile");
  EXPECT_EQ(badField(settings, "another passphrase", "open barley"), "tls.keyFile");
}

TEST_F(TlsTransport, NamesTheFieldOfAFileThatCannotBeUsed) {
  const auto with = [&](auto change) {
    TlsSettings settings = trusting();
    settings.certFile = own_.certFile;
    settings.keyFile = own_.keyFile;
    change(settings);
    return settings;
  };
  const test::TemporaryDirectory directory;
  const std::string noPem = directory / "text";
  std::ofstream(noPem) << "no PEM at all\n";
  const std::string missing = directory / "missing";
  const auto other = authority_.issue();
  EXPECT_EQ(badField(with([&](auto& s) { s.caFile = missing; }), "No such file"), "tls.caFile");
  EXPECT_EQ(badField(with([&](auto& s) { s.caFile = noPem; }), "PEM"), "tls.caFile");
  EXPECT_EQ(badField(with([&](auto& s) { s.caFile = directory.path(); }), "regular file"), "tls.caFile");
  EXPECT_EQ(badField(with([&](auto& s) { s.certFile = missing; }), "No such file"), "tls.certFile");
  EXPECT_EQ(badField(with([&](auto& s) { s.certFile = noPem; }), "PEM"), "tls.certFile");
  EXPECT_EQ(badField(with([&](auto& s) { s.keyFile = missing; }), "No such file"), "tls.keyFile");
  EXPECT_EQ(badField(with([&](auto& s) { s.keyFile = noPem; }), "PEM"), "tls.keyFile");
  EXPECT_EQ(badField(with([&](auto& s) { s.keyFile = other.keyFile; }), "not the key"), "tls.keyFile");
  EXPECT_EQ(badField(with([&](auto& s) { s.keyFile.clear(); }), "no private key"), "tls.certFile");
}

TEST_F(TlsTransport, ReadsTheFilesAnewAfterAFailureAndOnlyThen) {
  const RedisServer server = redisWith(own_);
  const test::TemporaryDirectory directory;
  TlsSettings settings = trusting();
  settings.caFile = directory / "ca.pem";
  const auto shared = way(settings);
  EXPECT_EQ(ping(to(server.tlsPort(), shared)).error().code, ErrorCode::validationError);
  std::filesystem::copy_file(authority_.caFile(), settings.caFile);
  EXPECT_TRUE(ping(to(server.tlsPort(), shared)));
  std::filesystem::remove(settings.caFile);
  EXPECT_TRUE(ping(to(server.tlsPort(), shared)));
}

TEST_F(TlsTransport, TimesOutOnAServerThatKeepsSilentInTheHandshake) {
  const test::BlackHoleServer server;
  const auto start = std::chrono::steady_clock::now();
  const auto answer = ping(to(server.port(), way(trusting())), CallContext::within(150ms));
  const auto took = std::chrono::steady_clock::now() - start;
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::timeout);
  EXPECT_TRUE(answer.error().retryable);
  EXPECT_NE(answer.error().message.find("TLS handshake"), std::string::npos);
  EXPECT_GE(took, 150ms);
  EXPECT_LT(took, 350ms);
  EXPECT_FALSE(transport_->isUsable());
}

TEST_F(TlsTransport, TimesOutAndStopsWhileItReads) {
  RedisServer server = redisWith(own_);
  ASSERT_TRUE(ping(to(server.tlsPort(), way(trusting()))));
  server.process().suspend();
  const auto late = ask("PING\r\n", CallContext::within(150ms));
  server.process().resume();
  EXPECT_EQ(late.error().code, ErrorCode::timeout);
  EXPECT_FALSE(transport_->isUsable());

  ASSERT_TRUE(ping(to(server.tlsPort(), way(trusting()))));
  server.process().suspend();
  std::stop_source stop;
  const std::jthread stopper([&] {
    std::this_thread::sleep_for(50ms);
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  const auto stopped = ask("PING\r\n", CallContext::within(10s, stop.get_token()));
  EXPECT_LT(std::chrono::steady_clock::now() - start, 250ms);
  server.process().resume();
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  EXPECT_FALSE(transport_->isUsable());
}

TEST_F(TlsTransport, StaysUsableWhenSessionTicketsComeLateAndNotWhenDataOrTheEndDoes) {
  // Nothing has been read since the handshake: the server's session tickets wait in the socket.
  RedisServer server = redisWith(own_, {"--tls-protocols", "TLSv1.3"});
  const auto connect = [&] {
    transport_ = makeTransport(io_.get_executor(), to(server.tlsPort(), way(trusting())));
    ASSERT_TRUE(await(io_, transport_->connect(CallContext::within(10s))));
  };
  const auto until = [&](bool usable) {
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    while (transport_->isUsable() != usable && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(1ms);
    return transport_->isUsable() == usable;
  };
  connect();
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(transport_->isUsable());
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(ask("PING\r\n").value(), "+PONG\r\n");
  EXPECT_TRUE(transport_->isUsable());

  ASSERT_TRUE(await(io_, transport_->writeAll("PING\r\n", CallContext::within(10s))));
  EXPECT_TRUE(until(false)) << "an answer nobody read makes it useless";

  connect();
  EXPECT_EQ(ask("PING\r\n").value(), "+PONG\r\n");
  server.process().kill();
  EXPECT_TRUE(until(false)) << "the server has gone";
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

TEST_F(TlsTransport, WritesAndReadsAtTheSameTime) {
  // More in both directions than the buffers of both sides hold.
  const RedisServer server = redisWith(own_);
  const CallContext context = CallContext::within(30s);
  const std::string value(500'000, 'v');
  std::string questions;
  std::size_t answerBytes = 0;
  for (int i = 0; i < 40; ++i) {
    questions += "*2\r\n$4\r\nECHO\r\n$500000\r\n" + value + "\r\n";
    answerBytes += std::string_view("$500000\r\n\r\n").size() + value.size();
  }
  transport_ = makeTransport(io_.get_executor(), to(server.tlsPort(), way(trusting())));
  ASSERT_TRUE(await(io_, transport_->connect(context)));
  const auto done =
      await(io_, overlap(transport_->writeAll(questions, context), drain(*transport_, answerBytes, context)));
  EXPECT_TRUE(done);
  EXPECT_EQ(transport_->writtenBytes(), questions.size());
  EXPECT_TRUE(transport_->isUsable());
}

TEST_F(TlsTransport, CountsAsWrittenOnlyWhatTheServerCanHaveReceived) {
  RedisServer server = redisWith(own_);
  ASSERT_TRUE(ping(to(server.tlsPort(), way(trusting()))));
  const std::uint64_t before = transport_->writtenBytes();
  server.process().suspend();
  // More than the buffers on the way hold.
  const std::string much = "SET k " + std::string(64 << 20, 'x');
  const auto written = await(io_, transport_->writeAll(much, CallContext::within(300ms)));
  server.process().resume();
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::timeout);
  EXPECT_GT(transport_->writtenBytes(), before);
  EXPECT_LT(transport_->writtenBytes(), before + much.size());
}

}  // namespace
}  // namespace cachify::cache
