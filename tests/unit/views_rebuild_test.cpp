// The same log gives the same rows: rebuilt or grown, in whatever batches.

#include <gtest/gtest.h>
// after GoogleTest, whose names it uses
#include <rapidcheck/gtest.h>

#include "unit/views_log.hpp"
#include "views/database.hpp"
#include "views/history_events.hpp"
#include "views/migrations.hpp"

namespace cachify::views {
namespace {

using namespace std::chrono_literals;
using namespace test;

std::string digestFedInBatchesOf(MemoryLog& log, std::size_t frames) {
  const TempFolder folder;
  MemoryLog empty;
  auto models = openViews(folder / "views", empty);
  models.reset();
  log.framesPerBatch = frames;
  models = openViews(folder / "views", log);
  holds(models->catchUp(kAll));
  return digestOf(*models);
}

TEST(Rebuild, TwiceGivesTheSameDigestAsGrowing) {
  const TempFolder folder;
  MemoryLog log;
  const auto models = openViews(folder / "views", log);
  fillLog(log, 50);
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  const std::string grown = digestOf(*models);
  const auto first = require(models->rebuild());
  const auto second = require(models->rebuild());
  EXPECT_EQ(first.digest, grown);
  EXPECT_EQ(second.digest, grown);
  EXPECT_EQ(first.events, require(log.head()).lastPosition);
  EXPECT_EQ(digestOf(*models), grown);
}

RC_GTEST_PROP(Projection, GivesTheSameRowsForAnySplitIntoBatches, ()) {
  MemoryLog log;
  const auto rounds = *rc::gen::inRange(1U, 30U);
  fillLog(log, rounds);
  log.framesPerBatch = 1'000'000;
  const std::string whole = digestFedInBatchesOf(log, 1'000'000);
  const auto split = *rc::gen::inRange<std::size_t>(1, 12);
  RC_ASSERT(digestFedInBatchesOf(log, split) == whole);
}

TEST(Rebuild, DigestTellsRowsApart) {
  const auto digestWith = [](const std::string& action) {
    const TempFolder folder;
    MemoryLog log;
    log.append(operationOf<events::OperationCompleted>(1, action, "k", 1ms));
    const auto models = openViews(folder / "views", log);
    return require(models->rebuild()).digest;
  };
  EXPECT_EQ(digestWith("keys.get"), digestWith("keys.get"));
  EXPECT_NE(digestWith("keys.get"), digestWith("keys.set"));
}

TEST(Rebuild, IndexesTheSearchAndAllTablesAnew) {
  const TempFolder folder;
  MemoryLog log;
  fillLog(log, 5);
  const auto models = openViews(folder / "views", log);
  const auto found = [&] {
    return ask(*models, &listHistory, HistoryFilter{.text = "user:1003"}).rows.size();
  };
  require(models->rebuild());
  EXPECT_EQ(found(), 1U);
  EXPECT_TRUE(holds(models->read([](sqlite3& db) -> Result<void> {
    const auto indexes =
        numberOf(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
    EXPECT_GT(require(indexes), 10);
    return {};
  })));
  fillLog(log, 5);
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  EXPECT_EQ(found(), 2U);
}

TEST(Rebuild, LeavesOneGenerationBehind) {
  const TempFolder folder;
  MemoryLog log;
  fillLog(log, 2);
  const auto models = openViews(folder / "views", log);
  for (int i = 0; i < 3; ++i) {
    require(models->rebuild());
    ASSERT_TRUE(holds(models->catchUp(kAll)));
  }
  openViews(folder / "views", log);
  std::size_t generations = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "views"))
    generations += entry.is_directory() ? 1 : 0;
  EXPECT_EQ(generations, 1U);
}

TEST(Rebuild, KeepsTheOldRowsWhenTheLogIsDamaged) {
  const TempFolder folder;
  MemoryLog log;
  fillLog(log, 5);
  const auto models = openViews(folder / "views", log);
  ASSERT_TRUE(holds(models->catchUp(kAll)));
  const std::string before = digestOf(*models);
  log.damagedFrom = 10;
  EXPECT_FALSE(models->rebuild());
  EXPECT_EQ(digestOf(*models), before);
}

TEST(Replay, StandsAsOfAPositionOrATime) {
  const TempFolder folder;
  MemoryLog log;
  fillLog(log, 20);
  MemoryLog shorter;
  for (const auto& frame : log.frames()) {
    if (frame.lastPosition() <= 30) shorter.append(frame);
  }
  const auto limit = require(shorter.head()).lastPosition;
  const auto models = openViews(folder / "views", log);
  const auto replayed = require(models->replayInto(folder / "asof.sqlite", {.position = limit}));
  EXPECT_EQ(replayed.events, limit);
  EXPECT_EQ(replayed.digest, require(openViews(folder / "shorter", shorter)->rebuild()).digest);
  EXPECT_EQ(models->replayInto(folder / "asof.sqlite", {}).error().code, ErrorCode::conflict);

  const auto none = require(models->replayInto(folder / "never.sqlite", {.time = testEpoch() - 1s}));
  EXPECT_EQ(none.digest, require(openViews(folder / "none", MemoryLog())->rebuild()).digest);
}

TEST(Migrations, AreAppliedToAnOlderFileAfterACopyOfIt) {
  const TempFolder folder;
  const auto database = Database::open(folder / "old.sqlite", Database::Use::building);
  ASSERT_TRUE(database);
  sqlite3& db = database->handle();
  ASSERT_TRUE(holds(migrate(db, migrations().first(1))));
  ASSERT_TRUE(holds(executeSql(db, "INSERT INTO history_hours VALUES (1, 2, 3, 4)")));
  EXPECT_EQ(require(schemaVersionOf(db)), 1U);

  ASSERT_TRUE(holds(migrateWithBackup(db, folder.path(), migrations())));
  EXPECT_EQ(require(schemaVersionOf(db)), schemaVersion());
  EXPECT_EQ(require(numberOf(db, "SELECT last_position FROM history_hours")), 3);
  EXPECT_EQ(require(numberOf(db, "SELECT count(*) FROM rollup_day")), 0);

  const auto copy = Database::open(folder / "before-v1.sqlite", Database::Use::shared);
  ASSERT_TRUE(copy);
  EXPECT_EQ(require(schemaVersionOf(copy->handle())), 1U);
  EXPECT_EQ(require(numberOf(copy->handle(), "SELECT last_position FROM history_hours")), 3);
}

TEST(Migrations, AFailedOneLeavesTheFileAtTheVersionBefore) {
  const TempFolder folder;
  const auto database = Database::open(folder / "file.sqlite", Database::Use::building);
  ASSERT_TRUE(database);
  sqlite3& db = database->handle();
  ASSERT_TRUE(holds(executeSql(db, "PRAGMA journal_mode = DELETE")));
  const std::vector<Migration> broken{{1, "0001_good.sql", "CREATE TABLE a (x);"},
                                      {2, "0002_bad.sql", "CREATE TABLE b (x); CREATE TABLE b (x);"}};
  const auto failed = migrate(db, broken);
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().message.find("0002_bad.sql"), std::string::npos);
  EXPECT_EQ(require(schemaVersionOf(db)), 1U);
  EXPECT_EQ(require(numberOf(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'")), 0);
}

}  // namespace
}  // namespace cachify::views
