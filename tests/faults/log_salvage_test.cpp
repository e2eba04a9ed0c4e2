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

TEST_F(DamagedLog, SalvageBringsBackEveryFrameThatIsSound) {
  std::mt19937_64 random(faultSeed());
  for (int round = 0; round < faultRounds(12); ++round) {
    std::set<Position> hit;
    for (int flips = 0; flips < 8; ++flips) {
      const FoundFrame& frame = scan_.frames[random() % scan_.frames.size()];
      flip((frame.at * 8) + random() % (frame.bytes * 8));
      hit.insert(frame.first);
    }
    // And the trees are gone.
    const auto pages = treePages(whole_);
    if (round % 2 == 1) {
      for (int i = 0; i < 5; ++i)
        flip((pages[random() % pages.size()] * kPage + random() % 16) * 8 + random() % 8);
    }
    const TempFolder other;
    const auto salvaged = require(salvageLog(checkerPath(), directory(), other / "new"));
    // A stale copy of a page may still hold a damaged frame's sound twin, so no more than these are missing.
    EXPECT_GE(salvaged.frames, scan_.frames.size() - hit.size() - (round % 2 == 1 ? 2 : 0));
    // Where the vault's own pages are lost, nothing tells that a pack was erased, and a stale copy may come
    // back.
    EXPECT_GE(salvaged.chunks, scan_.chunks.size());
    EXPECT_LE(salvaged.chunks, scan_.chunks.size() + (round % 2 == 1 ? 4 : 0));
    const auto report = require(verifyLog(checkerPath(), other / "new"));
    EXPECT_EQ(report.ok, salvaged.missing.empty()) << describe(report);
    for (const Problem& problem : report.problems) EXPECT_EQ(problem.kind, "gap") << describe(report);
    EXPECT_EQ(report.problems.size(), salvaged.missing.size());
    const auto log = openLog(other / "new");
    const Position last = require(log->head()).lastPosition;
    EXPECT_EQ(require(log->append(request("after", {"goes on"}))).first, last + 1);
    Position next = 1;
    std::size_t frames = 0;
    for (;;) {
      const auto read = require(log->framesFrom(next, 1U << 20));
      if (read.empty()) break;
      frames += read.size();
      next = read.back().lastPosition() + 1;
    }
    EXPECT_EQ(frames, salvaged.frames + 1);
    restore();
  }
}

TEST_F(DamagedLog, SalvageOfASoundLogLosesNothingAndOpensItsPacks) {
  const TempFolder other;
  const auto salvaged = require(salvageLog(checkerPath(), directory(), other / "new"));
  EXPECT_TRUE(salvaged.missing.empty());
  EXPECT_EQ(salvaged.frames, scan_.frames.size());
  const auto report = require(verifyLog(checkerPath(), other / "new"));
  EXPECT_TRUE(report.ok) << describe(report);
  const auto kept = {Table::records, Table::streams, Table::names, Table::vault, Table::meta};
  EXPECT_EQ(contentOf(other / "new", kept), contentOf(directory(), kept));
  const auto before =
      require(EventLog::open({.directory = directory(), .mapSizeBytes = kTestMapBytes, .readOnly = true}));
  const auto after = openLog(other / "new");
  EXPECT_EQ(require(after->head()).chain, require(before->head()).chain);
  EXPECT_EQ(require(after->head()).logId, require(before->head()).logId);
  EXPECT_EQ(require(after->dataKeyId()), require(before->dataKeyId()));
  for (const FoundChunk& chunk : scan_.chunks) EXPECT_TRUE(after->readPack(chunk.packId));
  EXPECT_EQ(salvageLog(checkerPath(), directory(), other / "new").error().code, ErrorCode::conflict);
}

TEST_F(DamagedLog, SalvageOfACutFileBringsBackWhatIsBeforeTheCut) {
  const std::size_t length = whole_.size() / 2;
  std::filesystem::resize_file(dataFile(), length);
  const TempFolder other;
  const auto salvaged = require(salvageLog(checkerPath(), directory(), other / "new"));
  const auto before = std::ranges::count_if(
      scan_.frames, [&](const FoundFrame& frame) { return frame.at + frame.bytes <= length; });
  EXPECT_GE(salvaged.frames, static_cast<std::uint64_t>(before));
  EXPECT_GT(before, 0);
}

}  // namespace
}  // namespace cachify::log::test
