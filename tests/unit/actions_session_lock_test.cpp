#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "actions/session_lock.hpp"
#include "support/child_process.hpp"

namespace cachify::actions {
namespace {

SessionId newId() {
  return SessionId::make(SystemClock().now());
}

TEST(SessionLock, LivingSessionIsNeverTakenForDead) {
  const test::TemporaryDirectory directory;
  const auto mine = SessionLock::create(directory.path(), newId());
  ASSERT_TRUE(mine);
  const auto dead = SessionLock::takeDead(directory.path());
  ASSERT_TRUE(dead);
  EXPECT_TRUE(dead->empty());
}

TEST(SessionLock, SessionOfAKilledProcessIsTakenByExactlyOne) {
  const test::TemporaryDirectory directory;
  const SessionId id = newId();
  const pid_t child = fork();
  if (child == 0) {
    const auto lock = SessionLock::create(directory.path(), id);
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
  auto first = SessionLock::takeDead(directory.path());
  ASSERT_TRUE(first);
  ASSERT_EQ(first->size(), 1U);
  EXPECT_EQ(first->front().id(), id);
  EXPECT_TRUE(SessionLock::takeDead(directory.path())->empty());
  first->front().retire();
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(SessionLock, RetiredSessionLeavesNoFile) {
  const test::TemporaryDirectory directory;
  auto lock = SessionLock::create(directory.path(), newId());
  ASSERT_TRUE(lock);
  EXPECT_FALSE(std::filesystem::is_empty(directory.path()));
  lock->retire();
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(SessionLock, OthersReadWhatALivingSessionKeepsOpenAndNothingOfADeadOne) {
  const test::TemporaryDirectory directory;
  const SessionId me = newId();
  const auto one = ConnectionId::make(SystemClock().now());
  const auto two = ConnectionId::make(SystemClock().now());
  {
    auto other = SessionLock::create(directory.path(), newId());
    ASSERT_TRUE(other);
    EXPECT_TRUE(SessionLock::openElsewhere(directory.path(), me).empty());
    ASSERT_TRUE(other->sayOpen({one, two}));
    EXPECT_EQ(SessionLock::openElsewhere(directory.path(), me), (std::set{one, two}));
    EXPECT_TRUE(SessionLock::openElsewhere(directory.path(), other->id()).empty()) << "its own";
    ASSERT_TRUE(other->sayOpen({two}));
    EXPECT_EQ(SessionLock::openElsewhere(directory.path(), me), std::set{two});
  }
  EXPECT_TRUE(SessionLock::openElsewhere(directory.path(), me).empty()) << "it ended, its file stays";
  EXPECT_EQ(SessionLock::takeDead(directory.path())->size(), 1U);
}

TEST(SessionLock, UnretiredSessionStaysForTheNextProcessToLookAt) {
  const test::TemporaryDirectory directory;
  const SessionId id = newId();
  { const auto lock = SessionLock::create(directory.path(), id); }
  const auto dead = SessionLock::takeDead(directory.path());
  ASSERT_EQ(dead->size(), 1U);
  EXPECT_EQ(dead->front().id(), id);
}

}  // namespace
}  // namespace cachify::actions
