#include "decode/message_pack_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <optional>
#include <vector>

#include "decode/message_pack_reader.hpp"
#include "decode/quoted_text.hpp"

namespace cachify::decode {
namespace {

using Type = PackToken::Type;

template <class Float>
std::string numberText(Float number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  std::string text = fmt::format("{}", number);
  const bool looksWhole = text.find_first_of(".e") == std::string::npos;
  return looksWhole ? text + ".0" : text;
}

/// Seconds since 1970, as far as the calendar of the standard library reaches.
std::optional<std::string> timeText(std::int64_t seconds, std::uint64_t nanoseconds) {
  using namespace std::chrono;
  constexpr std::int64_t kReach = 32'000LL * 365 * 86'400;
  if (seconds < -kReach || seconds > kReach || nanoseconds > 999'999'999) return std::nullopt;
  const sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int{date.year()},
                                 unsigned{date.month()}, unsigned{date.day()}, clock.hours().count(),
                                 clock.minutes().count(), clock.seconds().count());
  if (nanoseconds != 0) text += fmt::format(".{:09}", nanoseconds);
  return text + "Z";
}

std::uint64_t bigEndian(BytesView bytes) {
  std::uint64_t bits = 0;
  for (const char c : bytes) bits = bits << 8 | static_cast<unsigned char>(c);
  return bits;
}

/// Extension type -1 of the specification, in its three lengths.
std::optional<std::string> timestamp(BytesView bytes) {
  if (bytes.size() == 4) return timeText(static_cast<std::int64_t>(bigEndian(bytes)), 0);
  if (bytes.size() == 8) {
    const auto bits = bigEndian(bytes);
    return timeText(static_cast<std::int64_t>(bits & 0x3'FFFF'FFFFULL), bits >> 34);
  }
  if (bytes.size() != 12) return std::nullopt;
  return timeText(std::bit_cast<std::int64_t>(bigEndian(bytes.substr(4))), bigEndian(bytes.substr(0, 4)));
}

class MessagePackFormatter {
 public:
  MessagePackFormatter(BytesView value, const Limits& limits)
      : reader_(value), maxDepth_(limits.maxDepth), out_(limits.maxOutputBytes) {}

  std::expected<MessagePackText, Fault> run() {
    do {
      const auto token = reader_.next();
      if (!token) return std::unexpected(token.error());
      if (opens(*token) && open_.size() == maxDepth_) {
        found_.deep = true;
        return finish();
      }
      if (!awaitsValue() && !open_.empty()) out_.newLine(open_.size());
      note(*token);
      opens(*token) ? open(*token) : scalar(*token);
    } while (!open_.empty());
    if (!reader_.atEnd()) return std::unexpected(Fault{reader_.offset(), "something follows the value"});
    return finish();
  }

 private:
  struct Container {
    char closing;
    /// Values still to come; a map's keys count too, so that at an odd number a key's value is next.
    std::uint64_t left;
  };

  static bool isContainer(const PackToken& token) {
    return token.type == Type::array || token.type == Type::map;
  }
  static bool opens(const PackToken& token) { return isContainer(token) && token.bits != 0; }

  [[nodiscard]] bool awaitsValue() const {
    return !open_.empty() && open_.back().closing == '}' && open_.back().left % 2 == 1;
  }

  /// What detection wants to know.
  void note(const PackToken& token) {
    const bool plain = token.type == Type::string && isPlainText(token.bytes);
    if (token.type == Type::string && !plain && !isUtf8(token.bytes)) found_.allTextsUtf8 = false;
    if (open_.empty()) {
      found_.mapOrArray = isContainer(token);
      found_.mapOfNames = token.type == Type::map && token.bits != 0;
    } else if (open_.size() == 1 && open_.back().closing == '}' && !awaitsValue()) {
      found_.mapOfNames = found_.mapOfNames && plain && !token.bytes.empty();
    }
  }

  void open(const PackToken& token) {
    const bool map = token.type == Type::map;
    out_.append(map ? '{' : '[');
    open_.push_back({.closing = map ? '}' : ']', .left = map ? token.bits * 2 : token.bits});
  }

  void scalar(const PackToken& token) {
    write(token);
    while (!open_.empty()) {
      Container& container = open_.back();
      --container.left;
      if (container.left != 0) {
        out_.append(awaitsValue() ? ": " : ",");
        return;
      }
      const char closing = container.closing;
      open_.pop_back();
      out_.newLine(open_.size());
      out_.append(closing);
    }
  }

  void write(const PackToken& token) {
    switch (token.type) {
      case Type::nil:
        return out_.append("null");
      case Type::boolean:
        return out_.append(token.bits != 0 ? "true" : "false");
      case Type::unsignedInteger:
        return out_.append(fmt::format("{}", token.bits));
      case Type::signedInteger:
        return out_.append(fmt::format("{}", std::bit_cast<std::int64_t>(token.bits)));
      case Type::float32:
        return out_.append(numberText(std::bit_cast<float>(static_cast<std::uint32_t>(token.bits))));
      case Type::float64:
        return out_.append(numberText(std::bit_cast<double>(token.bits)));
      case Type::string:
        return writeText(token.bytes);
      case Type::binary:
        return writeHex(token.bytes);
      case Type::extension:
        return writeExtension(token);
      case Type::array:
        return out_.append("[]");
      case Type::map:
        return out_.append("{}");
    }
  }

  void writeText(BytesView text) {
    if (isUtf8(text)) return appendQuoted(out_, text);
    out_.append("text(");
    writeHex(text);
    out_.append(')');
  }

  /// In pieces: a long binary must not be doubled in memory to be cut.
  void writeHex(BytesView bytes) {
    constexpr std::size_t kPiece = 4096;
    out_.append("h'");
    for (std::size_t at = 0; at < bytes.size() && !out_.cut(); at += kPiece)
      out_.append(toHex(bytes.substr(at, kPiece)));
    out_.append('\'');
  }

  void writeExtension(const PackToken& token) {
    constexpr std::int8_t kTimestamp = -1;
    if (const auto time = token.extensionType == kTimestamp ? timestamp(token.bytes) : std::nullopt)
      return out_.append(fmt::format("timestamp(\"{}\")", *time));
    out_.append(fmt::format("ext({}, ", int{token.extensionType}));
    writeHex(token.bytes);
    out_.append(')');
  }

  MessagePackText finish() {
    found_.cut = out_.cut();
    found_.text = std::move(out_).take();
    return std::move(found_);
  }

  MessagePackReader reader_;
  std::size_t maxDepth_;
  std::vector<Container> open_;
  BoundedBytes out_;
  MessagePackText found_;
};

}  // namespace

std::expected<MessagePackText, Fault> formatMessagePack(BytesView value, const Limits& limits) {
  return MessagePackFormatter(value, limits).run();
}

}  // namespace cachify::decode
