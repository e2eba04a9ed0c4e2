// The database file of the read models is removed, cut, replaced, overwritten, or another log's: the answers
// stay right, while it is open and when it is opened.

#include <sqlite3.h>

#include <fstream>
#include <functional>

#include "unit/views_log.hpp"
#include "views/history_events.hpp"

namespace cachify::views {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using namespace test;

struct Damage {
  std::string name;
  std::function<void(const fs::path& views)> inflict;
};

fs::path fileOf(const fs::path& views) {
  return currentOf(views) / "views.sqlite";
}

void overwrite(const fs::path& file, std::streamoff at, const std::string& bytes) {
  std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
  out.seekp(at);
  out << bytes;
}

/// A sound database with our tables and our mark, but of an empty log with another id.
void replaceByForeign(const fs::path& views) {
  const TempFolder elsewhere;
  const MemoryLog foreign(idOf(0xF0));
  openViews(elsewhere / "views", foreign).reset();
  fs::copy_file(fileOf(elsewhere / "views"), fileOf(views), fs::copy_options::overwrite_existing);
}

void PrintTo(const Damage& damage, std::ostream* out) {
  *out << damage.name;
}

class DamagedViews : public ::testing::TestWithParam<Damage> {
 protected:
  void SetUp() override {
    fillLog(log_, 30);
    const MemoryLog sameLog;
    expected_ = require(openViews(folder_ / "expected", log_)->rebuild()).digest;
    views_ = folder_ / "views";
    openViews(views_, log_).reset();
  }
  void expectRightAnswers(ReadModels& models) {
    EXPECT_TRUE(holds(models.catchUp(kAll)));
    EXPECT_EQ(digestOf(models), expected_);
    EXPECT_EQ(ask(models, &listHistory, HistoryFilter{.text = "user:1003"}).rows.size(), 1U);
  }

