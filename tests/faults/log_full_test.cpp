#include <future>

#include "faults/log_faults.hpp"

namespace cachify::log::test {
namespace {

constexpr std::uint64_t kSmallMap = 2ULL << 20;

std::uint64_t fill(EventLog& log) {
  std::uint64_t written = 0;
  for (;;) {
    const auto receipt = log.append(request("a", {std::string(20'000, 'x')}));
    if (!receipt) {
      EXPECT_TRUE(detailOr(receipt.error(), "full", false)) << receipt.error().message;
      return written;
    }
    ++written;
  }
}

TEST(LogMapFull, IsAClearErrorAndReadingGoesOn) {
  const TempFolder folder;
  const std::filesystem::path directory = folder / "log";
  std::uint64_t written = 0;
  {
    const auto log = openLog(directory, kSmallMap);
    written = fill(*log);
    EXPECT_GT(written, 20U);
    EXPECT_EQ(require(log->framesFrom(1, 1U << 30)).size(), written);
    EXPECT_EQ(require(log->head()).lastPosition, written);
  }
  const auto report = require(verifyLog(checkerPath(), directory));
  EXPECT_TRUE(report.ok) << describe(report);
  const auto larger = openLog(directory);
  EXPECT_EQ(require(larger->append(request("a", {"there is room again"}))).first, written + 1);
}

TEST(LogMapFull, OnlyTheRequestThatDoesNotFitFails) {
  const TempFolder folder;
  const auto log = openLog(folder / "log", kSmallMap);
  std::vector<std::future<Result<AppendReceipt>>> answers;
  for (int i = 0; i < 30; ++i) {
    auto promise = std::make_shared<std::promise<Result<AppendReceipt>>>();
    answers.push_back(promise->get_future());
    log->appendAsync(request("a", {i == 15 ? std::string(kSmallMap, 'x') : "small"}),
                     [promise](Result<AppendReceipt> r) { promise->set_value(std::move(r)); });
  }
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto answer = answers[i].get();
    EXPECT_EQ(answer.has_value(), i != 15) << i;
    EXPECT_TRUE(answer || detailOr(answer.error(), "full", false)) << answer.error().message;
  }
  EXPECT_EQ(require(log->head()).lastPosition, 29U);
}

TEST(LogDiskFull, IsAClearErrorReadingGoesOnAndSoDoesWritingWhenThereIsRoom) {
  const TempFolder folder;
  Writer writer({"small-disk", (folder / "disk").string()});
  const auto lines = writer.finish();
  ASSERT_EQ(lines.size(), 4U) << (lines.empty() ? "" : lines.front());
  EXPECT_TRUE(lines[0].starts_with("refused full=true")) << lines[0];
  EXPECT_EQ(lines[1], "readable true");
  EXPECT_EQ(lines[2], "recovered true");
  EXPECT_EQ(lines[3], "verified true");
}

}  // namespace
}  // namespace cachify::log::test
