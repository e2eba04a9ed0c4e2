#include <signal.h>

#include <fstream>
#include <future>
#include <random>
#include <thread>

#include "faults/log_faults.hpp"

namespace cachify::log::test {
namespace {

using namespace std::chrono_literals;

void appendFrom(int processes) {
  const TempFolder folder;
  const std::string directory = (folder / "log").string();
  std::vector<std::unique_ptr<Writer>> writers;
  for (int i = 0; i < processes; ++i) {
    writers.push_back(
        std::make_unique<Writer>(std::vector<std::string>{"append", directory, std::to_string(i + 1), "60"}));
  }
  std::vector<Acknowledged> acknowledged;
  for (const auto& writer : writers) {
    for (const std::string& line : writer->finish()) acknowledged.push_back(parseAcknowledged(line));
    EXPECT_EQ(writer->exitStatus(), 0);
  }
  EXPECT_EQ(acknowledged.size(), static_cast<std::size_t>(processes) * 3 * 60);
  expectWhole(directory, acknowledged);
}

TEST(LogOfManyProcesses, TwoAppendAtOnceWithoutGapsOrLosses) {
  appendFrom(2);
}

TEST(LogOfManyProcesses, FourAppendAtOnceWithoutGapsOrLosses) {
  appendFrom(4);
}

TEST(LogOfManyProcesses, VerifyHoldsWhileOthersAppend) {
  const TempFolder folder;
  const std::string directory = (folder / "log").string();
  Writer writer({"append", directory, "1", "0"});
  ASSERT_FALSE(writer.line().empty());
  Position before = 0;
  for (int i = 0; i < 10; ++i) {
    const auto report = require(verifyLog(checkerPath(), directory));
    EXPECT_TRUE(report.ok) << describe(report);
    EXPECT_GE(report.lastPosition, before);
    before = report.lastPosition;
    for (int line = 0; line < 50; ++line) ASSERT_FALSE(writer.line().empty());
  }
}

void expectSalvaged(const std::filesystem::path& directory, const std::filesystem::path& into,
                    const std::vector<Acknowledged>& acknowledged) {
  const auto report = require(salvageLog(checkerPath(), directory, into));
  EXPECT_TRUE(report.missing.empty());
  expectWhole(into, acknowledged);
}

/// Without meta pages nothing tells what the killed writers had written and not committed, but the chain.
/// Where the second frame of a commit that never was is in the file and the first is not, that is a gap like
/// any other; it lies behind all that was acknowledged.
void expectSalvagedWithoutMetaPages(const std::filesystem::path& directory, const std::filesystem::path& into,
                                    const std::vector<Acknowledged>& acknowledged) {
  std::fstream(directory / "data.mdb", std::ios::in | std::ios::out | std::ios::binary)
      << std::string(8192, '\0');
  const auto report = require(salvageLog(checkerPath(), directory, into));
  if (report.missing.empty()) return expectWhole(into, acknowledged);
  for (const auto& frame : acknowledged) EXPECT_LT(frame.last, report.missing.front().first);
}

TEST(LogKilled, KeepsEveryAcknowledgedEventWhereverItIsKilled) {
  std::mt19937_64 random(faultSeed());
  const TempFolder folder;
  const std::filesystem::path directory = folder / "log";
  std::vector<Acknowledged> acknowledged;
  const int rounds = faultRounds(30);
  for (int round = 0; round < rounds; ++round) {
    {
      Writer writer({"append", directory.string(), std::to_string(random() % 1'000'000), "0"});
      // Killed after a number of answers and then some microseconds: anywhere in a commit.
      const int answers = static_cast<int>(random() % 40);
      for (int i = 0; i < answers; ++i) {
        const std::string line = writer.line();
        ASSERT_FALSE(line.empty());
        acknowledged.push_back(parseAcknowledged(line));
      }
      const timespec moment{.tv_sec = 0, .tv_nsec = static_cast<long>(random() % 3'000'000)};
      ::nanosleep(&moment, nullptr);
      writer.signal(SIGKILL);
      for (const std::string& line : writer.finish()) acknowledged.push_back(parseAcknowledged(line));
    }
    if (round % 5 == 4 || round == rounds - 1) {
      expectWhole(directory, acknowledged);
      if (::testing::Test::HasFailure()) return;
    }
  }
  EXPECT_GT(acknowledged.size(), 0U);
  expectSalvaged(directory, folder / "salvaged", acknowledged);
  expectSalvagedWithoutMetaPages(directory, folder / "salvaged-headless", acknowledged);
}

class LockHeld : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(openLog(directory_));
    holder_ = std::make_unique<Writer>(std::vector<std::string>{"hold", directory_.string()});
    ASSERT_EQ(holder_->line(), "held");
    log_ = require(
        EventLog::open({.directory = directory_, .mapSizeBytes = kTestMapBytes, .lockPatience = 300ms}));
  }

