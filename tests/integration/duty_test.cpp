// What one process of a data directory does for all: who does it, and when.

#include <gmock/gmock.h>

#include <atomic>

#include "support/engine_fixture.hpp"
#include "support/wait_for.hpp"
#include "views/file_lock.hpp"

namespace cachify::actions {
namespace {

using namespace std::chrono_literals;
using views::FileLock;

class DutyLease : public test::EngineFixture {
 protected:
  DutyLease() {
    add("counting", 20ms, [this](std::stop_token) -> Task<void> {
      ++rounds_;
      co_return Result<void>();
    });
  }
  ~DutyLease() override { engine_.reset(); }

  void add(std::string name, std::chrono::milliseconds period,
           std::function<Task<void>(std::stop_token)> work) {
    engine_->duty().add({std::move(name), period, std::move(work)});
  }
  /// As another process would: a lock on a descriptor of its own.
  std::optional<FileLock> tryLock() const {
    return *FileLock::tryTake(data_ / "data/duty.lock", FileLock::Kind::exclusive);
  }
  Result<bool> begin() { return engine_->wait(engine_->duty().begin()); }
  Result<bool> once(const std::string& chore) { return engine_->wait(engine_->duty().once(chore, 2s)); }

  std::atomic<int> rounds_ = 0;
};

TEST_F(DutyLease, IsHeldByWhoAsksFirstAndGivenBackAtTheEnd) {
  EXPECT_TRUE(begin().value());
  EXPECT_TRUE(begin().value()) << "asked for twice";
  EXPECT_FALSE(tryLock());
  test::waitFor([this] { return rounds_ >= 3; }, "three rounds");
  engine_.reset();
  EXPECT_TRUE(tryLock());
}

TEST_F(DutyLease, OfAnotherProcessMeansNoChoresUntilItEnds) {
  auto other = tryLock();
  ASSERT_TRUE(other);
  EXPECT_FALSE(begin().value());
  EXPECT_FALSE(once("counting").value());
  EXPECT_EQ(rounds_, 0);
  other.reset();
  test::waitFor([this] { return rounds_ >= 2; }, "rounds once the lease is free");
}

TEST_F(DutyLease, IsTakenForOneRoundAndGivenBack) {
  EXPECT_TRUE(once("counting").value());
  EXPECT_EQ(rounds_, 1);
  EXPECT_TRUE(tryLock());
  EXPECT_FALSE(once("nothing of this name").value());
}

TEST_F(DutyLease, StopsARoundOfOneMomentThatTakesTooLong) {
  add("sleeping", 1h, [](std::stop_token stop) { return sleepFor(1h, stop); });
  const auto ran = engine_->wait(engine_->duty().once("sleeping", 50ms));
  ASSERT_FALSE(ran);
  EXPECT_EQ(ran.error().code, ErrorCode::timeout);
}

TEST_F(DutyLease, GoesOnAfterARoundThatFailed) {
  std::atomic<int> tried = 0;
  add("failing", 10ms, [&tried](std::stop_token) -> Task<void> {
    ++tried;
    co_return fail(ErrorCode::internalError, "this round went wrong");
  });
  ASSERT_TRUE(begin());
  test::waitFor([&tried] { return tried >= 3; }, "three tries");
  engine_.reset();
}

TEST_F(DutyLease, DoesNotHoldUpTheEndOfItsProcess) {
  add("sleeping", 1h, [](std::stop_token stop) { return sleepFor(1h, stop); });
  ASSERT_TRUE(begin());
  const auto start = std::chrono::steady_clock::now();
  engine_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
}

}  // namespace
}  // namespace cachify::actions
