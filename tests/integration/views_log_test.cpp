// The read models over the real log, in this process and beside others.

#include "unit/views_log.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "log/event_log.hpp"
#include "views/history_events.hpp"

namespace cachify::views {
namespace {

using namespace std::chrono_literals;
using namespace test;

constexpr std::uint64_t kMapBytes = 1ULL << 30;

std::unique_ptr<log::EventLog> openLog(const std::filesystem::path& directory) {
  return require(log::EventLog::open({.directory = directory, .mapSizeBytes = kMapBytes}));
}

/// Appends one frame of `count` operations and answers its last position.
log::Position appendOperations(log::EventLog& log, std::size_t count, const std::string& key) {
  log::FrameDraft draft{.stream = "operations",
                        .type = static_cast<std::uint16_t>(events::EventType::operationCompleted),
                        .schemaVersion = events::specOf(events::EventType::operationCompleted).schemaVersion,
                        .firstEventId = Uuid::makeV7(SystemClock().now()),
                        .recordedAt = SystemClock().now(),
                        .actor = {.osUser = "ada", .host = "engine-room", .surface = "cli"}};
  for (std::size_t i = 0; i < count; ++i) {
    draft.payloads.push_back(encode(operationOf<events::OperationCompleted>(1, "keys.get", key, 1ms)));
  }
  log::AppendRequest request;
  request.frames.push_back(std::move(draft));
  return require(log.append(std::move(request))).last;
}

std::size_t rowsOf(ReadModels& models, const std::string& key) {
  return ask(models, &listHistory, HistoryFilter{.text = key, .limit = 1'000}).rows.size();
}

TEST(ViewsOverTheLog, ShowEveryAppendThatWasWaitedFor) {
  const TempFolder folder;
  const auto log = openLog(folder / "log");
  const auto models = openViews(folder / "views", *log);
  for (int i = 0; i < 20; ++i) {
    const std::string key = "key" + std::to_string(i) + "x";
    ASSERT_TRUE(holds(models->catchUp(appendOperations(*log, 3, key))));
    EXPECT_EQ(rowsOf(*models, key), 3U);
  }
  const auto status = require(models->status());
  EXPECT_EQ(status.position, 60U);
  EXPECT_EQ(status.lag(), 0U);
  EXPECT_EQ(digestOf(*models), require(models->rebuild()).digest);
}

TEST(ViewsOverTheLog, AreBuiltAnewForALogThatTookThePlaceOfTheirs) {
  const TempFolder folder;
  {
    const auto log = openLog(folder / "log");
    openViews(folder / "views", *log)->catchUp(appendOperations(*log, 5, "first"));
  }
  const auto other = openLog(folder / "other");
  appendOperations(*other, 7, "second");
  const auto models = openViews(folder / "views", *other);
  EXPECT_EQ(rowsOf(*models, "first"), 0U);
  EXPECT_EQ(rowsOf(*models, "second"), 7U);
}

TEST(ViewsOverTheLog, FourProcessesAppendAndProjectAtOnceAndEachSeesItsOwn) {
  constexpr int kProcesses = 4;
  constexpr int kAppends = 40;
  const TempFolder folder;
  openLog(folder / "log").reset();
  std::vector<pid_t> children;
  for (int p = 0; p < kProcesses; ++p) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      const auto log = openLog(folder / "log");
      const auto models = openViews(folder / "views", *log);
      const std::string key = "process" + std::to_string(p) + "x";
      bool sawAll = true;
      for (std::size_t i = 1; i <= kAppends; ++i) {
        sawAll =
            holds(models->catchUp(appendOperations(*log, 1, key))) && rowsOf(*models, key) == i && sawAll;
      }
      ::_exit(sawAll ? 0 : 1);
    }
    children.push_back(pid);
  }
  for (const pid_t pid : children) {
    int status = -1;
    ::waitpid(pid, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  const auto log = openLog(folder / "log");
  const auto models = openViews(folder / "views", *log);
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  EXPECT_EQ(require(models->status()).position, static_cast<log::Position>(kProcesses * kAppends));
  EXPECT_EQ(digestOf(*models), require(models->rebuild()).digest);
}

}  // namespace
}  // namespace cachify::views
