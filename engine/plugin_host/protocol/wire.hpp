#pragma once
// The bytes of the host protocol (PROTOCOL.md): little-endian integers, LEB128 counts, counted bytes. A
// struct says its fields once, and is written and read by them.

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"

namespace cachify::plugin_host {

static_assert(std::endian::native == std::endian::little, "integers are copied as they lie in memory");

/// Most bytes that a LEB128 number of 64 bits takes.
inline constexpr std::size_t kMaxCountBytes = 10;

class WireWriter {
 public:
  explicit WireWriter(Bytes& out) : out_(out) {}

  template <std::unsigned_integral T>
  void number(T value) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    out_.append(raw, sizeof(T));
  }
  void count(std::uint64_t value) {
    while (value >= 0x80) {
      out_.push_back(static_cast<char>(value | 0x80));
      value >>= 7;
    }
    out_.push_back(static_cast<char>(value));
  }
  void bytes(BytesView value) {
    count(value.size());
    out_.append(value);
  }

 private:
  Bytes& out_;
};

/// Never reads beyond its input. The first thing that does not fit makes it fail for good; what is read then
/// is zero or empty.
class WireReader {
 public:
  explicit WireReader(BytesView in) : left_(in) {}

  template <std::unsigned_integral T>
  [[nodiscard]] T number() {
    T value = 0;
    const BytesView raw = take(sizeof(T));
    if (raw.size() == sizeof(T)) std::memcpy(&value, raw.data(), sizeof(T));
    return value;
  }
  [[nodiscard]] std::uint64_t count() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = number<std::uint8_t>();
      const std::uint64_t bits = byte & 0x7F;
      if (shift == 63 && bits > 1) break;
      value |= bits << shift;
      if ((byte & 0x80) == 0) return value;
    }
    fail();
    return 0;
  }
  /// A view into the input.
  [[nodiscard]] BytesView bytes() {
    const std::uint64_t size = count();
    if (size > left_.size()) {
      fail();
      return {};
    }
    return take(static_cast<std::size_t>(size));
  }
  /// How many elements follow, each of which takes at least `leastBytes`: what is believed before memory is
  /// taken.
  [[nodiscard]] std::size_t elements(std::size_t leastBytes) {
    const std::uint64_t claimed = count();
    if (claimed <= left_.size() / leastBytes) return static_cast<std::size_t>(claimed);
    fail();
    return 0;
  }
  void fail() {
    ok_ = false;
    left_ = {};
  }
  [[nodiscard]] bool ok() const { return ok_; }
  /// Everything was there, and nothing more.
  [[nodiscard]] bool done() const { return ok_ && left_.empty(); }

 private:
  BytesView take(std::size_t size) {
    if (size > left_.size()) {
      fail();
      return {};
    }
    const BytesView taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }

  BytesView left_;
  bool ok_ = true;
};

/// Gives each field of a struct to a writer.
class FieldWriter {
 public:
  explicit FieldWriter(Bytes& out) : writer_(out) {}

  template <class... Fields>
  void operator()(const Fields&... fields) {
    (put(fields), ...);
  }

 private:
  template <std::unsigned_integral T>
  void put(T value) {
    writer_.number(value);
  }
  void put(std::int64_t value) { writer_.number(static_cast<std::uint64_t>(value)); }
  template <class E>
  requires std::is_enum_v<E>
  void put(E value) { writer_.number(static_cast<std::underlying_type_t<E>>(value)); }
  void put(const Bytes& value) { writer_.bytes(value); }
  void put(BytesView value) { writer_.bytes(value); }
  template <class T>
  void put(const std::vector<T>& values) {
    writer_.count(values.size());
    for (const auto& value : values) put(value);
  }
  template <class T>
  requires requires(const T& value, FieldWriter& writer) { T::fields(value, writer); }
  void put(const T& value) { T::fields(value, *this); }

  WireWriter writer_;
};

/// Fills each field of a struct from a reader. Enums are not judged here: `fields` of a message that has one
/// is followed by its own check.
class FieldReader {
 public:
  explicit FieldReader(BytesView in) : reader_(in) {}

  template <class... Fields>
  void operator()(Fields&... fields) {
    (take(fields), ...);
  }
  [[nodiscard]] bool done() const { return reader_.done(); }

 private:
  void take(bool&) = delete;
  template <std::unsigned_integral T>
  void take(T& value) {
    value = reader_.number<T>();
  }
  void take(std::int64_t& value) { value = static_cast<std::int64_t>(reader_.number<std::uint64_t>()); }
  template <class E>
  requires std::is_enum_v<E>
  void take(E& value) { value = static_cast<E>(reader_.number<std::underlying_type_t<E>>()); }
  void take(Bytes& value) { value = reader_.bytes(); }
  void take(BytesView& value) { value = reader_.bytes(); }
  template <class T>
  void take(std::vector<T>& values) {
    // Whatever an element is, it takes a byte; memory grows with what was really there.
    const std::size_t size = reader_.elements(1);
    values.clear();
    values.reserve(std::min<std::size_t>(size, 65'536));
    for (std::size_t i = 0; i < size && reader_.ok(); ++i) take(values.emplace_back());
  }
  template <class T>
  requires requires(T& value, FieldReader& reader) { T::fields(value, reader); }
  void take(T& value) { T::fields(value, *this); }

  WireReader reader_;
};

template <class T>
[[nodiscard]] Bytes encodeBody(const T& message) {
  Bytes out;
  FieldWriter writer(out);
  T::fields(message, writer);
  return out;
}

/// False unless the body is just this message. Views in it point into `body`.
template <class T>
[[nodiscard]] bool decodeBody(BytesView body, T& message) {
  FieldReader reader(body);
  T::fields(message, reader);
  return reader.done();
}

}  // namespace cachify::plugin_host
