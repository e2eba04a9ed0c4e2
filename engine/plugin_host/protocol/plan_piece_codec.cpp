#include "plugin_host/protocol/plan_piece_codec.hpp"

namespace cachify::plugin_host {
namespace {

using domain::StepAction;

constexpr std::uint8_t kLast = 1;
constexpr std::uint8_t kHasTotal = 2;
/// An action and the length of an empty key.
constexpr std::size_t kLeastItemBytes = 2;

std::uint64_t contentBytesOf(const ItemView& item) {
  return item.key.size() + item.value.size() + item.renameTo.size();
}

void writeItem(WireWriter& out, const ItemView& item) {
  out.number(static_cast<std::uint8_t>(item.action));
  out.bytes(item.key);
  switch (item.action) {
    case StepAction::setTtl:
      out.count(static_cast<std::uint64_t>(item.ttlMs.value_or(0)));
      break;
    case StepAction::setValue:
      // 0 stands for no expiry: no key lives for 0 ms.
      out.count(static_cast<std::uint64_t>(item.ttlMs.value_or(0)));
      out.count(item.flags);
      out.bytes(item.value);
      break;
    case StepAction::rename:
      out.bytes(item.renameTo);
      break;
    case StepAction::remove:
    case StepAction::persist:
    case StepAction::touch:
    case StepAction::restore:  // the engine's own; a reader refuses it
      break;
  }
}

void readTtl(WireReader& in, domain::PlanItem& item, bool isNeeded) {
  const std::uint64_t ms = in.count();
  if (ms > static_cast<std::uint64_t>(kMaxPlanTtlMs) || (ms == 0 && isNeeded)) return in.fail();
  if (ms > 0) item.ttl = std::chrono::milliseconds(ms);
}

void readFlags(WireReader& in, domain::PlanItem& item) {
  const std::uint64_t flags = in.count();
  if (flags > UINT32_MAX) return in.fail();
  item.flags = static_cast<std::uint32_t>(flags);
}

void readItem(WireReader& in, domain::PlanItem& item) {
  const auto action = in.number<std::uint8_t>();
  if (action > static_cast<std::uint8_t>(StepAction::touch)) return in.fail();
  item.action = static_cast<StepAction>(action);
  item.key = in.bytes();
  if (item.action == StepAction::setTtl) readTtl(in, item, true);
  if (item.action == StepAction::rename) item.renameTo = in.bytes();
  if (item.action != StepAction::setValue) return;
  readTtl(in, item, false);
  readFlags(in, item);
  item.value = in.bytes();
}

}  // namespace

bool PieceWriter::hasRoomFor(const ItemView& item) const {
  return items_ == 0 || (items_ < maxItems_ && contentBytes_ + contentBytesOf(item) <= maxBytes_);
}

void PieceWriter::add(const ItemView& item) {
  WireWriter out(encoded_);
  writeItem(out, item);
  ++items_;
  contentBytes_ += contentBytesOf(item);
}

Bytes PieceWriter::finish(bool isLast) {
  Bytes body;
  WireWriter out(body);
  out.number(static_cast<std::uint8_t>((isLast ? kLast : 0) | (expectedTotal_ ? kHasTotal : 0)));
  if (expectedTotal_) out.count(*expectedTotal_);
  out.count(items_);
  body += encoded_;
  return body;
}

std::optional<PlanPiece> decodePiece(BytesView body, std::uint32_t maxItems) {
  WireReader in(body);
  PlanPiece piece;
  const auto flags = in.number<std::uint8_t>();
  if ((flags & ~(kLast | kHasTotal)) != 0) return std::nullopt;
  piece.isLast = (flags & kLast) != 0;
  if ((flags & kHasTotal) != 0) piece.expectedTotal = in.count();
  const std::size_t items = in.elements(kLeastItemBytes);
  if (items > maxItems) return std::nullopt;
  piece.items.resize(items);
  for (auto& item : piece.items) readItem(in, item);
  if (!in.done()) return std::nullopt;
  return piece;
}

}  // namespace cachify::plugin_host
