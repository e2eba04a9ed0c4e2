#include "draft.hpp"

#include <algorithm>

#include "text.hpp"

namespace cachify::ui {

namespace {

constexpr qsizetype kPart = 32 << 10;
constexpr char16_t kPictures = 0x2400;  ///< of the control characters, in their order
constexpr char16_t kDelete = 0x7f;
constexpr char16_t kDeletePicture = 0x2421;
constexpr char16_t kHardBlank = 0x00a0;
constexpr char16_t kHardBlankPicture = 0x237d;

bool isControl(char16_t code) {
  return code < 0x20 && code != '\n' && code != '\t';
}

bool isPicture(char16_t code) {
  return (code >= kPictures && isControl(static_cast<char16_t>(code - kPictures))) ||
         code == kDeletePicture || code == kHardBlankPicture;
}

/// A QTextDocument takes them for its own.
bool isOfTheField(char16_t code) {
  return code == 0x2028 || code == 0x2029 || code == 0xfdd0 || code == 0xfdd1;
}

/// Where the part that begins at `from` ends: after a line, if there is one that is not too short; never
/// within a character.
qsizetype endOfPart(const QString& text, qsizetype from) {
  if (text.size() - from <= kPart) return text.size();
  const auto lineEnd = text.lastIndexOf('\n', from + kPart - 1);
  if (lineEnd >= from + kPart / 2) return lineEnd + 1;
  return text.at(from + kPart).isLowSurrogate() ? from + kPart - 1 : from + kPart;
}

std::vector<QString> divided(const QString& text) {
  std::vector<QString> parts;
  if (text.size() <= kMostInAField) return {text};
  for (qsizetype at = 0; at < text.size(); at += parts.back().size())
    parts.push_back(text.mid(at, endOfPart(text, at) - at));
  return parts;
}

std::uint64_t sizeOf(const QString& part) {
  return static_cast<std::uint64_t>(fromField(part).toUtf8().size());
}

}  // namespace

std::optional<QString> toField(const QString& text) {
  QString shown = text;
  for (qsizetype at = 0; at < text.size(); ++at) {
    const char16_t code = text.at(at).unicode();
    if (isPicture(code) || isOfTheField(code)) return std::nullopt;
    if (isControl(code)) shown[at] = QChar(static_cast<char16_t>(kPictures + code));
    if (code == kDelete) shown[at] = QChar(kDeletePicture);
    if (code == kHardBlank) shown[at] = QChar(kHardBlankPicture);
  }
  return shown;
}

QString fromField(const QString& text) {
  QString meant = text;
  for (qsizetype at = 0; at < text.size(); ++at) {
    const char16_t code = text.at(at).unicode();
    if (code == kDeletePicture) {
      meant[at] = QChar(kDelete);
    } else if (code == kHardBlankPicture) {
      meant[at] = QChar(kHardBlank);
    } else if (isPicture(code)) {
      meant[at] = QChar(static_cast<char16_t>(code - kPictures));
    }
  }
  return meant;
}

Draft::Draft(const QString& text) {
  for (const QString& part : divided(text)) parts_.push_back(partOf(part, part));
  count();
}

std::optional<Draft> Draft::of(BytesView bytes) {
  if (!isUtf8(bytes)) return std::nullopt;
  const auto text = toField(toText(bytes));
  if (!text) return std::nullopt;
  Draft draft(*text);
  if (draft.bytes() != bytes) return std::nullopt;  // such as a byte order mark
  return draft;
}

Draft::Part Draft::partOf(const QString& before, const QString& text) {
  const std::uint64_t size = sizeOf(text);
  return {
      .before = before, .text = text, .bytesBefore = before == text ? size : sizeOf(before), .bytes = size};
}

void Draft::count() {
  changed_ = 0;
  bytesBefore_ = bytesAfter_ = 0;
  for (const auto& part : parts_) {
    changed_ += part.text == part.before ? 0 : 1;
    bytesBefore_ += part.bytesBefore;
    bytesAfter_ += part.bytes;
  }
}

void Draft::setPart(int at, const QString& text) {
  auto& part = parts_[static_cast<std::size_t>(at)];
  const auto texts = divided(text);
  changed_ -= part.text == part.before ? 0 : 1;
  bytesAfter_ -= part.bytes;
  part.text = texts.front();
  part.bytes = sizeOf(part.text);
  changed_ += part.text == part.before ? 0 : 1;
  bytesAfter_ += part.bytes;
  if (texts.size() == 1) return;
  std::vector<Part> more;
  for (std::size_t i = 1; i < texts.size(); ++i) more.push_back(partOf({}, texts[i]));
  parts_.insert(parts_.begin() + at + 1, more.begin(), more.end());
  count();
}

void Draft::discard() {
  // What was put between has nothing before it; nor has the first, of an empty text.
  const auto isBetween = [](const Part& part) { return part.before.isEmpty(); };
  parts_.erase(std::remove_if(parts_.begin() + 1, parts_.end(), isBetween), parts_.end());
  for (auto& part : parts_) {
    part.text = part.before;
    part.bytes = part.bytesBefore;
  }
  count();
}

void Draft::keep() {
  for (auto& part : parts_) {
    part.before = part.text;
    part.bytesBefore = part.bytes;
  }
  count();
}

Bytes Draft::bytes() const {
  Bytes all;
  all.reserve(bytesAfter_);
  for (const auto& part : parts_) all += toBytes(fromField(part.text));
  return all;
}

std::optional<Draft::Place> Draft::findIn(const QString& words, int part, qsizetype from) const {
  const QString& text = this->part(part);
  const auto at = text.indexOf(words, from, Qt::CaseInsensitive);
  if (at >= 0) return Place{.part = part, .at = at, .length = words.size()};
  if (part + 1 == parts()) return std::nullopt;
  // Where it goes on in the next part.
  const auto tail = std::max(from, text.size() - words.size() + 1);
  const QString seam = text.mid(tail) + this->part(part + 1).left(words.size() - 1);
  const auto over = seam.indexOf(words, 0, Qt::CaseInsensitive);
  if (over < 0 || tail + over >= text.size()) return std::nullopt;
  return Place{.part = part, .at = tail + over, .length = text.size() - tail - over};
}

std::optional<Draft::Place> Draft::find(const QString& words, Place from) const {
  if (words.isEmpty()) return std::nullopt;
  for (int step = 0; step <= parts(); ++step) {
    const auto found = findIn(words, (from.part + step) % parts(), step == 0 ? from.at : 0);
    if (found) return found;
  }
  return std::nullopt;
}

}  // namespace cachify::ui
