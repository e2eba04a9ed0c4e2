// plugins list, inspect, trust, revoke

#include <gmock/gmock.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "cli/cli_fixture.hpp"
#include "support/child_processes.hpp"

namespace cachify::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class PluginsCommand : public CliFixture {
 protected:
  PluginsCommand() {
    fs::create_directories(dataDirectory() + "/plugins");
    fs::copy(fs::path(CACHIFY_TEST_PLUGINS) / "misbehaving", folder());
  }
  fs::path folder() const { return fs::path(dataDirectory()) / "plugins" / "misbehaving"; }

  json::object listed(std::string_view id) const {
    const json::value all = document({"plugins", "list"}, "plugins.list");
    for (const auto& plugin : all.at("plugins").as_array()) {
      const auto* found = plugin.as_object().if_contains("id");
      if (found != nullptr && std::string_view(found->as_string()) == id) return plugin.as_object();
    }
    return {};
  }
  std::string parameters(const std::string& behaviour) const {
    std::ofstream(directory_ / "parameters.json") << R"({"behaviour":")" << behaviour << R"("})";
    return directory_ / "parameters.json";
  }
};

TEST_F(PluginsCommand, ListShowsBundledOnesAsUsableAndOthersAsUntrusted) {
  for (const auto* id :
       {"cachify.delete-by-pattern", "cachify.file", "cachify.ttl-normalize", "cachify.warmup-set"})
    EXPECT_EQ(listed(id).at("status"), "bundled") << id;
  EXPECT_EQ(listed("test.misbehaving").at("status"), "untrusted");
  const CliResult table = run({"plugins", "list"});
  EXPECT_THAT(table.out, AllOf(HasSubstr("cachify.delete-by-pattern"), HasSubstr("deleteByPattern"),
                               HasSubstr("test.misbehaving"), HasSubstr("untrusted")));
}

TEST_F(PluginsCommand, InspectShowsTheManifestWithoutLoading) {
  const json::value plugin = document({"plugins", "inspect", "test.misbehaving"}, "plugins.inspect");
  EXPECT_EQ(plugin.at("provides"), "misbehaving");
  EXPECT_EQ(plugin.at("status"), "untrusted");
  const json::value byFile = document({"plugins", "inspect", folder() / "plugin.json"}, "plugins.inspect");
  EXPECT_EQ(byFile.at("digest"), plugin.at("digest"));
  EXPECT_EQ(byFile.at("origin"), "user") << "it lies on the search path, however it is named";
  fs::copy(folder(), fs::path(directory_ / "elsewhere"));
  const json::value elsewhere = document({"plugins", "inspect", directory_ / "elsewhere"}, "plugins.inspect");
  EXPECT_EQ(elsewhere.at("origin"), "named");
  EXPECT_EQ(document({"plugins", "inspect", "misbehaving"}, "plugins.inspect").at("id"), "test.misbehaving")
      << "by what it provides";
  EXPECT_THAT(run({"plugins", "inspect", folder()}).out, HasSubstr("untrusted"));
  EXPECT_EQ(errorOf({"plugins", "inspect", "org.example.nobody"}, 4).at("code"), "NOT_FOUND");
}

TEST_F(PluginsCommand, TrustPinsTheBytesAndRevokeEndsIt) {
  const json::value trusted = document({"plugins", "trust", "test.misbehaving"}, "plugins.inspect");
  EXPECT_EQ(trusted.at("status"), "trusted");
  EXPECT_EQ(listed("test.misbehaving").at("status"), "trusted");
  document({"plugins", "revoke", "test.misbehaving"}, "plugins.revoke");
  EXPECT_EQ(listed("test.misbehaving").at("status"), "revoked");
  EXPECT_EQ(errorOf({"plugins", "revoke", "org.example.nobody"}, 4).at("code"), "NOT_FOUND");
  const CliResult again = run({"plugins", "trust", "test.misbehaving"});
  EXPECT_EQ(again.exitCode, 0);
  EXPECT_THAT(run({"log", "tail", "-n", "10"}).out,
              AllOf(HasSubstr("plugin.trusted"), HasSubstr("plugin.revoked")));
}

