#include "options/page_options.hpp"

#include "options/number.hpp"

namespace cachify::cli {
namespace {

constexpr std::int64_t kMostItems = 1'000'000;

}  // namespace

void PageOptions::addTo(Arguments& app) {
  addText(app, "--max-bytes", maxBytes, "Read no more of a value than this (default 1 MiB)").typeName("N");
  addText(app, "--max-items", maxItems, "Elements of a collection a page (default 1000)").typeName("N");
  app.addOption("--cursor", cursor, "Where the page before ended").typeName("C");
}

Result<cache::ReadRange> PageOptions::range() const {
  cache::ReadRange range{.maxBytes = kPreviewBytes, .cursor = cursor};
  if (maxBytes) {
    const auto bytes = parseInteger("maxBytes", *maxBytes, 1, static_cast<std::int64_t>(kMostBytes));
    if (!bytes) return std::unexpected(bytes.error());
    range.maxBytes = static_cast<std::uint64_t>(*bytes);
  }
  if (maxItems) {
    const auto items = parseInteger("maxItems", *maxItems, 1, kMostItems);
    if (!items) return std::unexpected(items.error());
    range.maxItems = static_cast<std::uint64_t>(*items);
  }
  return range;
}

}  // namespace cachify::cli
