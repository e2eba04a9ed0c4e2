#include "log/check/verify.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "log/check/raw_tables.hpp"
#include "log/check/snapshot.hpp"
#include "log/chunk_codec.hpp"
#include "log/frame_codec.hpp"
#include "log/wire.hpp"

namespace cachify::log {
namespace {

constexpr std::size_t kMaxProblems = 1'000;
constexpr std::uint32_t kFramesPerProgress = 512;

struct IndexRow {
  std::uint32_t stream = 0;
  std::uint64_t version = 0;
  Position first = 0;
  std::uint32_t count = 0;
  auto operator<=>(const IndexRow&) const = default;
};

/// Equal for two sets of rows in any order if they are the same, and else but by chance of 2^-64, under a key
/// that nobody knows: so index and frames are compared without keeping either.
class RowSetDigest {
 public:
  RowSetDigest() { crypto_shorthash_keygen(key_.data()); }
  void add(std::uint64_t& sum, const IndexRow& row) const {
    std::array<char, 24> bytes{};
    putLittle(bytes.data(), row.version);
    putLittle(bytes.data() + 8, row.first);
    putLittle(bytes.data() + 16, row.stream);
    putLittle(bytes.data() + 20, row.count);
    std::array<unsigned char, crypto_shorthash_BYTES> hash{};
    crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                     key_.data());
    sum += getLittle<std::uint64_t>(reinterpret_cast<const char*>(hash.data()));
  }

 private:
  std::array<unsigned char, crypto_shorthash_KEYBYTES> key_{};
};

struct StreamState {
  std::string name;
  bool named = false;
  std::uint64_t version = 0;
};

class Verifier {
 public:
  Verifier(const Snapshot& snapshot, const Progress& progress) : snapshot_(snapshot), progress_(progress) {}
  VerifyReport run();

 private:
  void checkMetaPages();
  void verifyTables();
  void readMeta(RawTables& tables);
  void readNames(RawTables& tables);
  void readFrame(BytesView key, BytesView value);
  void checkPlace(const FrameView& frame);
  void checkStream(const FrameView& frame);
  void checkHead();
  void checkNamesUsed();
  void compareIndex();
  void readIdempotency(RawTables& tables);
  void readVault(RawTables& tables);
  void add(Position position, std::string kind, std::string message);

