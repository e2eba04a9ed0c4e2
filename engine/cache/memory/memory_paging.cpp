#include "cache/memory/memory_paging.hpp"

#include <algorithm>
#include <charconv>

#include "cache/element_bytes.hpp"

namespace cachify::cache {
namespace {

Result<std::uint64_t> parseOffset(std::string_view cursor) {
  std::uint64_t offset = 0;
  if (cursor.empty()) return offset;
  const auto [end, problem] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), offset);
  if (problem == std::errc() && end == cursor.data() + cursor.size()) return offset;
  return fail(ErrorCode::validationError, "this cursor is not one that a read gave");
}

template <class T>
std::vector<T> slice(const std::vector<T>& items, std::uint64_t offset, const ReadRange& range,
                     ReadValue& page) {
  std::vector<T> taken;
  std::size_t at = static_cast<std::size_t>(std::min<std::uint64_t>(offset, items.size()));
  while (at < items.size() && taken.size() < std::max<std::uint64_t>(range.maxItems, 1)) {
    const auto bytes = bytesOf(items[at]);
    if (!taken.empty() && page.sizeBytes + bytes > range.maxBytes) break;
    page.sizeBytes += bytes;
    taken.push_back(items[at++]);
  }
  if (at < items.size()) page.nextCursor = std::to_string(at);
  return taken;
}

struct Paging {
  std::uint64_t offset;
  const ReadRange& range;
  ReadValue& page;

  void operator()(std::monostate) const {}
  void operator()(const Bytes& text) const {
    const auto from = static_cast<std::size_t>(std::min<std::uint64_t>(offset, text.size()));
    const auto part = BytesView(text).substr(from, static_cast<std::size_t>(range.maxBytes));
    page.sizeBytes = text.size();
    page.value = Bytes(part);
    if (from + part.size() < text.size()) page.nextCursor = std::to_string(from + part.size());
  }
  void operator()(const domain::HashValue& v) const {
    page.value = domain::HashValue{slice(v.entries, offset, range, page)};
  }
  void operator()(const domain::ListValue& v) const {
    page.value = domain::ListValue{slice(v.items, offset, range, page)};
  }
  void operator()(const domain::SetValue& v) const {
    page.value = domain::SetValue{slice(v.members, offset, range, page)};
  }
  void operator()(const domain::ZSetValue& v) const {
    page.value = domain::ZSetValue{slice(v.members, offset, range, page)};
  }
  void operator()(const domain::StreamValue& v) const {
    page.value = domain::StreamValue{slice(v.entries, offset, range, page)};
  }
};

}  // namespace

Result<ReadValue> pageOf(const domain::LogicalValue& value, const ReadRange& range) {
  auto offset = parseOffset(range.cursor);
  if (!offset) return std::unexpected(offset.error());
  ReadValue page;
  std::visit(Paging{*offset, range, page}, value);
  return page;
}

}  // namespace cachify::cache
