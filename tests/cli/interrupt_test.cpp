// Ctrl-C: the command ends soon with 130, and the log tells what came of it.

#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

/// Until `process` has a connection to this port: then it is in the middle of its work.
bool waitsOn(pid_t process, std::uint16_t port) {
  char wanted[8];
  std::snprintf(wanted, sizeof wanted, ":%04X ", port);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < deadline) {
    std::ifstream connections("/proc/" + std::to_string(process) + "/net/tcp");
    for (std::string line; std::getline(connections, line);) {
      const bool established = line.find(" 01 ") != std::string::npos;
      if (established && line.find(wanted) != std::string::npos) return true;
    }
    usleep(2000);
  }
  return false;
}

class Interrupt : public CliFixture {
 protected:
  Interrupt() {
    EXPECT_EQ(run({"connections", "add", "--name", "silent", "--engine", "redis", "--port",
                   std::to_string(silent_.port()), "--timeout-ms", "60000"})
                  .exitCode,
              0);
  }

  CliResult interrupted(Words words, int signal) {
    CliProcess process(input(std::move(words)));
    EXPECT_TRUE(waitsOn(process.pid(), silent_.port()));
    const auto asked = std::chrono::steady_clock::now();
    process.signal(signal);
    CliResult result = process.wait();
    EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(10));
    return result;
  }

  BlackHoleServer silent_;
};

TEST_F(Interrupt, EndsAWaitingCommandAndItsOutcomeIsRecorded) {
  const CliResult result = interrupted({"--json", "keys", "get", "silent", "k"}, SIGINT);
  EXPECT_EQ(result.exitCode, 130);
  EXPECT_EQ(parseDocument(result.out).at("error").at("code"), "CANCELLED");
  const auto lines = parseLines(run({"log", "tail", "-n", "1", "--json"}).out);
  EXPECT_EQ(lines.back().at("action"), "keys.get");
  EXPECT_EQ(lines.back().at("errorCode"), "CANCELLED");
}

TEST_F(Interrupt, TerminateIsTheSame) {
  EXPECT_EQ(interrupted({"keys", "delete", "silent", "k"}, SIGTERM).exitCode, 130);
}

TEST_F(Interrupt, LeavesNoSessionForTheNextProcessToCleanUp) {
  EXPECT_EQ(interrupted({"keys", "set", "silent", "k", "v"}, SIGINT).exitCode, 130);
  EXPECT_TRUE(std::filesystem::is_empty(dataDirectory() + "/sessions"));
}

}  // namespace
}  // namespace cachify::test
