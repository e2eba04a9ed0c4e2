// Several processes on one folder of read models, one that holds a lock for a while, and ones that are
// killed.

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <functional>
#include <random>
#include <thread>

#include "unit/views_log.hpp"
#include "views/database.hpp"
#include "views/history_events.hpp"

namespace cachify::views {
namespace {

using namespace std::chrono_literals;
using namespace test;

/// Runs `work` in a child process, which the kernel kills when the test dies. The child's answer is its exit
/// code.
class Child {
 public:
  explicit Child(const std::function<bool()>& work) : pid_(::fork()) {
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::_exit(work() && !::testing::Test::HasFailure() ? 0 : 1);
  }
  ~Child() {
    if (pid_ > 0) kill();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void kill() {
    ::kill(pid_, SIGKILL);
    static_cast<void>(wait());
  }
  bool wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t pid_;
};

class ManyProcesses : public ::testing::Test {
 protected:
  void SetUp() override {
    fillLog(log_, 400);
    log_.framesPerBatch = 20;
    expected_ = require(openViews(folder_ / "expected", log_)->rebuild()).digest;
  }
  [[nodiscard]] bool givesRightAnswers() const {
    const auto models = openViews(folder_ / "views", log_);
    return models != nullptr && holds(models->catchUp(kAll)) && digestOf(*models) == expected_;
  }
  /// A generation that has nothing yet, so that all rows come by catching up.
  void startEmpty() const {
    const MemoryLog empty;
    openViews(folder_ / "views", empty).reset();
  }
  [[nodiscard]] std::size_t generations() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "views"))
      count += entry.is_directory() ? 1 : 0;
    return count;
  }

  TempFolder folder_;
  MemoryLog log_;
  std::string expected_;
};

TEST_F(ManyProcesses, ProjectAtOnceAndLoseOrDoubleNothing) {
  startEmpty();
  const auto generation = currentOf(folder_ / "views");
  {
    std::vector<std::unique_ptr<Child>> children;
    for (int i = 0; i < 4; ++i)
      children.push_back(std::make_unique<Child>([&] { return givesRightAnswers(); }));
    for (auto& child : children) EXPECT_TRUE(child->wait());
  }
  EXPECT_TRUE(givesRightAnswers());
  EXPECT_EQ(currentOf(folder_ / "views"), generation);
}

TEST_F(ManyProcesses, StartingTogetherFromNothingAgreeOnOneGeneration) {
  {
    std::vector<std::unique_ptr<Child>> children;
    for (int i = 0; i < 4; ++i)
      children.push_back(std::make_unique<Child>([&] { return givesRightAnswers(); }));
    for (auto& child : children) EXPECT_TRUE(child->wait());
  }
  EXPECT_TRUE(givesRightAnswers());
  EXPECT_EQ(generations(), 1U);
}

TEST_F(ManyProcesses, ReadRightlyWhileOthersRebuild) {
  openViews(folder_ / "views", log_).reset();
  Child rebuilding([&] {
    const auto models = openViews(folder_ / "views", log_);
    for (int i = 0; i < 5; ++i) {
      if (require(models->rebuild()).digest != expected_) return false;
    }
    return true;
  });
  const auto models = openViews(folder_ / "views", log_);
  for (int i = 0; i < 30; ++i) EXPECT_EQ(digestOf(*models), expected_);
  EXPECT_TRUE(rebuilding.wait());
  EXPECT_EQ(digestOf(*models), expected_);
}

TEST_F(ManyProcesses, ReadWhatTheyWaitedForThoughAnotherSwapsInAGenerationThatIsBehind) {
  const auto views = folder_ / "views";
  const auto models = openViews(views, log_);
  MemoryLog earlier;
  for (const auto& frame : log_.frames()) {
    if (frame.lastPosition() > 100) break;
    earlier.append(frame);
  }
  ASSERT_TRUE(holds(models->catchUp(require(log_.head()).lastPosition)));
  // Another process began its rebuild when the log was shorter, and ends it now.
  {
    const auto other = openViews(folder_ / "other", earlier);
    const auto built = currentOf(folder_ / "other");
    std::filesystem::copy(built, views / built.filename(), std::filesystem::copy_options::recursive);
    std::filesystem::last_write_time(views / built.filename() / "views.sqlite",
                                     std::filesystem::last_write_time(built / "views.sqlite"));
    FILE* name = std::fopen((views / "CURRENT").c_str(), "w");
    std::fprintf(name, "%s\n", built.filename().c_str());
    std::fclose(name);
    ASSERT_EQ(currentOf(views), views / built.filename());
  }
  EXPECT_EQ(digestOf(*models), expected_);
}

/// Holds the write lock of the current generation from when it is made until it goes.
class WriteLock {
 public:
  explicit WriteLock(const std::filesystem::path& views) {
    EXPECT_EQ(::pipe(ready_), 0);
    child_ = std::make_unique<Child>([&] {
      sqlite3* db = nullptr;
      sqlite3_open((currentOf(views) / "views.sqlite").c_str(), &db);
      sqlite3_busy_timeout(db, 10'000);
      const bool locked = sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
      return ::write(ready_[1], locked ? "y" : "n", 1) == 1 && ::pause() == 0;
    });
    char answer = 0;
    EXPECT_EQ(::read(ready_[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
  }
  ~WriteLock() {
    child_.reset();
    ::close(ready_[0]);
    ::close(ready_[1]);
  }
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

 private:
  int ready_[2] = {-1, -1};
  std::unique_ptr<Child> child_;
};

TEST_F(ManyProcesses, WaitForALockAndNeverTakeItForDamage) {
  startEmpty();
  const auto views = folder_ / "views";
  const auto generation = currentOf(views);
  auto lock = std::make_unique<WriteLock>(views);
  const auto models = openViews(views, log_);
  EXPECT_EQ(ask(*models, &listHistory, HistoryFilter{}).rows.size(), 0U)
      << "reads go on under a writer's lock";
  std::jthread caughtUp([&] { EXPECT_TRUE(holds(models->catchUp(kAll))); });
  std::this_thread::sleep_for(Database::kPatience + 500ms);  // so that SQLite gives up waiting at least once
  lock.reset();
  caughtUp.join();
  EXPECT_EQ(digestOf(*models), expected_);
  EXPECT_EQ(currentOf(views), generation);
}

TEST_F(ManyProcesses, SurviveBeingKilledAtAnyMomentOfRebuildingAndFeeding) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const char* const wanted = std::getenv("CACHIFY_FAULT_ROUNDS");
  const int rounds = wanted == nullptr ? 60 : std::atoi(wanted);
  for (int round = 0; round < rounds; ++round) {
    if (round % 3 == 0) std::filesystem::remove_all(folder_ / "views");
    if (round % 3 == 1) startEmpty();
    {
      Child child([&] {
        const auto models = openViews(folder_ / "views", log_);
        while (holds(models->catchUp(kAll)) && holds(models->checkpoint()) && models->rebuild()) {
        }
        return false;
      });
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 150'000));
    }
    ASSERT_TRUE(givesRightAnswers()) << "round " << round;
  }
  openViews(folder_ / "views", log_).reset();
  EXPECT_EQ(generations(), 1U) << "what killed rebuilds left behind was not removed";
}

}  // namespace
}  // namespace cachify::views