  TempFolder folder_;
  MemoryLog log_;
  fs::path views_;
  std::string expected_;
};

TEST_P(DamagedViews, AreRebuiltWhenOpened) {
  GetParam().inflict(views_);
  const auto models = openViews(views_, log_);
  expectRightAnswers(*models);
}

TEST_P(DamagedViews, AreRebuiltWhileOpen) {
  const auto models = openViews(views_, log_);
  expectRightAnswers(*models);
  GetParam().inflict(views_);
  expectRightAnswers(*models);
}

TEST_P(DamagedViews, AreRebuiltBeforeAQueryThatDoesNotCatchUpFirst) {
  const auto models = openViews(views_, log_);
  GetParam().inflict(views_);
  EXPECT_EQ(digestOf(*models), expected_);
}

INSTANTIATE_TEST_SUITE_P(
    Files, DamagedViews,
    ::testing::Values(
        Damage{"DatabaseDeleted", [](const auto& views) { fs::remove(fileOf(views)); }},
        Damage{"GenerationDeleted", [](const auto& views) { fs::remove_all(currentOf(views)); }},
        Damage{"WholeFolderDeleted", [](const auto& views) { fs::remove_all(views); }},
        Damage{"NameDeleted", [](const auto& views) { fs::remove(views / "CURRENT"); }},
        Damage{"NameIsGarbage",
               [](const auto& views) { std::ofstream(views / "CURRENT") << "../../etc/passwd\n"; }},
        Damage{"CutToNothing", [](const auto& views) { fs::resize_file(fileOf(views), 0); }},
        Damage{"CutInTheMiddle",
               [](const auto& views) { fs::resize_file(fileOf(views), fs::file_size(fileOf(views)) / 2); }},
        Damage{"HeaderIsGarbage",
               [](const auto& views) { overwrite(fileOf(views), 0, std::string(4096, 'x')); }},
        Damage{"PageIsGarbage",
               [](const auto& views) { overwrite(fileOf(views), 3 * 4096, std::string(4096, '\x5a')); }},
        Damage{"ReplacedByGarbage",
               [](const auto& views) { std::ofstream(fileOf(views)) << std::string(100'000, 'g'); }},
        Damage{"ReplacedByAnotherLogs", &replaceByForeign}),
    [](const auto& param) { return param.param.name; });

class ReplacedViews : public ::testing::Test {
 protected:
  TempFolder folder_;
  MemoryLog log_;
};

// Of the same size and sound in every page: nothing in the file itself tells that it is old.
TEST_F(ReplacedViews, AnOlderCopyPutBackAfterACheckpointIsNotMixedWithTheNewerWal) {
  const auto views = folder_ / "views";
  auto models = openViews(views, log_);
  log_.append(events::ConnectionCreated{profileOf(1, "before")});
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  ASSERT_TRUE(holds(models->checkpoint()));
  fs::copy_file(fileOf(views), folder_ / "older");
  log_.append(events::ConnectionUpdated{profileOf(1, "after.")});
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  ASSERT_TRUE(holds(models->checkpoint()));
  ASSERT_EQ(fs::file_size(fileOf(views)), fs::file_size(folder_ / "older"));
  log_.append(events::AlertRaised{.title = "t", .message = "m", .source = "app"});
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  const std::string expected = digestOf(*models);

  fs::copy_file(folder_ / "older", fileOf(views), fs::copy_options::overwrite_existing);
  EXPECT_EQ(digestOf(*models), expected);
  fs::copy_file(folder_ / "older", fileOf(views), fs::copy_options::overwrite_existing);
  models.reset();
  EXPECT_EQ(digestOf(*openViews(views, log_)), expected);
}

TEST_F(ReplacedViews, AnOlderCopyOfTheWholeFolderCatchesUpWithoutARebuild) {
  const auto views = folder_ / "views";
  fillLog(log_, 10);
  openViews(views, log_).reset();
  fs::copy(views, folder_ / "older", fs::copy_options::recursive);
  for (const auto& entry : fs::recursive_directory_iterator(views)) {  // as a backup that keeps times does
    const auto copy = folder_ / "older" / fs::relative(entry.path(), views).string();
    fs::last_write_time(copy, entry.last_write_time());
  }
  fillLog(log_, 10);
  const std::string expected = require(openViews(views, log_)->rebuild()).digest;
  const auto models = openViews(folder_ / "older", log_);
  const auto generation = currentOf(folder_ / "older");
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  EXPECT_EQ(digestOf(*models), expected);
  EXPECT_EQ(currentOf(folder_ / "older"), generation);
}

TEST_F(ReplacedViews, RowsAheadOfACutLogAreRebuilt) {
  const auto views = folder_ / "views";
  fillLog(log_, 10);
  const auto models = openViews(views, log_);
  log_.cutAfter(20);
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  EXPECT_EQ(digestOf(*models), require(openViews(folder_ / "expected", log_)->rebuild()).digest);
}

TEST_F(ReplacedViews, RowsOfARewrittenHistoryAreRebuilt) {
  const auto views = folder_ / "views";
  fillLog(log_, 10);
  const auto models = openViews(views, log_);
  const auto length = require(log_.head()).lastPosition;
  log_.cutAfter(20);
  while (require(log_.head()).lastPosition < length + 5) {
    log_.append(events::AlertRaised{.title = "rewritten", .message = "m", .source = "app"});
  }
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  EXPECT_EQ(digestOf(*models), require(openViews(folder_ / "expected", log_)->rebuild()).digest);
}

void executeIn(const fs::path& file, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  sqlite3_close(db);
}

struct ForeignCheckpoint {
  std::string name;
  std::string sql;
};
void PrintTo(const ForeignCheckpoint& checkpoint, std::ostream* out) {
  *out << checkpoint.name;
}

class MisfitCheckpoint : public ReplacedViews, public ::testing::WithParamInterface<ForeignCheckpoint> {};

TEST_P(MisfitCheckpoint, MeansARebuild) {
  const auto views = folder_ / "views";
  fillLog(log_, 10);
  auto models = openViews(views, log_);
  const std::string expected = digestOf(*models);
  models.reset();
  const auto generation = currentOf(views);
  executeIn(fileOf(views), "DELETE FROM history_events;" + GetParam().sql);
  models = openViews(views, log_);
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  EXPECT_EQ(digestOf(*models), expected);
  EXPECT_NE(currentOf(views), generation);
}

INSTANTIATE_TEST_SUITE_P(
    Views, MisfitCheckpoint,
    ::testing::Values(
        ForeignCheckpoint{"OlderViews", "UPDATE projection_checkpoint SET views = 'history_events:0 '"},
        ForeignCheckpoint{"AnotherChain", "UPDATE projection_checkpoint SET chain = zeroblob(32)"},
        ForeignCheckpoint{"MalformedChain", "UPDATE projection_checkpoint SET chain = x'00'"},
        ForeignCheckpoint{"WithinAFrame", "UPDATE projection_checkpoint SET position = 4"},
        ForeignCheckpoint{"AheadOfTheLog", "UPDATE projection_checkpoint SET position = 1000000"},
        ForeignCheckpoint{"AnotherLog", "UPDATE projection_checkpoint SET log_id = randomblob(16)"},
        ForeignCheckpoint{"None", "DELETE FROM projection_checkpoint"},
        ForeignCheckpoint{"NewerSchema", "PRAGMA user_version = 9999"},
        ForeignCheckpoint{"NotOurs", "PRAGMA application_id = 1"},
        ForeignCheckpoint{"PassedOverByAnOlderProgram",
                          "UPDATE projection_checkpoint SET skipped = 1, catalogue = '1:1 '"}),
    [](const auto& param) { return param.param.name; });

TEST_F(ReplacedViews, AFileOfANewerProgramIsLeftToIt) {
  const auto views = folder_ / "views";
  fillLog(log_, 3);
  openViews(views, log_).reset();
  const auto newer = views / "g-018bcfe5-6800-7000-8000-000000000000-v9999";
  fs::rename(currentOf(views), newer);
  std::ofstream(views / "CURRENT") << newer.filename().string() << "\n";
  executeIn(newer / "views.sqlite", "PRAGMA user_version = 9999");
  const auto models = openViews(views, log_);
  require(models->rebuild());
  EXPECT_NE(currentOf(views), newer);
  EXPECT_TRUE(fs::exists(newer / "views.sqlite"));
}

TEST_F(ReplacedViews, AnUnchangedFileIsNotRebuiltOverManyCheckpoints) {
  const auto views = folder_ / "views";
  auto models = openViews(views, log_);
  const auto generation = currentOf(views);
  const auto other = openViews(views, log_);
  for (int i = 0; i < 20; ++i) {
    fillLog(log_, 3);
    ASSERT_TRUE(holds(models->catchUp(kAll)));
    ASSERT_TRUE(holds((i % 2 == 0 ? models : other)->checkpoint()));
    ASSERT_TRUE(holds(other->catchUp(kAll)));
    if (i % 5 == 0) models = openViews(views, log_);
  }
  EXPECT_EQ(digestOf(*models), digestOf(*other));
  EXPECT_EQ(currentOf(views), generation);
}

TEST_F(ReplacedViews, ACheckpointWhoseProcessDiedIsTakenForGoodAndFinished) {
  const auto views = folder_ / "views";
  fillLog(log_, 10);
  auto models = openViews(views, log_);
  const std::string expected = digestOf(*models);
  models.reset();
  const auto generation = currentOf(views);
  std::ofstream(generation / "stamp") << "checkpointing\n";
  fs::last_write_time(generation / "views.sqlite", fs::file_time_type::clock::now());
  models = openViews(views, log_);
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  EXPECT_EQ(digestOf(*models), expected);
  EXPECT_EQ(currentOf(views), generation);
  std::string stamp;
  std::getline(std::ifstream(generation / "stamp"), stamp);
  EXPECT_NE(stamp, "checkpointing");
}

}  // namespace
}  // namespace cachify::views
