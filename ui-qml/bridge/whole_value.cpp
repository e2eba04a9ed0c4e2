#include "whole_value.hpp"

#include "domain/value_change.hpp"
#include "studio/engine.hpp"

namespace cachify::ui {

namespace {

constexpr std::uint64_t kPart = 8ULL << 20;

Error changed() {
  return {.code = ErrorCode::conflict, .message = "the value changed while it was read"};
}

}  // namespace

Result<void> readWhole(studio::Engine& engine, const domain::ConnectionProfile& profile, const Bytes& key,
                       const std::function<Result<void>(BytesView)>& take) {
  cache::ReadRange range{.maxBytes = kPart};
  std::optional<std::uint64_t> size;
  do {
    const auto part = engine.wait(engine.keys().get(profile, key, range, {}));
    if (!part) return std::unexpected(part.error());
    const auto* bytes = std::get_if<Bytes>(&part->value);
    if (bytes == nullptr || part->sizeBytes != size.value_or(part->sizeBytes))
      return std::unexpected(changed());
    size = part->sizeBytes;
    if (auto taken = take(*bytes); !taken) return taken;
    range.cursor = part->nextCursor;
  } while (!range.cursor.empty());
  return {};
}

Result<std::string> digestOfWhole(studio::Engine& engine, const domain::ConnectionProfile& profile,
                                  const Bytes& key, const cache::ReadValue& shown) {
  Bytes whole;
  auto read = readWhole(engine, profile, key, [&](BytesView part) -> Result<void> {
    whole += part;
    return {};
  });
  if (!read) return std::unexpected(read.error());
  const auto* beginning = std::get_if<Bytes>(&shown.value);
  if (beginning == nullptr || whole.size() != shown.sizeBytes || !whole.starts_with(*beginning))
    return std::unexpected(changed());
  return toHex(domain::contentDigest(domain::LogicalValue(std::move(whole))));
}

}  // namespace cachify::ui
