#include "actions/workflows/snapshot_reader.hpp"

#include <fmt/format.h>

#include <optional>

#include "actions/snapshot_blob.hpp"
#include "events/decode.hpp"
#include "log/event_log.hpp"
#include "log/vault.hpp"

namespace cachify::actions {
namespace {

class SnapshotReader {
 public:
  SnapshotReader(const Context& context, const log::Vault* vault) : context_(context), vault_(vault) {}

  Result<OpenedBulkSnapshot> open(log::Position position);

 private:
  Result<void> loadFrame(log::Position position);
  Result<void> loadPack(Uuid packId);

  const Context& context_;
  const log::Vault* vault_;
  std::optional<log::Frame> frame_;
  Uuid packId_{};
  std::vector<Bytes> blobs_;
};

Result<void> SnapshotReader::loadFrame(log::Position position) {
  if (frame_ && frame_->firstPosition <= position && position <= frame_->lastPosition()) return {};
  auto frames = context_.log.framesFrom(position, 1);
  if (!frames) return std::unexpected(frames.error());
  const bool isSnapshot = !frames->empty() && static_cast<events::EventType>(frames->front().type) ==
                                                  events::EventType::snapshotCaptured;
  if (!isSnapshot)
    return fail(ErrorCode::notFound, fmt::format("there is no snapshot at position {}", position));
  frame_ = std::move(frames->front());
  return {};
}

Result<void> SnapshotReader::loadPack(Uuid packId) {
  if (packId_ == packId) return {};
  const auto chunks = context_.log.readPack(packId);
  if (!chunks) return std::unexpected(chunks.error());
  auto blobs = vault_->open(packId, *chunks);
  if (!blobs) return std::unexpected(blobs.error());
  blobs_ = std::move(*blobs);
  packId_ = packId;
  return {};
}

Result<OpenedBulkSnapshot> SnapshotReader::open(log::Position position) {
  if (auto ok = loadFrame(position); !ok) return std::unexpected(ok.error());
  const std::string& payload = frame_->payloads[position - frame_->firstPosition];
  if (payload.empty()) return fail(ErrorCode::notFound, "this snapshot's data were erased");
  auto event = events::decodeAs<events::SnapshotCaptured>(frame_->schemaVersion, payload);
  if (!event) return std::unexpected(event.error());
  OpenedBulkSnapshot opened{.state = std::move(event->state)};
  opened.capture = {.key = opened.state.key,
                    .type = opened.state.type,
                    .deadline = opened.state.deadline,
                    .sizeBytes = opened.state.sizeBytes};
  if (!event->notCaptured.empty() || (opened.state.existed() && vault_ == nullptr)) {
    opened.capture.notCaptured = Error{
        .code = ErrorCode::notFound,
        .message = event->notCaptured.empty() ? "the vault cannot be opened just now" : event->notCaptured};
    return opened;
  }
  if (!event->packIndex) return opened;
  if (auto ok = loadPack(events::packOf(*event, frame_->causationId)); !ok)
    return std::unexpected(ok.error());
  if (*event->packIndex >= blobs_.size())
    return fail(ErrorCode::internalError, "the snapshot's pack is too short");
  if (auto ok = decodeBlob(blobs_[*event->packIndex], opened.capture); !ok)
    return std::unexpected(ok.error());
  return opened;
}

}  // namespace

Result<std::vector<OpenedBulkSnapshot>> openSnapshots(const Context& context, const log::Vault* vault,
                                                      std::span<const log::Position> positions) {
  SnapshotReader reader(context, vault);
  std::vector<OpenedBulkSnapshot> opened;
  opened.reserve(positions.size());
  for (const auto position : positions) {
    auto snapshot = reader.open(position);
    if (!snapshot) return std::unexpected(snapshot.error());
    opened.push_back(std::move(*snapshot));
  }
  return opened;
}

}  // namespace cachify::actions
