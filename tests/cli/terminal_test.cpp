// With a person at a terminal: the gentle question, colours, and nothing that could drive the terminal.

#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCtrlC = "\x03";

class Terminal : public CliWithRedis {
 protected:
  Terminal() { redis_.must({"SET", "k", "v"}); }

  [[nodiscard]] CliInput onTerminal(Words words) const {
    CliInput given = input(std::move(words));
    given.onTerminal = true;
    given.environment.emplace_back("NO_COLOR", "1");
    return given;
  }
  bool exists() { return redis_.must({"EXISTS", "k"}).integer == 1; }
};

TEST_F(Terminal, ADeleteOnDevAsksAndOnlyYesDoesIt) {
  CliProcess declined(onTerminal({"keys", "delete", "cache", "k"}));
  declined.waitForOutput("delete 'k' on 'cache' (dev)? [y/N]");
  declined.type("\n");
  EXPECT_EQ(declined.wait().exitCode, 130);
  EXPECT_TRUE(exists());
  CliProcess accepted(onTerminal({"keys", "delete", "cache", "k"}));
  accepted.waitForOutput("[y/N]");
  accepted.type("y\n");
  EXPECT_EQ(accepted.wait().exitCode, 0);
  EXPECT_FALSE(exists());
}

TEST_F(Terminal, CtrlCAtTheQuestionDoesNothing) {
  CliProcess process(onTerminal({"keys", "delete", "cache", "k"}));
  process.waitForOutput("[y/N]");
  process.type(kCtrlC);
  EXPECT_EQ(process.wait().exitCode, 130);
  EXPECT_TRUE(exists());
}

TEST_F(Terminal, YesQuietAndJsonAreNotAsked) {
  for (const std::string option : {"--yes", "--quiet", "--json"}) {
    redis_.must({"SET", "k", "v"});
    const CliResult result = runCli(onTerminal({"keys", "delete", "cache", "k", option}));
    EXPECT_EQ(result.exitCode, 0) << result.out;
    EXPECT_THAT(result.out, Not(HasSubstr("[y/N]")));
    EXPECT_FALSE(exists());
  }
}

TEST_F(Terminal, ProdIsRuledByTheEngineNotByAQuestion) {
  ASSERT_EQ(run({"connections", "edit", "cache", "--env", "prod"}).exitCode, 0);
  EXPECT_EQ(runCli(onTerminal({"keys", "delete", "cache", "k"})).exitCode, 3);
  EXPECT_TRUE(exists());
}

TEST_F(Terminal, ColoursAreThereUnlessSwitchedOff) {
  CliInput colored = onTerminal({"connections", "list"});
  std::erase_if(colored.environment, [](const auto& variable) { return variable.first == "NO_COLOR"; });
  EXPECT_THAT(runCli(colored).out, HasSubstr("\x1b[1m"));
  EXPECT_THAT(runCli(onTerminal({"connections", "list"})).out, Not(HasSubstr("\x1b[")));
  colored.arguments.emplace_back("--no-color");
  EXPECT_THAT(runCli(colored).out, Not(HasSubstr("\x1b[")));
}

TEST_F(Terminal, HostileKeysAndValuesCannotDriveTheTerminal) {
  const std::string hostile = "\x1b]0;owned\x07\x1b[2J\xc2\x9b\xe2\x80\xae";  // C0, C1 and a direction mark
  redis_.must({"SET", hostile, hostile});
  redis_.must({"HSET", "h", hostile, hostile});
  for (const Words& words :
       {Words{"keys", "list", "cache"}, Words{"keys", "get", "cache", hostile},
        Words{"keys", "get", "cache", "h"}, Words{"keys", "get", "cache", hostile, "--json"},
        Words{"keys", "delete", "cache", hostile, "-y"}, Words{"log", "tail"}, Words{"log", "export"},
        Words{"snapshots", "list"}, Words{"keys", "get", "cache", hostile},
        Words{"connections", "show", hostile}, Words{hostile}}) {
    const CliResult result = runCli(onTerminal(words));
    for (const std::string evil : {"\x1b]", "\x1b[2J", "\x07", "\xc2\x9b", "\xe2\x80\xae"}) {
      EXPECT_THAT(result.out, Not(HasSubstr(evil))) << words.front();
    }
    EXPECT_THAT(result.out, Not(testing::IsEmpty()));
  }
}

}  // namespace
}  // namespace cachify::test
