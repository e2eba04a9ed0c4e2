#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class WorkflowsCommand : public CliWithRedis {
 protected:
  WorkflowsCommand() {
    for (int i = 0; i < 30; ++i) redis_.must({"SET", "tmp:" + std::to_string(i), "v"});
  }
  static std::string idOf(const json::value& run) { return std::string(run.at("id").as_string()); }
};

TEST_F(WorkflowsCommand, ADryRunShowsItsStepsAndItsPlanRuns) {
  const auto plan =
      document({"workflows", "preview", "cache", "--kind", "deleteByPattern", "--param", "pattern=tmp:*"},
               "workflows.run");
  EXPECT_EQ(plan.at("total"), 30);
  EXPECT_EQ(plan.at("steps").as_array().size(), 20U);
  EXPECT_EQ(plan.at("steps").at(0).at("status"), "planned");
  const std::string cursor(plan.at("nextCursor").as_string());
  const auto rest = document({"workflows", "show", idOf(plan), "--cursor", cursor}, "workflows.run");
  EXPECT_EQ(rest.at("steps").as_array().size(), 10U);
  EXPECT_EQ(redis_.must({"DBSIZE"}).integer, 30);

  EXPECT_EQ(
      errorOf({"workflows", "run", "cache", "--plan", idOf(plan), "--param", "pattern=*"}, 2).at("code"),
      "VALIDATION_ERROR");
  const auto run = document({"workflows", "run", "cache", "--plan", idOf(plan)}, "workflows.run");
  EXPECT_EQ(run.at("status"), "success");
  EXPECT_EQ(run.at("succeeded"), 30);
  EXPECT_EQ(redis_.must({"DBSIZE"}).integer, 0);
  const auto back = document({"workflows", "rollback", idOf(run)}, "workflows.run");
  EXPECT_EQ(back.at("succeeded"), 30);
  EXPECT_EQ(redis_.must({"DBSIZE"}).integer, 30);
  const auto history = document({"workflows", "history"}, "workflows.history");
  EXPECT_EQ(history.at("executions").as_array().size(), 3U);
}

TEST_F(WorkflowsCommand, RerunTakesTheOldParametersWithEdits) {
  document({"workflows", "templates", "create", "--name", "mine", "--kind", "deleteByPattern", "--param",
            "pattern=tmp:1*"},
           "workflows.template");
  const auto run = document({"workflows", "run", "cache", "--template", "mine"}, "workflows.run");
  EXPECT_EQ(run.at("succeeded"), 11);
  document({"workflows", "templates", "delete", "mine"}, "workflows.template");
  const auto again = document({"workflows", "rerun", idOf(run), "--param", "limit=5"}, "workflows.run");
  EXPECT_EQ(again.at("succeeded"), 0);
  const auto other = document(
      {"workflows", "rerun", idOf(run), "--param", "pattern=tmp:2*", "--param", "limit=5"}, "workflows.run");
  EXPECT_EQ(other.at("succeeded"), 5);
}

TEST_F(WorkflowsCommand, BuiltInTemplatesStayAndCanBeCopied) {
  EXPECT_EQ(errorOf({"workflows", "templates", "delete", "builtin-warmup-set"}, 1).at("code"),
            "UNAUTHORIZED");
  document({"workflows", "templates", "duplicate", "builtin-ttl-normalize", "--name", "Ours"},
           "workflows.template");
  document({"workflows", "templates", "update", "ours", "--param", "ttlSeconds=60"}, "workflows.template");
  EXPECT_EQ(errorOf({"workflows", "templates", "update", "ours", "--param", "ttlSeconds=0"}, 2).at("code"),
            "VALIDATION_ERROR");
  EXPECT_EQ(
      errorOf({"workflows", "templates", "create", "--name", "OURS", "--kind", "ttlNormalize"}, 2).at("code"),
      "VALIDATION_ERROR");
  const auto all = document({"workflows", "templates", "list"}, "workflows.templates.list");
  EXPECT_EQ(all.at("templates").as_array().size(), 4U);
}

