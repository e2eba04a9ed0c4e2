// What the README of the SDK promises: the template, built outside of the project with nothing but the
// installed SDK, is refused before it is trusted, listed after, and refused again when one byte differs.

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "cli/cli_fixture.hpp"

namespace cachify::test {
namespace {

namespace fs = std::filesystem;

class PluginTemplate : public CliFixture {
 protected:
  /// Runs a shell command; its words show when it fails.
  void must(const std::string& command) const {
    const std::string log = directory_ / "command.log";
    const int status = std::system((command + " > " + log + " 2>&1").c_str());
    std::ifstream file(log);
    ASSERT_EQ(status, 0) << command << "\n" << std::string{std::istreambuf_iterator<char>(file), {}};
  }
  std::string statusOfTemplate() const {
    const json::value all = document({"plugins", "list"}, "plugins.list");
    for (const auto& plugin : all.at("plugins").as_array()) {
      const auto* id = plugin.as_object().if_contains("id");
      if (id != nullptr && id->as_string() == "org.example.expire-big")
        return std::string(plugin.at("status").as_string());
    }
    return "absent";
  }
};

TEST_F(PluginTemplate, TheSdkIsTheSameByItselfAndAsAComponent) {
  const std::string build = directory_ / "build";
  const auto filesBelow = [](const std::string& folder) {
    std::set<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      files.insert(fs::relative(entry.path(), folder).filename());
    return files;
  };
  must(std::string(CACHIFY_CMAKE) + " -S " + CACHIFY_SOURCE_DIR + "/plugins/sdk -B " + build);
  must(std::string(CACHIFY_CMAKE) + " --install " + build + " --prefix " + (directory_ / "alone"));
  must(std::string(CACHIFY_CMAKE) + " --install " + CACHIFY_BUILD_DIR +
       " --component CachifyPluginSdk --prefix " + (directory_ / "part"));
  EXPECT_EQ(filesBelow(directory_ / "alone"), filesBelow(directory_ / "part"));
}

TEST_F(PluginTemplate, IsBuiltOutsideTrustedAndRefusedAgain) {
  const std::string sdk = directory_ / "sdk";
  const std::string source = directory_ / "my-plugin";
  const std::string build = source + "/build";
  must(std::string(CACHIFY_CMAKE) + " --install " + CACHIFY_BUILD_DIR +
       " --component CachifyPluginSdk --prefix " + sdk);
  must("cp -r " + sdk + "/share/cachify/plugin-sdk/template " + source);
  must(std::string(CACHIFY_CMAKE) + " -S " + source + " -B " + build + " -DCMAKE_PREFIX_PATH=" + sdk);
  must(std::string(CACHIFY_CMAKE) + " --build " + build);

  const std::string plugin = build + "/expire-big";
  const json::value checked =
      document({"plugins", "inspect", plugin, "--check", "--untrusted"}, "plugins.inspect");
  EXPECT_TRUE(checked.at("check").at("passed").as_bool());

  fs::create_directories(dataDirectory() + "/plugins");
  fs::copy(plugin, dataDirectory() + "/plugins/expire-big");
  EXPECT_EQ(statusOfTemplate(), "untrusted");
  EXPECT_EQ(
      errorOf({"plugins", "inspect", "org.example.expire-big", "--check"}, 1).at("details").at("reason"),
      "untrusted");
  document({"plugins", "trust", "org.example.expire-big"}, "plugins.inspect");
  EXPECT_EQ(statusOfTemplate(), "trusted");
  document({"plugins", "inspect", "org.example.expire-big", "--check"}, "plugins.inspect");

  std::fstream library(dataDirectory() + "/plugins/expire-big/expire-big.so",
                       std::ios::in | std::ios::out | std::ios::binary);
  library.seekp(64);
  const int before = library.peek();
  library.put(static_cast<char>(before ^ 1));
  library.close();
  EXPECT_EQ(statusOfTemplate(), "refused");
  EXPECT_EQ(
      errorOf({"plugins", "inspect", "org.example.expire-big", "--check"}, 1).at("details").at("reason"),
      "changed");
}

}  // namespace
}  // namespace cachify::test
