#include "faults/damaged_log.hpp"

#include <fstream>
#include <random>
#include <set>

#include "log/check/snapshot.hpp"

namespace cachify::log::test {
namespace {

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
          require(vault.seal(Uuid::makeV7(someTime() + std::chrono::seconds(i)), std::vector<Bytes>{blob}));
      packs.push_back(made.chunks.front().packId);
    }
    if (i % 5 == 0)
      made.idempotency = Idempotency{.key = "command-" + std::to_string(i), .content = sha256("c")};
    if (i % 50 == 49) made.purge = {static_cast<Position>(i - 20), static_cast<Position>(i - 19)};
    if (i % 90 == 89) made.erasePacks = {packs[packs.size() - 4]};
    require(log->append(std::move(made)));
  }
}

}  // namespace

Bytes readFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Digest contentOf(const std::filesystem::path& directory, std::initializer_list<Table> chosen) {
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

void DamagedLog::SetUpTestSuite() {
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

void DamagedLog::write(std::size_t at, BytesView bytes) {
  std::fstream file(dataFile(), std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(at));
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void DamagedLog::expectReportedOrHarmless(std::size_t bit, int& reported) {
  const VerifyReport report = verify();
  if (!report.ok) {
    ++reported;
    return;
  }
  EXPECT_EQ(contentOf(directory()), content_)
      << "unseen: bit " << bit << " in page " << bit / 8 / kPage << " at " << bit / 8 % kPage;
  EXPECT_EQ(readThroughLmdb(directory()), throughLmdb_) << "unseen: bit " << bit;
}

}  // namespace cachify::log::test
