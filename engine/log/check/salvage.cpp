#include "log/check/salvage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "log/check/raw_scan.hpp"
#include "log/check/raw_tables.hpp"
#include "log/check/rebuilt_log.hpp"
#include "log/check/snapshot.hpp"
#include "log/chunk_codec.hpp"
#include "log/frame_codec.hpp"

namespace cachify::log {
namespace {

/// What the pages still tell, as far as they can be followed.
struct TreeKnowledge {
  std::optional<Identity> identity;
  std::optional<Head> head;
  std::optional<Uuid> dataKey;
  std::unordered_set<std::size_t> places;  ///< where in the file the current frames and chunks stand
  std::set<Uuid> packs;
  bool recordsWhole = false;  ///< no page of the records is lost: what they do not name was never committed
  bool vaultWhole = false;    ///< likewise: what the vault does not name was erased
};

TreeKnowledge learn(const Snapshot& snapshot) {
  TreeKnowledge known;
  if (snapshot.meta.pageSize == 0) return known;
  const BytesView file = snapshot.file.bytes();
  RawTables tables(file, snapshot.meta);
  const auto wholeAfter = [&](Table table, const std::function<void(BytesView, BytesView)>& visit) {
    tables.each(table, visit);
    return tables.faults().empty() && tables.tableFaults().empty();
  };
  const auto place = [&](BytesView value) { return static_cast<std::size_t>(value.data() - file.data()); };
  known.recordsWhole =
      wholeAfter(Table::records, [&](BytesView, BytesView value) { known.places.insert(place(value)); });
  known.vaultWhole = wholeAfter(Table::vault, [&](BytesView key, BytesView value) {
    known.places.insert(place(value));
    if (const auto chunk = viewChunk(value)) known.packs.insert(chunk->head.packId);
    static_cast<void>(key);
  });
  tables.each(Table::meta, [&](BytesView key, BytesView value) {
    if (key == kIdentityRow) known.identity = decodeIdentity(value);
    if (key == kHeadRow) known.head = decodeHead(value);
    if (key == kDataKeyRow) known.dataKey = decodeDataKey(value);
  });
  return known;
}

class Salvage {
 public:
  Salvage(const Snapshot& snapshot, const Progress& progress)
      : file_(snapshot.file.bytes()),
        known_(learn(snapshot)),
        scan_(RawScan::of(file_)),
        progress_(progress) {}

  Result<SalvageReport> into(const std::filesystem::path& directory);

 private:
  void chooseFrames();
  void chooseChunks();
  [[nodiscard]] FrameView viewOf(const FoundFrame& found) const {
    return *viewFrame(file_.substr(found.at, found.bytes), found.first);
  }
  [[nodiscard]] const FoundFrame& best(std::span<const FoundFrame> candidates,
                                       const std::optional<Digest>& chain) const;
  [[nodiscard]] bool namesAgree(const FrameView& frame);
  [[nodiscard]] Uuid logId() const;

