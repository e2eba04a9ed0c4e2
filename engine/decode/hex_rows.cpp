#include "decode/hex_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace cachify::decode {
namespace {

constexpr std::size_t kBytesPerRow = 16;
/// Offset, two blanks, three characters a byte and one between the halves, and 16 characters between bars.
constexpr std::size_t kRowWidth = 8 + 2 + 3 * kBytesPerRow + 1 + 1 + kBytesPerRow + 2;

void appendRow(std::string& out, std::size_t offset, BytesView row) {
  auto end = std::back_inserter(out);
  fmt::format_to(end, "{:08x}  ", offset);
  for (std::size_t i = 0; i < kBytesPerRow; ++i) {
    if (i == kBytesPerRow / 2) out += ' ';
    if (i < row.size())
      fmt::format_to(end, "{:02x} ", static_cast<unsigned char>(row[i]));
    else
      out += "   ";
  }
  out += " |";
  std::ranges::transform(row, end, [](char c) { return c >= 0x20 && c < 0x7F ? c : '.'; });
  out += "|";
}

}  // namespace

HexRows hexRows(BytesView bytes, std::uint64_t maxOutputBytes) {
  HexRows rows;
  const auto wholeRows = (bytes.size() + kBytesPerRow - 1) / kBytesPerRow;
  rows.text.reserve(
      static_cast<std::size_t>(std::min<std::uint64_t>(wholeRows * (kRowWidth + 1), maxOutputBytes)));
  for (std::size_t at = 0; at < bytes.size(); at += kBytesPerRow) {
    if (rows.text.size() + 1 + kRowWidth > maxOutputBytes) {
      rows.cut = true;
      break;
    }
    if (at != 0) rows.text += '\n';
    appendRow(rows.text, at, bytes.substr(at, kBytesPerRow));
  }
  return rows;
}

}  // namespace cachify::decode
