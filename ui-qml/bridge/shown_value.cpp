#include "shown_value.hpp"

#include <algorithm>

#include "decode/decode.hpp"
#include "domain/value_change.hpp"
#include "text.hpp"

namespace cachify::ui {

namespace {

constexpr qsizetype kLongestPiece = 2'000;

std::vector<QVariantList> piecesOf(const QString& text) {
  std::vector<QVariantList> pieces;
  for (qsizetype at = 0; at < text.size();) {
    const auto end = text.indexOf('\n', at);
    const auto length = std::min(end < 0 ? text.size() - at : end - at, kLongestPiece);
    pieces.push_back({text.mid(at, length)});
    at += length + (end == at + length ? 1 : 0);
  }
  return pieces;
}

/// A row of a list shows no more of it, and lays out all that it is given.
QString start(const QString& text) {
  return text.size() > kLongestPiece ? text.left(kLongestPiece) + QChar(0x2026) : text;
}

void add(ShownElements& elements, const Bytes& name, const Bytes& value, const QString& first,
         const QString& second) {
  // What had to be escaped to be shown does not come back from a text field as it was.
  const bool isPlain = first == toText(name) && (second.isEmpty() || second == toText(value));
  elements.rows.push_back({start(first), start(second), first, second, isPlain});
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

}  // namespace

ShownText shownText(const cache::ReadValue& value, decode::View view) {
  ShownText shown;
  const auto* bytes = std::get_if<Bytes>(&value.value);
  if (bytes == nullptr) return shown;
  const auto decoded = decode::decode(*bytes, view, {.maxOutputBytes = kPreviewBytes});
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
  shown.isPlain = isWhole && bytes != nullptr && value.type == domain::ValueType::string &&
                  bytes->find('\0') == Bytes::npos && isUtf8(*bytes);
  if (shown.isPlain) shown.plain = toText(*bytes);
  shown.elements = elementsOf(value.value, from);
  shown.text = shownText(value, view);
  return shown;
}

}  // namespace cachify::ui