  BytesView file_;
  TreeKnowledge known_;
  RawScan scan_;
  const Progress& progress_;
  std::vector<FoundFrame> frames_;
  std::vector<FoundChunk> chunks_;
  Gaps gaps_;
  std::unordered_map<std::uint32_t, std::string> names_;
};

Uuid Salvage::logId() const {
  if (known_.identity) return known_.identity->logId;
  return scan_.logId ? *scan_.logId : Uuid::makeV7(SystemClock().now());
}

/// Of several sound frames that begin at one position: the one that the chain leads to, then the one that the
/// pages name, then the purged one. More than one chain can only lead on where a transaction was given up
/// after it had written.
const FoundFrame& Salvage::best(std::span<const FoundFrame> candidates,
                                const std::optional<Digest>& chain) const {
  const auto rank = [&](const FoundFrame& found) {
    const FrameView frame = viewOf(found);
    const bool linked = chain && chainAfter(*chain, frame.header, frame.root()) == frame.chain;
    return std::tuple(linked, found.inTree || (known_.recordsWhole && found.purged), found.purged,
                      found.inTree);
  };
  const FoundFrame* chosen = &candidates.front();
  for (const FoundFrame& candidate : candidates.subspan(1)) {
    if (rank(candidate) > rank(*chosen)) chosen = &candidate;
  }
  return *chosen;
}

bool Salvage::namesAgree(const FrameView& frame) {
  const auto [at, isNew] = names_.try_emplace(frame.streamNumber, frame.stream);
  return isNew || at->second == frame.stream;
}

void Salvage::chooseFrames() {
  for (FoundFrame& frame : scan_.frames) frame.inTree = known_.places.contains(frame.at);
  std::ranges::stable_sort(scan_.frames, {}, &FoundFrame::first);
  std::optional<Digest> chain = chainOrigin(logId());
  Position next = 1;
  std::span<const FoundFrame> rest = scan_.frames;
  while (!rest.empty()) {
    const Position first = rest.front().first;
    const auto sameEnd =
        std::ranges::find_if(rest, [&](const FoundFrame& frame) { return frame.first != first; });
    const auto candidates = rest.first(static_cast<std::size_t>(sameEnd - rest.begin()));
    rest = rest.subspan(candidates.size());
    if (first < next || (known_.head && first > known_.head->last)) continue;
    if (first != next) chain.reset();
    const FoundFrame& chosen = best(candidates, chain);
    const FrameView frame = viewOf(chosen);
    if (!namesAgree(frame)) continue;
    if (first != next) gaps_.emplace_back(next, first - 1);
    chain = frame.chain;
    next = frame.lastPosition() + 1;
    frames_.push_back(chosen);
    if (progress_ && frames_.size() % 512 == 0) progress_(first);
  }
  if (known_.head && next <= known_.head->last) gaps_.emplace_back(next, known_.head->last);
}

void Salvage::chooseChunks() {
  for (FoundChunk& chunk : scan_.chunks) chunk.inTree = known_.places.contains(chunk.at);
  // Of two chunks of one place the longer is the older: erasing makes packs shorter.
  std::ranges::sort(scan_.chunks, {}, [](const FoundChunk& c) {
    return std::tuple(c.packId, c.number, !c.inTree, c.bytes, c.at);
  });
  for (const FoundChunk& chunk : scan_.chunks) {
    const bool erased = known_.vaultWhole && !known_.packs.contains(chunk.packId);
    const bool replaced = known_.packs.contains(chunk.packId) && !chunk.inTree && known_.vaultWhole;
    const bool have =
        !chunks_.empty() && chunks_.back().packId == chunk.packId && chunks_.back().number == chunk.number;
    if (!erased && !replaced && !have) chunks_.push_back(chunk);
  }
}

Result<SalvageReport> Salvage::into(const std::filesystem::path& directory) {
  chooseFrames();
  chooseChunks();
  if (frames_.empty() && chunks_.empty() && !known_.identity) {
    return fail(ErrorCode::notFound, "nothing of the log is sound: no frame and no vault chunk was found");
  }
  auto log = RebuiltLog::create(directory);
  if (!log) return fail(log.error());
  for (const FoundFrame& found : frames_) {
    if (auto put = (*log)->addFrame(viewOf(found)); !put) return fail(put.error());
  }
  for (const FoundChunk& found : chunks_) {
    if (auto put =
            (*log)->addChunk(chunkKey(found.packId, found.number), file_.substr(found.at, found.bytes));
        !put)
      return fail(put.error());
  }
  std::optional<Uuid> dataKey = known_.dataKey;
  if (!dataKey && !chunks_.empty())
    dataKey = viewChunk(file_.substr(chunks_.back().at, chunks_.back().bytes))->head.keyId;
  const Identity identity{.formatVersion = kFormatVersion,
                          .logId = logId(),
                          .created = known_.identity ? known_.identity->created : SystemClock().now()};
  if (auto done = (*log)->finish(identity, gaps_, known_.head, dataKey); !done) return fail(done.error());
  SalvageReport report{.frames = frames_.size(), .chunks = chunks_.size(), .missing = gaps_};
  for (const FoundFrame& found : frames_) report.events += found.count;
  return report;
}

}  // namespace

Result<SalvageReport> salvageFile(const std::filesystem::path& directory, const std::filesystem::path& into,
                                  const Progress& progress) {
  std::error_code ignored;
  if (std::filesystem::exists(into, ignored)) {
    return fail(ErrorCode::conflict,
                fmt::format("{} is there already; name a folder that is not", into.string()));
  }
  const auto snapshot = takeSnapshot(directory);
  if (!snapshot) return fail(snapshot.error());
  return Salvage(*snapshot, progress).into(into);
}

}  // namespace cachify::log
