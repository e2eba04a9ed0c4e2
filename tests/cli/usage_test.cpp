// The command line itself: what is not understood, where global options stand, help.

#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;

class Usage : public CliFixture {};

TEST_F(Usage, NothingOrNonsenseExitsTwoAndSaysWhat) {
  EXPECT_THAT(run({}).err, HasSubstr("error: no command given"));
  const CliResult nonsense = run({"bogus"});
  EXPECT_EQ(nonsense.exitCode, 2);
  EXPECT_THAT(nonsense.err, HasSubstr("error: not understood: 'bogus'"));
  EXPECT_EQ(nonsense.out, "");
  EXPECT_EQ(run({"keys"}).exitCode, 2);
  EXPECT_EQ(run({"keys", "list"}).exitCode, 2);
  EXPECT_THAT(run({"keys", "list", "x", "--bogus"}).err, HasSubstr("'--bogus'"));
}

TEST_F(Usage, AKeyOrAValueThatIsMissingIsSaidToBe) {
  EXPECT_EQ(run({"keys", "get", "x"}).err, "error: the key is missing: give it as KEY or --key-base64\n");
  EXPECT_THAT(run({"keys", "get", "x", "k", "--key-base64", "aw=="}).err, HasSubstr("the key just once"));
}

TEST_F(Usage, JsonStandsBeforeOrBehindTheCommandAlsoForUsageErrors) {
  EXPECT_EQ(errorOf({"bogus"}, 2).at("code").as_string(), "VALIDATION_ERROR");
  const CliResult behind = run({"keys", "list", "--json"});
  EXPECT_EQ(complaint(parseDocument(behind.out), "error"), "");
  EXPECT_EQ(behind.err, "");
  EXPECT_EQ(run({"connections", "list", "--json"}).out, "{\"connections\":[]}\n");
  EXPECT_EQ(run({"--json", "connections", "list"}).out, "{\"connections\":[]}\n");
}

TEST_F(Usage, DataDirOptionWinsOverTheEnvironment) {
  const std::string other = directory_ / "other";
  EXPECT_EQ(run({"connections", "add", "--name", "x", "--engine", "redis", "--data-dir", other}).exitCode, 0);
  EXPECT_EQ(run({"connections", "show", "x"}).exitCode, 4);
  EXPECT_EQ(run({"--data-dir", other, "connections", "show", "x"}).exitCode, 0);
}

TEST_F(Usage, HelpAndVersionExitZero) {
  for (const Words& words :
       {Words{"--help"}, Words{"keys", "--help"}, Words{"log", "export", "--help"}, Words{"--version"}}) {
    const CliResult help = run(words);
    EXPECT_EQ(help.exitCode, 0);
    EXPECT_NE(help.out, "");
    EXPECT_EQ(help.err, "");
  }
}

TEST_F(Usage, HelpNamesBothSidesOfASwitchAndNothingElse) {
  EXPECT_THAT(run({"connections", "add", "--help"}).out, HasSubstr("--read-only,--no-read-only  "));
}

TEST_F(Usage, QuietLeavesOnlyResultsAndErrors) {
  const CliResult added = run({"-q", "connections", "add", "--name", "x", "--engine", "redis"});
  EXPECT_EQ(added.exitCode, 0);
  EXPECT_EQ(added.out + added.err, "");
  EXPECT_THAT(run({"--quiet", "connections", "list"}).out, HasSubstr("127.0.0.1:6379"));
  EXPECT_THAT(run({"--quiet", "connections", "show", "nope"}).err,
              HasSubstr("error: there is no connection 'nope'"));
}

}  // namespace
}  // namespace cachify::test
