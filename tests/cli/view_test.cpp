#include <gmock/gmock.h>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// base64 of {"id":18446744073709551617,"name":"Ada"}
constexpr const char* kEncoded = "eyJpZCI6MTg0NDY3NDQwNzM3MDk1NTE2MTcsIm5hbWUiOiJBZGEifQ==";

class ViewCommand : public CliWithRedis {};

TEST_F(ViewCommand, ShowsTheStepsAndWhatTheyLeadTo) {
  redis_.must({"SET", "k", kEncoded});
  const CliResult seen = run({"keys", "get", "cache", "k", "--view", "auto"});
  EXPECT_EQ(seen.out, "{\n  \"id\": 18446744073709551617,\n  \"name\": \"Ada\"\n}\n");
  EXPECT_THAT(seen.err, HasSubstr("base64 → json"));
  EXPECT_EQ(run({"keys", "get", "cache", "k"}).out, std::string(kEncoded) + "\n");
}

TEST_F(ViewCommand, PutsTheViewBesideTheValueInJson) {
  redis_.must({"SET", "k", kEncoded});
  const auto words = Words{"keys", "get", "cache", "k"};
  auto viewing = words;
  viewing.insert(viewing.end(), {"--view", "base64"});
  const json::object got = document(viewing, "keys.get").as_object();
  EXPECT_EQ(got.at("value"), kEncoded);
  EXPECT_EQ(got.at("view").at("steps"), json::parse(R"(["base64","json"])"));
  EXPECT_EQ(got.at("view").at("kind"), "json");
  EXPECT_FALSE(got.at("view").as_object().contains("stopped"));
  EXPECT_FALSE(document(words, "keys.get").as_object().contains("view"));
}

TEST_F(ViewCommand, NothingATerminalObeysComesThrough) {
  redis_.must({"SET", "k", "G1szMW1yZWQbXTA7dGl0bGUHIA=="});  // ESC and BEL in base64
  const CliResult seen = run({"keys", "get", "cache", "k", "--view", "base64"});
  EXPECT_EQ(seen.exitCode, 0);
  EXPECT_THAT(seen.out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(seen.out, Not(HasSubstr("\x07")));
}

TEST_F(ViewCommand, AViewThatDoesNotFitIsAValidationError) {
  redis_.must({"SET", "k", "plain words"});
  redis_.must({"RPUSH", "l", "a"});
  for (const Words& words : {Words{"keys", "get", "cache", "k", "--view", "json"},
                             Words{"keys", "get", "cache", "k", "--view", "nothing"},
                             Words{"keys", "get", "cache", "l", "--view", "auto"}})
    EXPECT_EQ(errorOf(words, 2).at("code").as_string(), "VALIDATION_ERROR");
  EXPECT_EQ(run({"keys", "get", "cache", "k", "--view", "hex", "--raw"}).exitCode, 2);
}

}  // namespace
}  // namespace cachify::test
