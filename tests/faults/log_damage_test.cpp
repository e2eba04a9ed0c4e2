#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "faults/damaged_log.hpp"
#include "log/check/snapshot.hpp"
#include "log/chunk_codec.hpp"
#include "log/frame_codec.hpp"
#include "log/wire.hpp"

namespace cachify::log::test {
namespace {

TEST_F(DamagedLog, IsSoundToBeginWith) {
  const auto report = require(verifyLog(checkerPath(), directory()));
  EXPECT_TRUE(report.ok) << describe(report);
  EXPECT_GT(report.packs, 50U);
}

TEST_F(DamagedLog, AnyFlippedBitOfAFrameIsFoundAndItsPositionNamed) {
  std::mt19937_64 random(faultSeed());
  for (int round = 0; round < faultRounds(600); ++round) {
    const FoundFrame& frame = scan_.frames[random() % scan_.frames.size()];
    const std::size_t bit = (frame.at * 8) + random() % (frame.bytes * 8);
    flip(bit);
    const VerifyReport report = verify();
    EXPECT_FALSE(report.ok);
    EXPECT_TRUE(std::ranges::any_of(report.problems,
                                    [&](const Problem& problem) { return problem.position == frame.first; }))
        << "bit " << bit - frame.at * 8 << " of the frame at " << frame.first << "\n"
        << describe(report);
    unflip(bit);
  }
}

TEST_F(DamagedLog, AnyFlippedBitOfAPackIsFoundAndThePackNamed) {
  std::mt19937_64 random(faultSeed());
  for (int round = 0; round < faultRounds(300); ++round) {
    const FoundChunk& chunk = scan_.chunks[random() % scan_.chunks.size()];
    const std::size_t bit = (chunk.at * 8) + random() % (chunk.bytes * 8);
    flip(bit);
    const VerifyReport report = verify();
    EXPECT_FALSE(report.ok);
    EXPECT_TRUE(std::ranges::any_of(report.problems, [&](const Problem& problem) {
      return problem.kind == "vault" && problem.message.find(chunk.packId.toString()) != std::string::npos;
    })) << describe(report);
    unflip(bit);
  }
}

TEST_F(DamagedLog, AFlippedBitAnywhereInTheFileIsReportedOrHarmless) {
  std::mt19937_64 random(faultSeed());
  int reported = 0;
  for (int round = 0; round < faultRounds(600); ++round) {
    const std::size_t bit = random() % (whole_.size() * 8);
    flip(bit);
    expectReportedOrHarmless(bit, reported);
    unflip(bit);
  }
  EXPECT_GT(reported, 50);
}

/// Pages that LMDB's trees are made of: what a flip there can do is lead a reader astray.
std::vector<std::size_t> treePages(BytesView file) {
  std::vector<std::size_t> pages{0, 1};
  const MetaPages metas = MetaPages::read(file);
  PageWalk all(file, *metas.newest());
  std::vector<RawTree> trees;
  all.walk(metas.newest()->main, KeyOrder::bytes,
           [&](BytesView, BytesView value, bool) { trees.push_back(RawTree::parse(value.data())); });
  for (std::size_t i = 0; i < trees.size(); ++i) {
    all.walk(trees[i], trees[i].flags == 0 ? KeyOrder::bytes : KeyOrder::integer,
             [](BytesView, BytesView, bool) {});
  }
  for (std::size_t page = 2; page < file.size() / kPage; ++page) {
    const char* head = file.data() + page * kPage;
    const auto flags = getLittle<std::uint16_t>(head + 10);
    // Sealed bytes of an overflow may look like flags, but not like the page's number too.
    const bool isOfTree = (flags == 1 || flags == 2) && getLittle<std::uint64_t>(head) == page;
    if (all.used(page) && isOfTree) pages.push_back(page);
  }
  return pages;
}

TEST_F(DamagedLog, AFlippedBitInTheTreesPagesIsReportedOrHarmless) {
  std::mt19937_64 random(faultSeed());
  const auto pages = treePages(whole_);
  ASSERT_GT(pages.size(), 40U);
  int reported = 0;
  const int rounds = faultRounds(1'500);
  for (int round = 0; round < rounds; ++round) {
    const std::size_t page = pages[random() % pages.size()];
    // Half of them in the page's head, where its number, kind, bounds and entries' places stand.
    const std::size_t bit = page * kPage * 8 + random() % ((round % 2 == 0 ? 48 : kPage) * 8);
    flip(bit);
    expectReportedOrHarmless(bit, reported);
    unflip(bit);
  }
  EXPECT_GT(reported, rounds / 2);
}

TEST_F(DamagedLog, EveryBitOfATreePagesNumberKindAndBoundsIsCovered) {
  for (const std::size_t page : treePages(whole_)) {
    if (page < 2) continue;
    for (const std::size_t byte : {0U, 1U, 7U, 10U, 11U, 12U, 13U, 14U, 15U}) {
      const std::size_t bit = (page * kPage + byte) * 8 + page % 8;
      flip(bit);
      const VerifyReport report = verify();
      EXPECT_FALSE(report.ok) << "byte " << byte << " of page " << page;
      EXPECT_TRUE(std::ranges::any_of(report.problems, [&](const Problem& problem) {
        return problem.kind == "structure" &&
               problem.message.find("page " + std::to_string(page)) != std::string::npos;
      })) << describe(report);
      unflip(bit);
    }
  }
}

TEST_F(DamagedLog, TheCheckInAChildSaysTheSame) {
  std::mt19937_64 random(faultSeed());
  for (int round = 0; round < faultRounds(15); ++round) {
    const FoundFrame& frame = scan_.frames[random() % scan_.frames.size()];
    const std::size_t bit = (frame.at * 8) + random() % (frame.bytes * 8);
    flip(bit);
    const auto report = require(verifyLog(checkerPath(), directory()));
    EXPECT_FALSE(report.ok);
    EXPECT_TRUE(std::ranges::any_of(report.problems,
                                    [&](const Problem& problem) { return problem.position == frame.first; }));
    unflip(bit);
  }
}

TEST_F(DamagedLog, ADamagedFrameIsNeverReadAsGoodData) {
  std::mt19937_64 random(faultSeed());
  for (int round = 0; round < faultRounds(50); ++round) {
    const FoundFrame& frame = scan_.frames[random() % scan_.frames.size()];
    const std::size_t bit = (frame.at * 8) + random() % (frame.bytes * 8);
    flip(bit);
    {
      const auto log = require(
          EventLog::open({.directory = directory(), .mapSizeBytes = kTestMapBytes, .readOnly = true}));
      const auto read = log->framesFrom(frame.first, 1);
      EXPECT_FALSE(read);
      if (!read) {
        EXPECT_TRUE(detailOr(read.error(), "damaged", false));
        EXPECT_EQ(detailOr<std::int64_t>(read.error(), "position", 0),
                  static_cast<std::int64_t>(frame.first));
      }
    }
    unflip(bit);
  }
}

TEST_F(DamagedLog, ACutFileIsReportedByOpenAndVerifyOrLacksFreePagesAlone) {
  std::mt19937_64 random(faultSeed());
  int reported = 0;
  for (int round = 0; round < faultRounds(40); ++round) {
    const std::size_t length = 1 + random() % (whole_.size() - 1);
    std::filesystem::resize_file(dataFile(), length);
    auto opened = EventLog::open({.directory = directory(), .mapSizeBytes = kTestMapBytes, .readOnly = true});
    const auto report = require(verifyLog(checkerPath(), directory()));
    EXPECT_EQ(report.ok, opened.has_value()) << length;
    if (opened) {
      opened->reset();
      EXPECT_EQ(contentOf(directory()), content_) << length;
      EXPECT_EQ(readThroughLmdb(directory()), throughLmdb_) << length;
    } else {
      ++reported;
      EXPECT_TRUE(detailOr(opened.error(), "damaged", false)) << opened.error().message;
      if (length > 2 * kPage) {
        EXPECT_EQ(detailOr<std::string>(opened.error(), "kind", ""), "truncated");
      }
    }
    restore();
  }
  EXPECT_GT(reported, 0);
}

TEST_F(DamagedLog, RowsChangedBehindTheLogsBackAreFound) {
  // Each row is changed with a tree that stays sound: what only a comparison of the tables can find.
  const auto snapshot = takeSnapshot(directory());
  const BytesView file = snapshot->file.bytes();
  for (const Table table : {Table::streams, Table::names, Table::idempotency, Table::meta}) {
    std::vector<std::size_t> values;
    RawTables tables(file, snapshot->meta);
    tables.each(table, [&](BytesView, BytesView value) {
      values.push_back(static_cast<std::size_t>(value.data() - file.data()));
    });
    ASSERT_FALSE(values.empty());
    for (std::size_t i = 0; i < values.size(); i += 7) {
      flip(values[i] * 8 + i % 8);
      EXPECT_FALSE(verify().ok) << kTables[table].name << " row " << i;
      unflip(values[i] * 8 + i % 8);
    }
  }
}

}  // namespace
}  // namespace cachify::log::test
