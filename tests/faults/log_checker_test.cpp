// What the engine makes of a checking child that dies, talks nonsense, or is not there.

#include <fstream>

#include "faults/log_faults.hpp"

namespace cachify::log::test {
namespace {

class FakeChecker : public ::testing::Test {
 protected:
  std::filesystem::path script(const std::string& body) {
    const auto path = folder_ / "checker";
    std::ofstream(path) << "#!/bin/sh\n" << body << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }
  TempFolder folder_;
};

TEST_F(FakeChecker, DeathBySignalIsStructuralDamageBehindTheLastPosition) {
  const auto report =
      require(verifyLog(script("echo at 17 >&2; echo at 42 >&2; kill -BUS $$"), folder_ / "log"));
  EXPECT_FALSE(report.ok);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems[0].kind, "structure");
  EXPECT_EQ(report.problems[0].position, 42U);
  EXPECT_NE(report.problems[0].message.find("SIGBUS"), std::string::npos);
}

TEST_F(FakeChecker, GarbageIsNoAnswer) {
  for (const char* body : {"echo nonsense", "exit 3", "echo '[1,2]'", "echo '{\"ok\":true' ; exit 0"}) {
    const auto report = require(verifyLog(script(body), folder_ / "log"));
    EXPECT_FALSE(report.ok) << body;
    EXPECT_EQ(report.problems.at(0).kind, "structure");
  }
  EXPECT_FALSE(salvageLog(script("kill -SEGV $$"), folder_ / "log", folder_ / "new"));
}

TEST_F(FakeChecker, OneThatIsNotThereIsAnError) {
  EXPECT_FALSE(verifyLog(folder_ / "nowhere", folder_ / "log"));
}

TEST(Checker, ALogThatIsNotThereIsNotFound) {
  const TempFolder folder;
  EXPECT_EQ(verifyLog(checkerPath(), folder / "log").error().code, ErrorCode::notFound);
  EXPECT_EQ(salvageLog(checkerPath(), folder / "log", folder / "new").error().code, ErrorCode::notFound);
}

}  // namespace
}  // namespace cachify::log::test
