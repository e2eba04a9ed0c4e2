// The guardrails as scripts see them: exit code 3, the error's details, and nothing done.

#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;

class Guardrails : public CliWithRedis {
 protected:
  Guardrails() { redis_.must({"SET", "k", "v"}); }

  std::string policyOf(const Words& words) {
    const json::object error = errorOf(words, 3);
    EXPECT_EQ(error.at("code").as_string(), "UNAUTHORIZED");
    return std::string(error.at("details").at("policy").as_string());
  }
};

TEST_F(Guardrails, ReadOnlyBlocksEveryMutation) {
  ASSERT_EQ(run({"connections", "edit", "cache", "--read-only"}).exitCode, 0);
  EXPECT_EQ(policyOf({"keys", "set", "cache", "k", "x"}), "readOnly");
  EXPECT_EQ(policyOf({"keys", "delete", "cache", "k", "--confirm", "cache"}), "readOnly");
  EXPECT_EQ(policyOf({"keys", "rename", "cache", "k", "k2"}), "readOnly");
  EXPECT_EQ(policyOf({"keys", "ttl", "cache", "k", "--seconds", "9"}), "readOnly");
  ASSERT_EQ(run({"connections", "edit", "cache", "--force-read-only"}).exitCode, 0);
  EXPECT_EQ(policyOf({"keys", "set", "cache", "k", "x"}), "forceReadOnly");
  EXPECT_EQ(redis_.must({"GET", "k"}).text, "v");
  EXPECT_EQ(run({"keys", "get", "cache", "k"}).exitCode, 0);
}

TEST_F(Guardrails, OnProdDestructiveActsNeedTheConnectionsName) {
  ASSERT_EQ(run({"connections", "edit", "cache", "--env", "prod"}).exitCode, 0);
  redis_.must({"SET", "other", "v"});
  EXPECT_EQ(policyOf({"keys", "delete", "cache", "k"}), "prodGuardrail");
  EXPECT_EQ(policyOf({"keys", "delete", "cache", "k", "--confirm", "Cache"}), "prodGuardrail");
  EXPECT_EQ(policyOf({"keys", "delete", "cache", "k", "--yes"}), "prodGuardrail");
  EXPECT_EQ(policyOf({"keys", "rename", "cache", "k", "other", "--replace"}), "prodGuardrail");
  EXPECT_EQ(redis_.must({"EXISTS", "k", "other"}).integer, 2);
  const CliResult blocked = run({"keys", "delete", "cache", "k"});
  EXPECT_THAT(blocked.err, HasSubstr("--confirm 'cache'"));
  document({"keys", "delete", "cache", "k", "--confirm", "cache"}, "mutation");
  EXPECT_EQ(redis_.must({"EXISTS", "k"}).integer, 0);
}

TEST_F(Guardrails, TheWayBackOnProdIsToldAsItIsTyped) {
  ASSERT_EQ(run({"connections", "edit", "cache", "--env", "prod", "--name", "my cache"}).exitCode, 0);
  const CliResult deleted = run({"keys", "delete", "my cache", "k", "--confirm", "my cache"});
  const auto back = deleted.err.find("Back: cachify ");
  ASSERT_NE(back, std::string::npos) << deleted.err;
  EXPECT_THAT(deleted.err, HasSubstr(" --confirm 'my cache'"));
  const std::string id = deleted.err.substr(deleted.err.find("restore ", back) + 8, 36);
  EXPECT_EQ(run({"snapshots", "restore", id, "--confirm", "my cache"}).exitCode, 0);

  const CliResult planned =
      run({"workflows", "preview", "my cache", "--kind", "deleteByPattern", "--param", "pattern=k"});
  EXPECT_THAT(planned.err, HasSubstr(" --confirm 'my cache'"));
}

TEST_F(Guardrails, ABlockIsAnEventAndAnAlertInTheLog) {
  ASSERT_EQ(run({"connections", "edit", "cache", "--read-only"}).exitCode, 0);
  ASSERT_EQ(run({"keys", "delete", "cache", "k"}).exitCode, 3);
  const auto lines = parseLines(run({"log", "tail", "-n", "2", "--json"}).out);
  EXPECT_EQ(lines.at(0).at("type"), "operation.blocked");
  EXPECT_EQ(lines.at(0).at("status"), "blocked");
  EXPECT_EQ(lines.at(0).at("keyOrPattern"), "k");
  EXPECT_EQ(lines.at(1).at("type"), "alert.raised");
  EXPECT_EQ(lines.at(1).at("correlationId"), lines.at(0).at("correlationId"));
}

TEST_F(Guardrails, WithoutAVaultProdRefusesUnlessNoUndoIsAccepted) {
  ASSERT_EQ(run({"connections", "edit", "cache", "--env", "prod"}).exitCode, 0);
  const auto inMemory = [&](const Words& words) {
    CliInput given = input(words);
    given.environment.emplace_back("CACHIFY_SECRET_STORE", "memory");
    return runCli(std::move(given));
  };
  EXPECT_NE(inMemory({"keys", "delete", "cache", "k", "--confirm", "cache"}).exitCode, 0);
  EXPECT_EQ(redis_.must({"EXISTS", "k"}).integer, 1);
  const CliResult accepted =
      inMemory({"--json", "keys", "delete", "cache", "k", "--confirm", "cache", "--accept-no-undo"});
  EXPECT_EQ(accepted.exitCode, 0) << accepted.out;
  const json::value report = parseDocument(accepted.out);
  EXPECT_EQ(complaint(report, "mutation"), "");
  EXPECT_EQ(report.at("undoable"), false);
  EXPECT_NE(report.at("noUndoReason").as_string(), "");
}

}  // namespace
}  // namespace cachify::test
