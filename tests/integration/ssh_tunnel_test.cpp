#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "cache/open_session.hpp"
#include "support/certificates.hpp"
#include "support/ssh_server.hpp"
#include "support/way_in_fixture.hpp"

namespace cachify::cache {
namespace {

using namespace std::chrono_literals;
using test::await;
using test::RedisServer;
using test::sshChildren;
using test::SshServer;

class SshTunnelTest : public test::WayInFixture {
 protected:
  SshTunnelTest() { setenv("XDG_RUNTIME_DIR", runtime_.path().c_str(), 1); }
  ~SshTunnelTest() override { unsetenv("XDG_RUNTIME_DIR"); }

  static domain::SshSettings settingsFor(const SshServer& server) {
    return {.destination = SshServer::kAlias, .port = 0, .configFile = server.clientConfig()};
  }
  static std::shared_ptr<WayIn> through(domain::SshSettings settings, domain::TlsSettings tls = {}) {
    return std::make_shared<WayIn>(std::move(tls), std::move(settings));
  }
  static std::shared_ptr<WayIn> through(const SshServer& server) { return through(settingsFor(server)); }

  /// The error of the tunnel that it must be.
  Error refused(Endpoint endpoint, std::string_view words, bool retryable) {
    const auto answer = ping(std::move(endpoint));
    EXPECT_FALSE(answer);
    if (answer) return {};
    EXPECT_EQ(answer.error().code, ErrorCode::connectionFailed);
    EXPECT_EQ(detail(answer.error(), "reason"), "tunnel");
    EXPECT_EQ(answer.error().retryable, retryable);
    EXPECT_NE(answer.error().message.find(words), std::string::npos) << answer.error().message;
    return answer.error();
  }
  /// Directories of sockets that are there now.
  [[nodiscard]] std::size_t directories() const {
    const std::filesystem::directory_iterator found(runtime_.path());
    return static_cast<std::size_t>(std::distance(begin(found), end(found)));
  }
  void expectNothingLeft() {
    transport_.reset();
    EXPECT_TRUE(sshChildren().empty());
    EXPECT_EQ(directories(), 0u);
  }

  test::TemporaryDirectory runtime_;
};

TEST_F(SshTunnelTest, LeadsToTheServerWithOneSshForAllConnections) {
  const SshServer ssh;
  const RedisServer redis;
  auto way = through(ssh);
  EXPECT_EQ(ping(to(redis.port(), way)).value(), "+PONG\r\n");
  EXPECT_EQ(transport_->writtenBytes(), 6u);
  EXPECT_TRUE(transport_->isUsable());
  const auto first = std::move(transport_);
  EXPECT_EQ(ping(to(redis.port(), way)).value(), "+PONG\r\n");
  EXPECT_EQ(sshChildren().size(), 1u);
  ASSERT_EQ(directories(), 1u);
  const auto directory = std::filesystem::directory_iterator(runtime_.path())->path();
  EXPECT_EQ(std::filesystem::status(directory).permissions(), std::filesystem::perms::owner_all);
  first->close();
  EXPECT_EQ(ask("PING\r\n").value(), "+PONG\r\n");
  way.reset();
}

TEST_F(SshTunnelTest, LeavesNothingBehindWhenItsSessionGoes) {
  const SshServer ssh;
  const RedisServer redis;
  domain::ConnectionProfile profile;
  profile.id = ConnectionId::make(SystemClock().now());
  profile.name = "far";
  profile.port = redis.port();
  profile.ssh = settingsFor(ssh);
  auto session = openSession(io_.get_executor(), profile, SecretText());
  EXPECT_TRUE(sshChildren().empty()) << "ssh is started by the first call";
  EXPECT_TRUE(await(io_, session->ping(CallContext::within(10s))));
  EXPECT_EQ(sshChildren().size(), 1u);
  EXPECT_EQ(directories(), 1u);
  session->close();
  session.reset();
  expectNothingLeft();
}

TEST_F(SshTunnelTest, CarriesTlsToTheServersOwnName) {
  const SshServer ssh;
  test::CertificateAuthority authority;
  const auto own = authority.issue({.alternativeNames = "DNS:localhost"});
  const RedisServer redis({}, test::ServerTls{own.certFile, own.keyFile});
  domain::TlsSettings tls;
  tls.enabled = true;
  tls.caFile = authority.caFile();
  EXPECT_EQ(ping(to(redis.tlsPort(), through(settingsFor(ssh), tls), "localhost")).value(), "+PONG\r\n");
  const auto other = ping(to(redis.tlsPort(), through(settingsFor(ssh), tls)));
  ASSERT_FALSE(other);
  EXPECT_EQ(detail(other.error(), "reason"), "tls");
  EXPECT_NE(other.error().message.find("not for '127.0.0.1'"), std::string::npos) << other.error().message;
}

TEST_F(SshTunnelTest, RefusesAHostKeyThatIsUnknownOrChanged) {
  const RedisServer redis;
  const SshServer unknown(SshServer::HostKey::unknown);
  const Error error = refused(to(redis.port(), through(unknown)), "is not known yet", false);
  EXPECT_NE(error.message.find("ssh -F "), std::string::npos) << "says what to run by hand";
  EXPECT_EQ(detail(error, "tunnel"), SshServer::kAlias);
  EXPECT_NE(detail(error, "ssh").find("Host key verification failed"), std::string::npos);
  const SshServer changed(SshServer::HostKey::changed);
  refused(to(redis.port(), through(changed)), "is not the one that is known", false);
  expectNothingLeft();
}

TEST_F(SshTunnelTest, SaysThatTheKeyIsRefused) {
  const RedisServer redis;
  const SshServer ssh(SshServer::HostKey::known, SshServer::Login::refused);
  refused(to(redis.port(), through(ssh)), "does not let this user in", false);
  expectNothingLeft();
}

TEST_F(SshTunnelTest, SaysWhyTheSshServerCannotBeReached) {
  const RedisServer redis;
  const test::TemporaryDirectory directory;
  const std::string config = directory / "config";
  std::ofstream(config) << "Host nowhere\n  HostName no-such-host.invalid\n";
  refused(to(redis.port(), through({.destination = "nowhere", .port = 0, .configFile = config})), "looked up",
          true);
  refused(
      to(redis.port(), through({.destination = "127.0.0.1", .port = test::freePort(), .configFile = config})),
      "refused the connection", true);
  refused(to(redis.port(), through({.destination = "x", .port = 0, .configFile = directory / "missing"})),
          "configuration file cannot be read", false);
  expectNothingLeft();
}

TEST_F(SshTunnelTest, SaysThatSshIsNotInstalled) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", runtime_.path().c_str(), 1);
  refused(to(1, through({.destination = "x", .port = 0, .configFile = {}})), "apt-get install openssh-client",
          false);
  setenv("PATH", path.c_str(), 1);
  expectNothingLeft();
}

TEST_F(SshTunnelTest, SaysWhyTheFarEndCouldNotReachTheServer) {
  const SshServer ssh;
  const auto way = through(ssh);
  refused(to(test::freePort(), way), "tunnel could not reach the server: connect failed: Connection refused",
          true);
  EXPECT_EQ(sshChildren().size(), 1u) << "the tunnel itself is sound";
}

TEST_F(SshTunnelTest, IsMadeAnewWhenSshDied) {
  const SshServer ssh;
  const RedisServer redis;
  const auto way = through(ssh);
  ASSERT_TRUE(ping(to(redis.port(), way)));
  for (int i = 0; i < 3; ++i) {
    const auto children = sshChildren();
    ASSERT_EQ(children.size(), 1u);
    ::kill(children.front(), SIGKILL);
    ASSERT_TRUE(test::waitForEnd(children.front()));
    const auto lost = ask("PING\r\n");
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, ErrorCode::connectionFailed);
    EXPECT_TRUE(lost.error().retryable);
    EXPECT_FALSE(transport_->isUsable());
    const auto again = ping(to(redis.port(), way));
    ASSERT_TRUE(again) << again.error().message;
  }
  EXPECT_EQ(directories(), 1u);
}