TEST_F(WorkflowsCommand, KindsComeFromThePlugins) {
  const auto kinds = document({"workflows", "kinds"}, "workflows.kinds");
  EXPECT_EQ(kinds.at("kinds").as_array().size(), 4U);
}

TEST_F(WorkflowsCommand, WrongWordsAreExplained) {
  EXPECT_EQ(
      errorOf({"workflows", "run", "cache", "--kind", "deleteByPattern", "--param", "pattern"}, 2).at("code"),
      "VALIDATION_ERROR");
  EXPECT_EQ(errorOf({"workflows", "run", "cache"}, 2).at("code"), "VALIDATION_ERROR");
  EXPECT_EQ(errorOf({"workflows", "show", "nonsense"}, 2).at("code"), "VALIDATION_ERROR");
  EXPECT_EQ(errorOf({"workflows", "resume", "01a21304-d3b5-78f5-860b-c5af925f0188"}, 4).at("code"),
            "NOT_FOUND");
  const auto run = document(
      {"workflows", "run", "cache", "--kind", "deleteByPattern", "--param", "pattern=none"}, "workflows.run");
  EXPECT_EQ(errorOf({"workflows", "resume", idOf(run)}, 6).at("code"), "CONFLICT");
  EXPECT_EQ(errorOf({"workflows", "cancel", idOf(run)}, 6).at("code"), "CONFLICT");
}

TEST_F(WorkflowsCommand, AMisspeltParameterIsNamedWithThoseThatThereAre) {
  const auto error =
      errorOf({"workflows", "preview", "cache", "--kind", "deleteByPattern", "--param", "patern=tmp:*"}, 2);
  EXPECT_THAT(std::string(error.at("message").as_string()),
              AllOf(HasSubstr("no parameter patern"), HasSubstr("pattern"), HasSubstr("limit")));
  EXPECT_EQ(error.at("details").at("field"), "patern");
}

TEST_F(WorkflowsCommand, ARunThatTheServerDidNotAnswerIsToldWithTheExitCodeOfThat) {
  server_.process().kill();
  const CliResult result =
      run({"workflows", "run", "cache", "--kind", "deleteByPattern", "--param", "pattern=tmp:*", "--yes"});
  EXPECT_EQ(result.exitCode, 5) << result.err;
  EXPECT_THAT(result.out, HasSubstr("error"));
  EXPECT_THAT(run({"--json", "observe", "timeline", "--status", "error"}).out,
              HasSubstr(R"("errorCode":"CONNECTION_FAILED")"));
}

TEST_F(WorkflowsCommand, ARollBackThatLeftChangedKeysAloneSaysHowToRestoreThemToo) {
  const auto done =
      document({"workflows", "run", "cache", "--kind", "deleteByPattern", "--param", "pattern=tmp:1*"},
               "workflows.run");
  redis_.must({"SET", "tmp:1", "new"});
  const CliResult back = run({"workflows", "rollback", idOf(done), "--yes"});
  EXPECT_EQ(back.exitCode, 0) << back.err;
  EXPECT_THAT(back.err, AllOf(HasSubstr("1 key left alone"), HasSubstr("rollback " + idOf(done) + " --force")));
  EXPECT_EQ(redis_.must({"GET", "tmp:1"}).text, "new");
  const CliResult over = run({"workflows", "rollback", idOf(done), "--force", "--yes"});
  EXPECT_EQ(over.exitCode, 0) << over.err;
  EXPECT_EQ(redis_.must({"GET", "tmp:1"}).text, "v");
}

TEST_F(WorkflowsCommand, TablesAreForPeople) {
  redis_.must({"SET", "tmp:\x1b[31m", "v"});
  const CliResult result =
      run({"workflows", "run", "cache", "--kind", "deleteByPattern", "--param", "pattern=tmp:*", "--yes"});
  EXPECT_EQ(result.exitCode, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("31 steps in the plan, 31 done"));
  EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
  EXPECT_THAT(result.err, HasSubstr("Back: cachify workflows rollback"));
}

}  // namespace
}  // namespace cachify::test
