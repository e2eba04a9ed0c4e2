// The value for the clipboard.

#include <QClipboard>
#include <QGuiApplication>

#include "cache/cache_session.hpp"
#include "engine_host.hpp"
#include "key_document.hpp"
#include "text.hpp"

namespace cachify::ui {

namespace {

/// A word of redis-cli: in quotes, with what is no plain text as \xNN.
QString cliWord(const Bytes& bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  const bool isText = isUtf8(bytes);
  QByteArray word = "\"";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      word.append('\\').append(c);
    } else if (byte < 0x20 || byte == 0x7f || (byte > 0x7f && !isText)) {
      word.append("\\x").append(kHex[byte >> 4]).append(kHex[byte & 15]);
    } else {
      word.append(c);
    }
  }
  return QString::fromUtf8(word.append('"'));
}

QString cliCommand(const Bytes& key, const domain::LogicalValue& value) {
  const auto with = [&](const char* command, const QStringList& words) {
    return QLatin1String(command) + ' ' + cliWord(key) + ' ' + words.join(' ');
  };
  QStringList words;
  if (const auto* text = std::get_if<Bytes>(&value)) return with("SET", {cliWord(*text)});
  if (const auto* hash = std::get_if<domain::HashValue>(&value)) {
    for (const auto& [field, held] : hash->entries) words << cliWord(field) << cliWord(held);
    return with("HSET", words);
  }
  if (const auto* list = std::get_if<domain::ListValue>(&value)) {
    for (const auto& item : list->items) words << cliWord(item);
    return with("RPUSH", words);
  }
  if (const auto* set = std::get_if<domain::SetValue>(&value)) {
    for (const auto& member : set->members) words << cliWord(member);
    return with("SADD", words);
  }
  if (const auto* zset = std::get_if<domain::ZSetValue>(&value)) {
    for (const auto& [member, score] : zset->members) words << toText(score) << cliWord(member);
    return with("ZADD", words);
  }
  return {};
}

QString linesOf(const std::vector<std::pair<QString, QString>>& elements) {
  QStringList lines;
  for (const auto& [first, second] : elements) lines << (second.isEmpty() ? first : first + '\t' + second);
  return lines.join('\n');
}

}  // namespace

bool KeyDocument::hasCommand() const {
  return exists() && profile_.engine == domain::CacheEngine::redis && value_->value.index() != 0 &&
         !std::holds_alternative<domain::StreamValue>(value_->value);
}

/// Long values take their time to become text; what was asked for last is what is copied.
void KeyDocument::copy(const QString& form) {
  if (!exists()) return;
  std::vector<std::pair<QString, QString>> elements;
  for (int row = 0; row < elements_.count(); ++row) {
    elements.emplace_back(elements_.value(row, "wholeFirst").toString(),
                          elements_.value(row, "wholeSecond").toString());
  }
  host_.ask<QString>(
      this,
      [form, key = key_, value = value_, shown = text_,
       elements = std::move(elements)](studio::Engine&) -> Result<QString> {
        const auto* bytes = std::get_if<Bytes>(&value->value);
        if (form == "command") return cliCommand(key, value->value);
        if (bytes == nullptr) return linesOf(elements);
        if (form == "pretty") return shown;
        return isUtf8(*bytes) ? toText(*bytes) : toShown(*bytes);
      },
      [this, asked = ++copies_](Result<QString> text) {
        if (text && asked == copies_) QGuiApplication::clipboard()->setText(*text);
      });
}

}  // namespace cachify::ui
