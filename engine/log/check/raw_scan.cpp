#include "log/check/raw_scan.hpp"

#include "log/chunk_codec.hpp"
#include "log/frame_codec.hpp"
#include "log/rows.hpp"

namespace cachify::log {
namespace {

constexpr std::string_view kCommonMagic{
    "\xFF"
    "CFY",
    4};

class Scanner {
 public:
  explicit Scanner(BytesView file) : file_(file) {}

  RawScan run() {
    for (std::size_t at = file_.find(kCommonMagic); at != BytesView::npos;
         at = file_.find(kCommonMagic, at)) {
      at += std::max<std::size_t>(take(at), 1);
    }
    if (!found_.logId) found_.logId = chunksLog_;
    return std::move(found_);
  }

 private:
  /// Length of what is sound at `at`, or 0.
  std::size_t take(std::size_t at) {
    const BytesView rest = file_.substr(at);
    if (const auto length = frameLengthAt(rest)) return takeFrame(at, rest.substr(0, *length));
    if (const auto length = chunkLengthAt(rest)) return takeChunk(at, rest.substr(0, *length));
    if (const auto identity = decodeIdentity(rest.substr(0, kIdentityBytes))) found_.logId = identity->logId;
    return 0;
  }

  std::size_t takeFrame(std::size_t at, BytesView bytes) {
    const auto frame = viewFrame(bytes, 0);
    if (!frame || frame->firstPosition == 0) return 0;
    found_.frames.push_back({.at = at,
                             .bytes = bytes.size(),
                             .first = frame->firstPosition,
                             .count = frame->count,
                             .purged = frame->anyPurged()});
    return bytes.size();
  }

  std::size_t takeChunk(std::size_t at, BytesView bytes) {
    const auto chunk = viewChunk(bytes);
    if (!chunk) return 0;
    chunksLog_ = chunk->head.logId;
    found_.chunks.push_back(
        {.at = at, .bytes = bytes.size(), .packId = chunk->head.packId, .number = chunk->head.number});
    return bytes.size();
  }

  BytesView file_;
  RawScan found_;
  std::optional<Uuid> chunksLog_;
};

}  // namespace

RawScan RawScan::of(BytesView file) {
  return Scanner(file).run();
}

}  // namespace cachify::log
