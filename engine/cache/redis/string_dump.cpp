#include "cache/redis/string_dump.hpp"

namespace cachify::cache::redis {
namespace {

constexpr char kStringType = 0;
constexpr std::size_t kFooterBytes = 10;  // 2 of version, 8 of checksum

class DumpReader {
 public:
  explicit DumpReader(BytesView bytes) : rest_(bytes) {}

  [[nodiscard]] bool atEnd() const { return rest_.empty(); }

  std::optional<std::uint8_t> byte() {
    if (rest_.empty()) return std::nullopt;
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  std::optional<BytesView> take(std::uint64_t count) {
    if (count > rest_.size()) return std::nullopt;
    const BytesView taken = rest_.substr(0, static_cast<std::size_t>(count));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::optional<std::uint64_t> bigEndian(std::size_t width) {
    const auto bytes = take(width);
    if (!bytes) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : *bytes) value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
  }

  std::optional<std::int64_t> signedLittleEndian(std::size_t width) {
    const auto bytes = take(width);
    if (!bytes) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
      value |= std::uint64_t{static_cast<std::uint8_t>((*bytes)[i])} << 8 * i;
    const std::uint64_t sign = std::uint64_t{1} << (8 * width - 1);
    return static_cast<std::int64_t>((value ^ sign) - sign);
  }

 private:
  BytesView rest_;
};

/// A length is told by the two highest bits of its first byte: 6 bits, 14 bits, 32 or 64 bits, or not a
/// length but one of the special encodings.
struct Length {
  bool special = false;
  std::uint64_t value = 0;
};

std::optional<Length> readLength(DumpReader& reader) {
  const auto first = reader.byte();
  if (!first) return std::nullopt;
  const std::uint64_t low = *first & 0x3fu;
  if (*first >> 6 == 0) return Length{.value = low};
  if (*first >> 6 == 3) return Length{.special = true, .value = low};
  if (*first >> 6 == 1) {
    const auto next = reader.byte();
    if (!next) return std::nullopt;
    return Length{.value = low << 8 | *next};
  }
  const auto wide = reader.bigEndian(*first == 0x81 ? 8 : 4);
  if (!wide) return std::nullopt;
  return Length{.value = *wide};
}

/// LZF: runs of literals, and references to what was written before.
std::optional<Bytes> decompressed(BytesView packed, std::uint64_t size) {
  Bytes out;
  out.reserve(static_cast<std::size_t>(size));
  DumpReader reader(packed);
  while (!reader.atEnd()) {
    const std::uint8_t control = *reader.byte();
    if (control < 32) {
      const auto literals = reader.take(control + 1u);
      if (!literals) return std::nullopt;
      out += *literals;
      continue;
    }
    std::size_t length = control >> 5;
    const auto longer = length == 7 ? reader.byte() : 0;
    const auto low = reader.byte();
    if (!longer || !low) return std::nullopt;
    length += *longer + 2u;
    const std::size_t distance = ((control & 0x1fu) << 8 | *low) + 1u;
    if (distance > out.size() || out.size() + length > size) return std::nullopt;
    // Byte by byte: the reference may overlap what it writes.
    for (std::size_t i = 0; i < length; ++i) out += out[out.size() - distance];
  }
  if (out.size() != size) return std::nullopt;
  return out;
}

std::optional<Bytes> readSpecial(DumpReader& reader, std::uint64_t encoding, std::uint64_t maxBytes) {
  if (encoding <= 2) {
    const auto number = reader.signedLittleEndian(std::size_t{1} << encoding);
    if (!number) return std::nullopt;
    return std::to_string(*number);
  }
  if (encoding != 3) return std::nullopt;
  const auto packedSize = readLength(reader);
  const auto size = readLength(reader);
  if (!packedSize || !size || size->value > maxBytes) return std::nullopt;
  const auto packed = reader.take(packedSize->value);
  return packed ? decompressed(*packed, size->value) : std::nullopt;
}

}  // namespace

bool isStringDump(BytesView dump) {
  return dump.size() > kFooterBytes && dump.front() == kStringType;
}

std::optional<Bytes> stringInDump(BytesView dump, std::uint64_t maxBytes) {
  if (!isStringDump(dump)) return std::nullopt;
  DumpReader reader(dump.substr(1, dump.size() - 1 - kFooterBytes));
  const auto length = readLength(reader);
  if (!length) return std::nullopt;
  std::optional<Bytes> text;
  if (length->special) {
    text = readSpecial(reader, length->value, maxBytes);
  } else if (const auto raw = reader.take(length->value); raw && raw->size() <= maxBytes) {
    text = Bytes(*raw);
  }
  return reader.atEnd() ? text : std::nullopt;
}

}  // namespace cachify::cache::redis
