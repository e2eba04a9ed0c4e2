#include "shown_value.hpp"

#include <algorithm>

#include "decode/decode.hpp"
#include "domain/value_change.hpp"
#include "text.hpp"

namespace cachify::ui {

namespace {

constexpr qsizetype kLongestPiece = 2'000;
constexpr int kMostLines = 40;  ///< of a piece

/// Some whole lines each, or a part of one.
std::vector<QVariantList> piecesOf(const QString& text) {
  std::vector<QVariantList> pieces;
  for (qsizetype at = 0; at < text.size();) {
    qsizetype end = at;
    for (int lines = 0; lines < kMostLines && end < text.size(); ++lines) {
      const auto line = text.indexOf('\n', end);
      const auto next = line < 0 ? text.size() : line + 1;
      if (next - at > kLongestPiece) break;
      end = next;
    }
    if (end == at) end = std::min(at + kLongestPiece, text.size());
    const bool isLine = text.at(end - 1) == '\n';
    pieces.push_back({text.mid(at, end - at - (isLine ? 1 : 0))});
    at = end;
  }
  return pieces;
}

/// What a field of one line lays out in a moment.
constexpr qsizetype kLongestInALine = 16 << 10;

void add(ShownElements& elements, const Bytes& name, const Bytes& value, const QString& first,
         const QString& second) {
  // What had to be escaped to be shown does not come back from a text field as it was.
  const bool isShort = first.size() + second.size() <= kLongestInALine;
  const bool isPlain = isShort && first == toText(name) && (second.isEmpty() || second == toText(value));
  elements.rows.push_back({startOf(first), startOf(second), first, second, isPlain});
  elements.names.push_back(name);
  elements.values.push_back(value);
}

ShownElements elementsOf(const domain::LogicalValue& value, std::size_t from) {
  ShownElements shown;
  if (const auto* hash = std::get_if<domain::HashValue>(&value)) {
    for (const auto& [field, held] : hash->entries) add(shown, field, held, toShown(field), toShown(held));
  } else if (const auto* list = std::get_if<domain::ListValue>(&value)) {
    for (const auto& item : list->items) {
      const auto index = QString::number(from + shown.names.size());
      add(shown, index.toStdString(), item, index, toShown(item));
    }
  } else if (const auto* set = std::get_if<domain::SetValue>(&value)) {
    for (const auto& member : set->members) add(shown, member, member, toShown(member), {});
  } else if (const auto* zset = std::get_if<domain::ZSetValue>(&value)) {
    for (const auto& [member, score] : zset->members)
      add(shown, member, score, toShown(member), toText(score));
  } else if (const auto* stream = std::get_if<domain::StreamValue>(&value)) {
    for (const auto& entry : stream->entries) {
      QStringList fields;
      for (const auto& [field, held] : entry.fields) fields.append(toShown(field) + " = " + toShown(held));
      add(shown, entry.id, {}, toText(entry.id), fields.join(QStringLiteral(", ")));
    }
  }
  return shown;
}

/// A preview may unpack to a little more; what was loaded beyond one is shown, laid out, too.
std::uint64_t mostShown(std::size_t loaded) {
  return std::clamp<std::uint64_t>(2 * loaded, kPreviewBytes, kMostLoaded);
}

}  // namespace

QString startOf(const QString& text) {
  return text.size() > kLongestPiece ? text.left(kLongestPiece) + QChar(0x2026) : text;
}

ShownText shownText(const cache::ReadValue& value, decode::View view) {
  ShownText shown;
  const auto* bytes = std::get_if<Bytes>(&value.value);
  if (bytes == nullptr) return shown;
  const auto decoded = decode::decode(*bytes, view, {.maxOutputBytes = mostShown(bytes->size())});
  if (!decoded) {
    shown.stopped = toText(decoded.error().message);
    return shown;
  }
  shown.chain = toText(decode::chainText(*decoded));
  shown.text = blockText(toText(decoded->text));
  if (decoded->stopped) shown.stopped = toText(*decoded->stopped);
  if (shown.text.size() > kMostInAField) shown.pieces = piecesOf(shown.text);
  return shown;
}

ShownValue shownValue(cache::ReadValue read, const cache::ReadValue* before, std::size_t from,
                      decode::View view) {
  const auto* first = before != nullptr ? std::get_if<Bytes>(&before->value) : nullptr;
  auto* part = std::get_if<Bytes>(&read.value);
  if (first != nullptr && part != nullptr) *part = *first + *part;
  ShownValue shown;
  shown.value = std::make_shared<const cache::ReadValue>(std::move(read));
  const auto& value = *shown.value;
  const auto* bytes = std::get_if<Bytes>(&value.value);
  const bool isWhole = value.type != domain::ValueType::none && value.nextCursor.empty();
  if (isWhole && value.value.index() != 0) shown.digest = toText(toHex(domain::contentDigest(value.value)));
  if (isWhole && bytes != nullptr && value.type == domain::ValueType::string) shown.draft = Draft::of(*bytes);
  shown.elements = elementsOf(value.value, from);
  shown.text = shownText(value, view);
  return shown;
}

}  // namespace cachify::ui
