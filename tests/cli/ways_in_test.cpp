// Connections over TLS and through ssh, as a person makes, looks at and tests them.

#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "cli/cli_fixture.hpp"
#include "support/certificates.hpp"
#include "support/ssh_server.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

class WaysIn : public CliFixture {
 protected:
  Words addWords(const std::string& name, std::uint16_t port, const Words& more) const {
    Words words{"connections", "add", "--name", name, "--engine", "redis", "--port", std::to_string(port)};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  std::string field(Words words) const {
    return std::string(errorOf(std::move(words), 2).at("details").at("field").as_string());
  }

  CertificateAuthority authority_;
  CertificateFiles own_ = authority_.issue();
};

constexpr const char* kTypedPassword = "Tr0ub4dor-and-3";
constexpr const char* kPassphrase = "correct-horse-battery";

TEST_F(WaysIn, APasswordAndAnEncryptedKeyOpenAServerAndTheirSecretsStayInTheStore) {
  const RedisServer server({"--requirepass", kTypedPassword},
                           ServerTls{own_.certFile, own_.keyFile, authority_.caFile()});
  const auto client = authority_.issue({.keyPassphrase = kPassphrase});
  std::string said;
  const auto go = [&](const Words& words, const std::string& stdinText = {}, int exitCode = 0) {
    const CliResult result = run(words, stdinText);
    EXPECT_EQ(result.exitCode, exitCode) << result.out << result.err;
    said += result.out + result.err;
    return result.out + result.err;
  };
  go(addWords("a", server.tlsPort(),
              {"--tls", "--tls-ca", authority_.caFile(), "--tls-cert", client.certFile, "--tls-key",
               client.keyFile, "--password-stdin", "--tls-key-passphrase-stdin"}),
     std::string(kTypedPassword) + "\n" + kPassphrase + "\n");
  EXPECT_THAT(go({"connections", "test", "a"}), HasSubstr("over TLS"));
  go({"connections", "duplicate", "a", "--name", "b"});
  go({"connections", "remove", "a", "--yes"});
  EXPECT_THAT(go({"connections", "test", "b"}), HasSubstr("over TLS"));
  EXPECT_THAT(go({"connections", "show", "b"}), HasSubstr("key's passphrase in the secret store"));
  go({"connections", "edit", "b", "--clear-tls-key-passphrase"});
  EXPECT_THAT(go({"connections", "test", "b"}, {}, 2), HasSubstr("--tls-key-passphrase-stdin"));
  go({"connections", "test", "b", "--tls-key-passphrase-stdin"}, std::string(kPassphrase) + "\n");
  EXPECT_THAT(go({"connections", "test", "b", "--tls-key-passphrase-stdin"}, "wrong\n", 2),
              HasSubstr("another passphrase"));
  go({"connections", "edit", "b", "--password-stdin", "--tls-key-passphrase-stdin"}, "only one line\n", 2);
  go({"log", "export"});

  EXPECT_THAT(said, Not(HasSubstr(kTypedPassword)));
  EXPECT_THAT(said, Not(HasSubstr(kPassphrase)));
  for (const auto& entry : fs::recursive_directory_iterator(dataDirectory())) {
    std::ostringstream content;
    if (entry.is_regular_file()) content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    EXPECT_THAT(content.str(), Not(HasSubstr(kPassphrase))) << entry.path();
  }
}

TEST_F(WaysIn, SwitchedOffVerificationIsWarnedOfEverywhere) {
  const RedisServer server({}, ServerTls{own_.certFile, own_.keyFile});
  const auto said = [&](const Words& words) {
    const CliResult result = run(words);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    return result.out + result.err;
  };
  EXPECT_THAT(said(addWords("a", server.tlsPort(), {"--tls", "--no-tls-verify"})),
              HasSubstr("is not verified"));
  EXPECT_THAT(said({"connections", "edit", "a", "--tag", "t"}), HasSubstr("is not verified"));
  EXPECT_THAT(said({"connections", "show", "a"}), HasSubstr("NOT verified"));
  EXPECT_THAT(said({"connections", "list"}), HasSubstr("TLS not verified"));
  EXPECT_THAT(said({"connections", "test", "a"}), HasSubstr("is not verified"));
  EXPECT_THAT(said({"connections", "edit", "a", "--tls-verify"}), Not(HasSubstr("not verified")));
  const CliResult checked = run({"connections", "test", "a"});
  EXPECT_EQ(checked.exitCode, 5);
  EXPECT_THAT(checked.err, HasSubstr("--tls-ca"));
}

TEST_F(WaysIn, AnSshTunnelIsSaidInItsStagesAndGoneAfterwards) {
  const RedisServer server;
  const SshServer ssh;
  const TemporaryDirectory runtime;
  const auto go = [&](const Words& words) {
    CliInput given = input(words);
    given.environment.emplace_back("XDG_RUNTIME_DIR", runtime.path());
    return runCli(std::move(given));
  };
  ASSERT_EQ(
      go(addWords("far", server.port(), {"--ssh", SshServer::kAlias, "--ssh-config", ssh.clientConfig()}))
          .exitCode,
      0);
  const CliResult tested = go({"connections", "test", "far"});
  EXPECT_EQ(tested.exitCode, 0) << tested.err;
  EXPECT_THAT(tested.out, HasSubstr("through ssh tunnel"));
  EXPECT_EQ(go({"keys", "set", "far", "k", "v"}).exitCode, 0);
  EXPECT_TRUE(fs::is_empty(runtime.path())) << "the tunnel's directory is removed";
  RedisCli redis(server);
  EXPECT_EQ(redis.must({"GET", "k"}).text, "v");
}

TEST_F(WaysIn, NoSshOutlivesAProgramThatIsKilled) {
  const BlackHoleServer silent;
  const SshServer ssh;
  const TemporaryDirectory runtime;
  ASSERT_EQ(
      run(addWords("far", silent.port(),
                   {"--ssh", SshServer::kAlias, "--ssh-config", ssh.clientConfig(), "--timeout-ms", "60000"}))
          .exitCode,
      0);
  CliInput given = input({"keys", "get", "far", "k"});
  given.environment.emplace_back("XDG_RUNTIME_DIR", runtime.path());
  CliProcess program(std::move(given));
  std::vector<pid_t> children;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (children.empty() && std::chrono::steady_clock::now() < deadline) {
    children = sshChildren(std::to_string(program.pid()));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ASSERT_EQ(children.size(), 1u);
  program.signal(SIGKILL);
  EXPECT_TRUE(waitForEnd(children.front()));
  EXPECT_EQ(program.wait().exitCode, 128 + SIGKILL);
}

TEST_F(WaysIn, FieldsThatCannotBeAreRefusedByName) {
  const Words base = addWords("a", 6379, {});
  const auto with = [&](const Words& more) {
    Words words = base;
    words.insert(words.end(), more.begin(), more.end());
    return field(std::move(words));
  };
  EXPECT_EQ(with({"--ssh=-oProxyCommand=evil"}), "ssh.destination");
  EXPECT_EQ(with({"--ssh", "h", "--ssh-port", "70000"}), "ssh.port");
  EXPECT_EQ(with({"--ssh", "h", "--ssh-config=-oProxyCommand=evil"}), "ssh.configFile");
  EXPECT_EQ(with({"--topology", "sentinel", "--sentinel-master", "a b"}), "sentinelMaster");
  EXPECT_EQ(with({"--tls", "--tls-key", "/key"}), "tls.keyFile");
  EXPECT_EQ(field({"connections", "add", "--name", "s", "--engine", "redis", "--unix-socket", "/run/r.sock",
                   "--tls"}),
            "tls.enabled");
}

TEST_F(WaysIn, TheSentinelsMasterHasADefault) {
  const auto added = document(addWords("a", 26379, {"--topology", "sentinel"}), "connection").as_object();
  EXPECT_EQ(added.at("sentinelMaster"), "mymaster");
}

}  // namespace
}  // namespace cachify::test