TEST_F(PluginsCommand, OneFlippedByteIsRefusedAgain) {
  document({"plugins", "trust", "test.misbehaving"}, "plugins.inspect");
  {
    std::fstream file(folder() / "misbehaving.so", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(200);
    file.put('\x7f');
  }
  const json::object plugin = listed("test.misbehaving");
  EXPECT_EQ(plugin.at("status"), "refused");
  EXPECT_EQ(plugin.at("refusal").at("details").at("reason"), "changed");
  EXPECT_EQ(errorOf({"plugins", "trust", "test.misbehaving"}, 1).at("details").at("reason"), "changed");
}

TEST_F(PluginsCommand, WhatNobodyShouldTrustIsRefusedWithTheReason) {
  fs::permissions(folder(), fs::perms::others_write, fs::perm_options::add);
  EXPECT_EQ(errorOf({"plugins", "trust", folder()}, 1).at("details").at("reason"), "worldWritable");
  const CliResult table = run({"plugins", "list"});
  EXPECT_THAT(table.err, HasSubstr("chmod o-w"));
}

TEST_F(PluginsCommand, ABrokenManifestIsShownAsRefusedWithItsField) {
  std::ofstream(folder() / "plugin.json") << R"({"manifestVersion":1,"id":"\u001b[31m","name":7})";
  const CliResult table = run({"plugins", "list"});
  EXPECT_EQ(table.exitCode, 0);
  EXPECT_THAT(table.err, AllOf(HasSubstr("name"), Not(HasSubstr("\x1b"))));
  EXPECT_EQ(errorOf({"plugins", "inspect", folder(), "--check", "--untrusted"}, 2).at("code"),
            "VALIDATION_ERROR");
}

TEST_F(PluginsCommand, BadInputIsAUsageError) {
  EXPECT_EQ(errorOf({"plugins", "inspect", folder(), "--untrusted"}, 2).at("code"), "VALIDATION_ERROR");
  std::ofstream(directory_ / "no.json") << "[1, 2";
  EXPECT_EQ(errorOf({"plugins", "inspect", folder(), "--check", "--untrusted", "--parameters",
                     directory_ / "no.json"},
                    2)
                .at("details")
                .at("field"),
            "parameters");
  EXPECT_EQ(errorOf({"plugins", "inspect", folder(), "--check", "--parameters", directory_ / "missing"}, 4)
                .at("code"),
            "NOT_FOUND");
  EXPECT_EQ(errorOf({"plugins", "trust", ""}, 4).at("code"), "NOT_FOUND");
  EXPECT_EQ(errorOf({"plugins", "trust"}, 2).at("code"), "VALIDATION_ERROR");
}

TEST_F(PluginsCommand, CheckHoldsAPluginToTheContract) {
  const json::value good =
      document({"plugins", "inspect", "cachify.ttl-normalize", "--check"}, "plugins.inspect");
  EXPECT_TRUE(good.at("check").at("passed").as_bool());
  EXPECT_THAT(run({"plugins", "inspect", "cachify.warmup-set", "--check"}).out, HasSubstr("✓"));
}

TEST_F(PluginsCommand, CheckRunsAnUntrustedOneOnlyWhenAskedToAndFindsWhatIsWrong) {
  EXPECT_EQ(errorOf({"plugins", "inspect", folder(), "--check"}, 1).at("code"), "UNAUTHORIZED");
  const json::value bad = document({"plugins", "inspect", folder(), "--check", "--untrusted", "--parameters",
                                    parameters("nonsenseStatus")},
                                   "plugins.inspect", 7);
  EXPECT_FALSE(bad.at("check").at("passed").as_bool());
  const json::value good = document(
      {"plugins", "inspect", folder(), "--check", "--untrusted", "--parameters", parameters("behave")},
      "plugins.inspect");
  EXPECT_TRUE(good.at("check").at("passed").as_bool());
  EXPECT_EQ(listed("test.misbehaving").at("status"), "untrusted") << "a check gives no trust";
}

TEST_F(PluginsCommand, APluginsProcessDiesWithTheProgram) {
  CliProcess process(
      input({"plugins", "inspect", folder(), "--check", "--untrusted", "--parameters", parameters("hang")}));
  pid_t child = -1;
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  // Until a process of the plugin has been at it for a while: then it hangs.
  for (int seen = 0; seen < 100 && std::chrono::steady_clock::now() < deadline;
       std::this_thread::sleep_for(2ms)) {
    const auto children = childrenOf(process.pid());
    seen = !children.empty() && children.front() == child ? seen + 1 : 0;
    child = children.empty() ? -1 : children.front();
  }
  ASSERT_GT(child, 0);
  process.signal(SIGKILL);
  (void)process.wait();
  while (kill(child, 0) == 0 && statusOf(child, "VmRSS") >= 0 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(2ms);
  EXPECT_LT(statusOf(child, "VmRSS"), 0) << "it lives on";
}

}  // namespace
}  // namespace cachify::test