TEST_F(SshTunnelTest, TimesOutBehindTheTunnelAndBeforeIt) {
  const SshServer ssh;
  const RedisServer redis;
  const test::BlackHoleServer silent;
  const auto way = through(ssh);
  ASSERT_TRUE(ping(to(redis.port(), way)));
  const auto timesOut = [&](Endpoint endpoint, std::chrono::milliseconds patience) {
    const auto start = std::chrono::steady_clock::now();
    const auto answer = ping(std::move(endpoint), CallContext::within(patience));
    const auto took = std::chrono::steady_clock::now() - start;
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::timeout) << answer.error().message;
    EXPECT_TRUE(answer.error().retryable);
    EXPECT_GE(took, patience);
    EXPECT_LT(took, patience + 200ms);
  };
  timesOut(to(silent.port(), way), 2s);
  const auto stuck =
      through({.destination = "127.0.0.1", .port = silent.port(), .configFile = ssh.clientConfig()});
  timesOut(to(redis.port(), stuck), 150ms);
}

TEST_F(SshTunnelTest, EndsSshWhenNobodyWaitsForItAnyMore) {
  const test::BlackHoleServer silent;
  const SshServer ssh;
  const auto way =
      through({.destination = "127.0.0.1", .port = silent.port(), .configFile = ssh.clientConfig()});
  std::stop_source stop;
  const std::jthread stopper([&] {
    std::this_thread::sleep_for(50ms);
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  const auto answer = ping(to(1, way), CallContext::within(10s, stop.get_token()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 250ms);
  EXPECT_TRUE(sshChildren().empty());
}

TEST_F(SshTunnelTest, HandsNoOtherConnectionOfThisProcessToSsh) {
  const SshServer ssh;
  const RedisServer redis;
  ASSERT_TRUE(ping(to(redis.port())));  // in the clear, and open while ssh is started
  const auto plain = std::move(transport_);
  ASSERT_TRUE(ping(to(redis.port(), through(ssh))));
  ASSERT_EQ(sshChildren().size(), 1u);
  const std::string descriptors = "/proc/" + std::to_string(sshChildren().front()) + "/fd";
  std::size_t sockets = 0;
  for (const auto& entry : std::filesystem::directory_iterator(descriptors)) {
    if (std::filesystem::read_symlink(entry).string().starts_with("socket:")) ++sockets;
  }
  EXPECT_EQ(sockets, 3u) << "to the ssh server, the one that listens, and the one that was accepted";
}

TEST_F(SshTunnelTest, KeepsUpWithAnSshThatTalksALot) {
  const SshServer ssh;
  const auto way = through(ssh);
  const RedisServer redis;
  ASSERT_TRUE(ping(to(redis.port(), way)));
  // Each of these makes ssh write a line that nobody asks for at that moment.
  const auto closed = test::freePort();
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(ping(to(closed, way)));
  EXPECT_EQ(ping(to(redis.port(), way)).value(), "+PONG\r\n");
}

}  // namespace
}  // namespace cachify::cache
