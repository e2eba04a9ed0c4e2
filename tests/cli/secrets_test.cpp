// A password that was given to the CLI is nowhere but in the sealed store.

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

constexpr const char* kPassword = "Tr0ub4dor-and-3";

std::string contentOf(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

class Secrets : public CliFixture {
 protected:
  /// Files of the data directory that hold the password.
  std::vector<std::string> leaks() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(dataDirectory())) {
      if (entry.is_regular_file() && contentOf(entry.path()).find(kPassword) != std::string::npos)
        found.push_back(entry.path());
    }
    return found;
  }
};

TEST_F(Secrets, AWholeJourneyLeavesThePasswordInNoFileAndNoOutput) {
  RedisServer server({"--requirepass", kPassword});
  const std::string port = std::to_string(server.port());
  std::string said;
  const auto go = [&](const Words& words, const std::string& stdinText = {}) {
    const CliResult result = run(words, stdinText);
    EXPECT_EQ(result.exitCode, 0) << result.err;
    said += result.out + result.err;
  };
  go({"connections", "add", "--name", "a", "--engine", "redis", "--port", port, "--password-stdin"},
     std::string(kPassword) + "\n");
  go({"connections", "add", "--name", "b", "--url-stdin"},
     std::string("redis://:") + kPassword + "@127.0.0.1:" + port + "\n");
  go({"connections", "duplicate", "a", "--name", "c"});
  for (const std::string name : {"a", "b", "c"}) {
    go({"connections", "test", name});
    go({"keys", "set", name, "k", "v"});
    go({"--json", "connections", "show", name});
  }
  go({"log", "tail", "-n", "1000", "--json"});
  go({"log", "export"});
  EXPECT_THAT(said, Not(HasSubstr(kPassword)));
  EXPECT_TRUE(leaks().empty()) << leaks().front();
}

TEST_F(Secrets, APasswordInAUrlOnTheCommandLineIsRefusedAndNotRepeated) {
  const CliResult refused =
      run({"connections", "add", "--name", "a", "--url", std::string("redis://u:") + kPassword + "@h"});
  EXPECT_EQ(refused.exitCode, 2);
  EXPECT_THAT(refused.err, HasSubstr("--password-stdin"));
  EXPECT_THAT(refused.out + refused.err, Not(HasSubstr(kPassword)));
  const CliResult misplaced = run({"connections", "add", "--name", "a", "--engine", "redis", "--host",
                                   std::string("redis://u:") + kPassword + "@h"});
  EXPECT_EQ(misplaced.exitCode, 2);
  EXPECT_THAT(misplaced.out + misplaced.err, Not(HasSubstr(kPassword)));
}

TEST_F(Secrets, ThePasswordIsNotInArgvWhileACommandRuns) {
  BlackHoleServer silent;
  Words words{"connections",     "add",   "--name", "a",
              "--engine",        "redis", "--port", std::to_string(silent.port()),
              "--password-stdin"};
  ASSERT_EQ(run(words, kPassword).exitCode, 0);
  CliProcess test(input({"connections", "test", "a"}));
  const std::string process = "/proc/" + std::to_string(test.pid());
  EXPECT_THAT(contentOf(process + "/cmdline"), Not(HasSubstr(kPassword)));
  EXPECT_THAT(contentOf(process + "/environ"), Not(HasSubstr(kPassword)));
  test.signal(SIGINT);
  EXPECT_EQ(test.wait().exitCode, 130);
}

TEST_F(Secrets, ClearPasswordTakesItOutOfTheStore) {
  RedisServer server({"--requirepass", kPassword});
  Words words{"connections",     "add",   "--name", "a",
              "--engine",        "redis", "--port", std::to_string(server.port()),
              "--password-stdin"};
  ASSERT_EQ(run(words, kPassword).exitCode, 0);
  ASSERT_EQ(run({"connections", "test", "a"}).exitCode, 0);
  EXPECT_EQ(document({"connections", "edit", "a", "--clear-password"}, "connection").at("secretRef"), "");
  EXPECT_EQ(run({"connections", "test", "a"}).exitCode, 1);
}

TEST_F(Secrets, ASealedStoreOpensWithItsPassphraseAlone) {
  RedisServer server({"--requirepass", kPassword});
  const auto with = [&](const char* passphrase, const Words& words, const std::string& stdinText = {}) {
    CliInput given = input(words, stdinText);
    given.environment.emplace_back("CACHIFY_VAULT_PASSPHRASE", passphrase);
    return runCli(std::move(given));
  };
  const Words words{"connections",     "add",   "--name", "a",
                    "--engine",        "redis", "--port", std::to_string(server.port()),
                    "--password-stdin"};
  ASSERT_EQ(with("open sesame", words, kPassword).exitCode, 0);
  EXPECT_EQ(with("open sesame", {"connections", "test", "a"}).exitCode, 0);
  const CliResult wrong = with("open barley", {"connections", "test", "a"});
  EXPECT_EQ(wrong.exitCode, 1);
  EXPECT_THAT(wrong.err, HasSubstr("error:"));
}

}  // namespace
}  // namespace cachify::test
