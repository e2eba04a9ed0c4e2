#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "faults/log_faults.hpp"
#include "log/check/raw_scan.hpp"
#include "log/check/raw_tables.hpp"
#include "log/check/snapshot.hpp"
#include "log/check/verify.hpp"
#include "log/chunk_codec.hpp"
#include "log/frame_codec.hpp"
#include "log/wire.hpp"

namespace cachify::log::test {
namespace {

constexpr std::size_t kPage = 4096;

Bytes readFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A log with a bit of everything: small frames in leaf pages, large ones in overflow pages, packs of one and
/// several chunks, idempotency rows, purged events, erased packs and with them a free list.
void buildLog(const std::filesystem::path& directory) {
  const auto log = openLog(directory);
  const DataKey key = DataKey::make(someTime());
  const Vault vault(require(log->head()).logId, key);
  ASSERT_TRUE(log->setDataKeyId(key.id));
  std::mt19937_64 random(1);
  std::vector<Uuid> packs;
  for (int i = 0; i < 400; ++i) {
    const std::size_t events = i % 20 == 0 ? 100 : 1 + static_cast<std::size_t>(i) % 4;
    AppendRequest made = request("stream-" + std::to_string(i % 13),
                                 std::vector<std::string>(events, "payload " + std::to_string(i)));
    if (i % 6 == 0) {
      Bytes blob(i % 60 == 0 ? 1'400'000 : 500, '\0');
      for (char& c : blob) c = static_cast<char>(random());
      made.chunks =
          require(vault.seal(someTime() + std::chrono::seconds(i), std::vector<Bytes>{blob})).chunks;
      packs.push_back(made.chunks.front().packId);
    }
    if (i % 5 == 0)
      made.idempotency = Idempotency{.key = "command-" + std::to_string(i), .content = sha256("c")};
    if (i % 50 == 49) made.purge = {static_cast<Position>(i - 20), static_cast<Position>(i - 19)};
    if (i % 90 == 89) made.erasePacks = {packs[packs.size() - 4]};
    require(log->append(std::move(made)));
  }
}

constexpr std::initializer_list<Table> kAllTables{Table::records, Table::streams,     Table::names,
                                                  Table::vault,   Table::idempotency, Table::meta};

/// All that these tables of a log hold, in one digest.
Digest contentOf(const std::filesystem::path& directory, std::initializer_list<Table> chosen = kAllTables) {
  const auto snapshot = takeSnapshot(directory);
  RawTables tables(snapshot->file.bytes(), snapshot->meta);
  Sha256 hash;
  for (const Table table : chosen) {
    tables.each(table, [&](BytesView key, BytesView value) {
      hash.update(std::to_string(table) + "/" + std::to_string(key.size()) + "/" +
                  std::to_string(value.size()) + "/");
      hash.update(key).update(value);
    });
  }
  return hash.finish();
}

/// The same through LMDB: what a program that uses the log sees.
Digest readThroughLmdb(const std::filesystem::path& directory) {
  const auto log =
      require(EventLog::open({.directory = directory, .mapSizeBytes = kTestMapBytes, .readOnly = true}));
  Sha256 hash;
  for (Position next = 1;;) {
    const auto frames = require(log->framesFrom(next, 1U << 20));
    if (frames.empty()) break;
    for (const Frame& frame : frames) hash.update(frame.chain);
    next = frames.back().lastPosition() + 1;
  }
  for (int i = 0; i < 13; ++i) {
    for (const Frame& frame : require(log->streamFrom("stream-" + std::to_string(i), 1, 1'000)))
      hash.update(frame.chain);
  }
  return hash.finish();
}

class DamagedLog : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TempFolder>();
    buildLog(*folder_ / "log");
    whole_ = readFile(dataFile());
    content_ = contentOf(directory());
    throughLmdb_ = readThroughLmdb(directory());
    std::set<std::size_t> current;
    const auto snapshot = takeSnapshot(directory());
    RawTables tables(snapshot->file.bytes(), snapshot->meta);
    const auto note = [&](BytesView, BytesView value) {
      current.insert(static_cast<std::size_t>(value.data() - snapshot->file.bytes().data()));
    };
    tables.each(Table::records, note);
    tables.each(Table::vault, note);
    scan_ = RawScan::of(whole_);
    std::erase_if(scan_.frames, [&](const FoundFrame& frame) { return !current.contains(frame.at); });
    std::erase_if(scan_.chunks, [&](const FoundChunk& chunk) { return !current.contains(chunk.at); });
    ASSERT_EQ(scan_.frames.size(), 400U);
    ASSERT_GT(scan_.chunks.size(), 60U);
  }
  static void TearDownTestSuite() { folder_.reset(); }

  static std::filesystem::path directory() { return *folder_ / "log"; }
  static std::filesystem::path dataFile() { return directory() / "data.mdb"; }

  void TearDown() override { restore(); }

  static void write(std::size_t at, BytesView bytes) {
    std::fstream file(dataFile(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(at));
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  static void flip(std::size_t bit) {
    const char changed = static_cast<char>(whole_[bit / 8] ^ (1 << (bit % 8)));
    write(bit / 8, {&changed, 1});
  }
  static void unflip(std::size_t bit) { write(bit / 8, BytesView(whole_).substr(bit / 8, 1)); }
  static void restore() {
    std::filesystem::resize_file(dataFile(), whole_.size());
    write(0, whole_);
  }
  static VerifyReport verify() { return require(verifyFile(directory(), {})); }

  /// What every damage must come to: it is reported, or all that the log holds is what it was, by both ways
  /// of reading.
  static void expectReportedOrHarmless(std::size_t bit, int& reported) {
    const VerifyReport report = verify();
    if (!report.ok) {
      ++reported;
      return;
    }
    EXPECT_EQ(contentOf(directory()), content_)
        << "unseen: bit " << bit << " in page " << bit / 8 / kPage << " at " << bit / 8 % kPage;
    EXPECT_EQ(readThroughLmdb(directory()), throughLmdb_) << "unseen: bit " << bit;
  }

  static inline std::unique_ptr<TempFolder> folder_;
  static inline Bytes whole_;
  static inline Digest content_;
  static inline Digest throughLmdb_;
  static inline RawScan scan_;
};

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