  const Snapshot& snapshot_;
  const Progress& progress_;
  VerifyReport report_;
  std::optional<Identity> identity_;
  std::optional<Head> head_;
  Gaps gaps_;
  std::vector<StreamState> streams_;
  Position expected_ = 1;
  std::optional<Digest> chain_;  ///< before the next frame; unknown behind a gap or damage
  bool jumped_ = false;          ///< something was missing: stream versions may jump from here on
  std::uint32_t framesSinceProgress_ = 0;
  RowSetDigest rowSet_;
  std::uint64_t framesSum_ = 0;
  std::uint64_t indexSum_ = 0;
};

void Verifier::add(Position position, std::string kind, std::string message) {
  if (report_.problems.size() < kMaxProblems) {
    report_.problems.push_back(
        {.position = position, .kind = std::move(kind), .message = std::move(message)});
  }
}

VerifyReport Verifier::run() {
  const auto started = std::chrono::steady_clock::now();
  checkMetaPages();
  if (snapshot_.meta.pageSize != 0) verifyTables();
  report_.ok = report_.problems.empty();
  report_.duration =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
  return std::move(report_);
}

void Verifier::checkMetaPages() {
  if (const auto fault = snapshot_.metas.fault(); !fault.empty()) add(0, "structure", std::string(fault));
  const RawMeta& meta = snapshot_.meta;
  if (meta.pageSize == 0) return;
  const std::uint64_t there = snapshot_.file.bytes().size() / meta.pageSize;
  if (there <= meta.lastPage && !onlyFreePagesFrom(snapshot_.file.bytes(), meta, there)) {
    add(0, "truncated", fmt::format("the file ends after {} of {} pages", there, meta.lastPage + 1));
  }
}

void Verifier::verifyTables() {
  RawTables tables(snapshot_.file.bytes(), snapshot_.meta);
  readMeta(tables);
  readNames(tables);
  tables.each(Table::streams, [this](BytesView key, BytesView value) {
    const auto place = parseStreamKey(key);
    const auto row = decodeStreamRow(value);
    if (!place || !row) return add(0, "stream", "a row of the stream index has an impossible length");
    rowSet_.add(indexSum_, {place->number, place->version, row->first, row->count});
  });
  if (identity_) chain_ = chainOrigin(identity_->logId);
  tables.each(Table::records, [this](BytesView key, BytesView value) { readFrame(key, value); });
  checkHead();
  checkNamesUsed();
  if (framesSum_ != indexSum_) compareIndex();
  readIdempotency(tables);
  readVault(tables);
  tables.walkFreePages();
  for (const PageFault& fault : tables.faults())
    add(0, "structure", fmt::format("page {}: {}", fault.page, fault.what));
  for (const std::string& fault : tables.tableFaults()) add(0, "structure", fault);
}

void Verifier::readMeta(RawTables& tables) {
  bool dataKeyOk = true;
  bool gapsOk = true;
  tables.each(Table::meta, [&](BytesView key, BytesView value) {
    if (key == kIdentityRow) {
      identity_ = decodeIdentity(value);
    } else if (key == kHeadRow) {
      head_ = decodeHead(value);
    } else if (key == kDataKeyRow) {
      dataKeyOk = decodeDataKey(value).has_value();
    } else if (key == kGapsRow) {
      auto gaps = decodeGaps(value);
      gapsOk = gaps.has_value();
      if (gaps) gaps_ = std::move(*gaps);
    } else {
      add(0, "structure", fmt::format("there is an unknown row '{}' in meta", escapeForDisplay(key)));
    }
  });
  if (!identity_) add(0, "structure", "the row with the log's identity is missing or does not hold");
  if (identity_ && identity_->formatVersion != kFormatVersion)
    add(0, "structure", "the log's format is a newer one than this program knows");
  if (!head_) add(0, "structure", "the row with the log's head is missing or does not hold");
  if (!dataKeyOk) add(0, "vault", "the row that names the data key does not hold");
  if (!gapsOk) add(0, "structure", "the row of known gaps does not hold");
}

void Verifier::readNames(RawTables& tables) {
  const std::uint32_t highest = head_ ? head_->streams : 0;
  streams_.resize(std::size_t{highest} + 1);
  tables.each(Table::names, [&](BytesView key, BytesView value) {
    const std::uint32_t number = value.size() == 4 ? getLittle<std::uint32_t>(value.data()) : 0;
    if (number == 0 || number > highest || streams_[number].named) {
      return add(0, "stream",
                 fmt::format("stream '{}' has an impossible number {}", escapeForDisplay(key), number));
    }
    streams_[number] = {.name = std::string(key), .named = true};
  });
}

void Verifier::readFrame(BytesView key, BytesView value) {
  const Position position = key.size() == 8 ? getLittle<std::uint64_t>(key.data()) : 0;
  if (++framesSinceProgress_ == kFramesPerProgress) {
    framesSinceProgress_ = 0;
    if (progress_) progress_(position);
  }
  const auto frame = viewFrame(value, position);
  if (!frame) {
    add(position, "crc", frame.error().message);
    chain_.reset();
    jumped_ = true;
    // Where its header is lost, so is its length: the next frame tells where the log goes on.
    expected_ = 0;
    return;
  }
  if (frame->firstPosition != position) {
    add(position, "order",
        fmt::format("the frame that stands here says it begins at {}", frame->firstPosition));
  }
  checkPlace(*frame);
  const Digest root = frame->root();
  if (chain_ && chainAfter(*chain_, frame->header, root) != frame->chain) {
    add(position, "chain",
        "the chain does not hold here: this frame or the one before it was changed, or one between them "
        "removed");
  }
  chain_ = frame->chain;
  checkStream(*frame);
  rowSet_.add(framesSum_,
              {frame->streamNumber, frame->firstStreamVersion, frame->firstPosition, frame->count});
  if (report_.firstPosition == 0) report_.firstPosition = frame->firstPosition;
  report_.lastPosition = frame->lastPosition();
  report_.events += frame->count;
  expected_ = frame->lastPosition() + 1;
}

void Verifier::checkPlace(const FrameView& frame) {
  const Position first = frame.firstPosition;
  if (expected_ == 0 || first == expected_) return;
  if (first < expected_) return add(first, "order", "two frames hold this position");
  const bool known = std::ranges::find(gaps_, std::pair(expected_, first - 1)) != gaps_.end();
  add(expected_, "gap",
      fmt::format("positions {} to {} are missing{}", expected_, first - 1,
                  known ? ": they could not be salvaged" : ""));
  jumped_ = true;
  chain_.reset();
}

void Verifier::checkStream(const FrameView& frame) {
  if (frame.streamNumber == 0 || frame.streamNumber >= streams_.size() ||
      !streams_[frame.streamNumber].named) {
    return add(frame.firstPosition, "stream",
               fmt::format("stream {} of the frame has no name", frame.streamNumber));
  }
  StreamState& stream = streams_[frame.streamNumber];
  if (stream.name != frame.stream)
    add(frame.firstPosition, "stream", "the frame's stream has another name in the table of names");
  const std::uint64_t next = stream.version + 1;
  if (frame.firstStreamVersion < next || (frame.firstStreamVersion > next && !jumped_)) {
    add(frame.firstPosition, "stream",
        fmt::format("the frame's stream version is {} where {} comes next", frame.firstStreamVersion, next));
  }
  stream.version = frame.firstStreamVersion + frame.count - 1;
}

void Verifier::checkHead() {
  if (chain_) report_.chain = toHex(*chain_);
  if (!head_) return;
  if (expected_ != 0 && expected_ <= head_->last) {
    add(expected_, "gap",
        fmt::format("positions {} to {}, the end of the log, are missing", expected_, head_->last));
    jumped_ = true;
    return;
  }
  if (report_.lastPosition > head_->last) {
    return add(head_->last + 1, "order", "there are frames behind the log's head");
  }
  if (expected_ == 0) return;  // the last frame is damaged, and was reported
  if (chain_ && *chain_ != head_->chain)
    add(report_.lastPosition, "chain", "the chain's last value is not that of the log's head");
  if (!jumped_ && head_->events != report_.events)
    add(0, "structure", "the log's head counts other events than there are");
}

void Verifier::checkNamesUsed() {
  if (jumped_) return;
  for (std::size_t number = 1; number < streams_.size(); ++number) {
    const StreamState& stream = streams_[number];
    if (stream.version == 0)
      add(0, "stream", fmt::format("stream {} '{}' has no event", number, escapeForDisplay(stream.name)));
  }
}

/// Index and frames differ: both are read once more to say where.
void Verifier::compareIndex() {
  RawTables tables(snapshot_.file.bytes(), snapshot_.meta);
  std::vector<IndexRow> indexed;
  std::vector<IndexRow> framed;
  tables.each(Table::streams, [&](BytesView key, BytesView value) {
    const auto place = parseStreamKey(key);
    const auto row = decodeStreamRow(value);
    if (place && row) indexed.push_back({place->number, place->version, row->first, row->count});
  });
  tables.each(Table::records, [&](BytesView, BytesView value) {
    const auto frame = viewFrame(value, 0);
    if (frame)
      framed.push_back({frame->streamNumber, frame->firstStreamVersion, frame->firstPosition, frame->count});
  });
  std::ranges::sort(indexed);
  std::ranges::sort(framed);
  std::vector<IndexRow> only;
  std::ranges::set_difference(indexed, framed, std::back_inserter(only));
  for (const IndexRow& row : only) {
    add(row.first, "stream",
        fmt::format("the stream index has a row for stream {} version {} that no frame bears out", row.stream,
                    row.version));
  }
  only.clear();
  std::ranges::set_difference(framed, indexed, std::back_inserter(only));
  for (const IndexRow& row : only) {
    add(row.first, "stream",
        fmt::format("the stream index has no row for this frame (stream {} version {})", row.stream,
                    row.version));
  }
}

void Verifier::readIdempotency(RawTables& tables) {
  tables.each(Table::idempotency, [this](BytesView key, BytesView value) {
    const auto row = decodeIdempotency(value, key);
    if (!row || row->first > row->last || (head_ && row->last > head_->last)) {
      add(0, "structure", fmt::format("the idempotency row '{}' does not hold", escapeForDisplay(key)));
    }
  });
}

void Verifier::readVault(RawTables& tables) {
  Uuid pack;
  std::uint32_t next = 0;
  std::optional<bool> ended = true;  // empty behind a damaged chunk: which it was cannot be told
  tables.each(Table::vault, [&](BytesView key, BytesView value) {
    const Uuid keyPack = key.size() == 20 ? getUuid(key.data()) : Uuid();
    const auto bad = [&](std::string_view what) {
      add(0, "vault",
          fmt::format("pack {}, chunk {}: {}", keyPack.toString(),
                      key.size() == 20 ? getBig<std::uint32_t>(key.data() + 16) : 0, what));
    };
    if (keyPack != pack) {
      if (ended == false) bad("the pack before it has lost its last chunk");
      pack = keyPack;
      next = 0;
      ended = false;
      ++report_.packs;
    } else if (ended == true) {
      bad("it stands behind its pack's last chunk");
    }
    const auto chunk = viewChunk(value);
    const std::uint32_t number = next++;
    if (!chunk) {
      ended.reset();
      return bad(chunk.error().message);
    }
    ended = chunk->head.last;
    if (key != view(chunkKey(chunk->head.packId, chunk->head.number)))
      bad("it is another chunk than its key says");
    if (chunk->head.number != number) bad("it is not the next one of its pack");
    if (identity_ && chunk->head.logId != identity_->logId) bad("it belongs to another log");
  });
  if (ended == false) add(0, "vault", fmt::format("pack {} has lost its last chunk", pack.toString()));
}

}  // namespace

Result<VerifyReport> verifyFile(const std::filesystem::path& directory, const Progress& progress) {
  const auto snapshot = takeSnapshot(directory);
  if (!snapshot) return fail(snapshot.error());
  if (snapshot->file.bytes().empty()) {
    VerifyReport report;
    report.problems.push_back({0, "truncated", "the log's file is empty: everything in it is gone"});
    return report;
  }
  return Verifier(*snapshot, progress).run();
}

}  // namespace cachify::log