  TempFolder folder_;
  std::filesystem::path directory_ = folder_ / "log";
  std::unique_ptr<Writer> holder_;
  std::unique_ptr<EventLog> log_;
};

TEST_F(LockHeld, AnAppendGivesUpAndNamesTheHolder) {
  const auto started = std::chrono::steady_clock::now();
  const auto refused = log_->append(request("a", {"x"}));
  EXPECT_LT(std::chrono::steady_clock::now() - started, 10s);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::timeout);
  EXPECT_EQ(detailOr<std::int64_t>(refused.error(), "holderPid", 0), holder_->pid());
  EXPECT_TRUE(require(log_->framesFrom(1, 1)).empty()) << "reading goes on";
}

TEST_F(LockHeld, WhatGaveUpIsNeverWrittenAndWhatComesAfterIs) {
  std::vector<std::future<Result<AppendReceipt>>> answers;
  for (int i = 0; i < 3; ++i) {
    auto promise = std::make_shared<std::promise<Result<AppendReceipt>>>();
    answers.push_back(promise->get_future());
    log_->appendAsync(request("withdrawn", {"x"}),
                      [promise](Result<AppendReceipt> r) { promise->set_value(std::move(r)); });
  }
  for (auto& answer : answers) {
    ASSERT_EQ(answer.wait_for(30s), std::future_status::ready);
    EXPECT_EQ(answer.get().error().code, ErrorCode::timeout);
  }
  holder_.reset();  // killed with the lock in its hand
  const auto receipt = log_->append(request("a", {"y"}));
  ASSERT_TRUE(receipt) << receipt.error().message;
  EXPECT_EQ(receipt->first, 1U);
  EXPECT_EQ(require(log_->streamVersion("withdrawn")), 0U);
}

TEST_F(LockHeld, ClosingDoesNotWaitForEver) {
  AppendRequest soon = request("a", {"x"});
  soon.durability = Durability::soon;
  require(log_->append(std::move(soon)));
  const auto started = std::chrono::steady_clock::now();
  log_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - started, 10s);
}

TEST(LogStopped, AStopSignalWaitsForTheEndOfTheTransaction) {
  const TempFolder folder;
  const std::filesystem::path directory = folder / "log";
  Writer writer({"stoppable", directory.string()});
  ASSERT_FALSE(writer.line().empty());
  auto log =
      require(EventLog::open({.directory = directory, .mapSizeBytes = kTestMapBytes, .lockPatience = 5s}));
  std::mt19937_64 random(faultSeed());
  for (int round = 0; round < faultRounds(40); ++round) {
    for (int i = 0; i < 10; ++i) ASSERT_FALSE(writer.line().empty());
    const timespec moment{.tv_sec = 0, .tv_nsec = static_cast<long>(random() % 2'000'000)};
    ::nanosleep(&moment, nullptr);
    writer.signal(SIGTSTP);
    ASSERT_TRUE(writer.waitUntilStopped());
    const auto receipt = log->append(request("a", {"x"}));
    ASSERT_TRUE(receipt) << receipt.error().message;
    writer.signal(SIGCONT);
    // Lines may still lie in the pipe from before: only a new event shows that it runs again.
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (require(log->head()).lastPosition == receipt->last) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
      std::this_thread::sleep_for(1ms);
    }
  }
}

}  // namespace
}  // namespace cachify::log::test
