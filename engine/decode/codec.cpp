#include "decode/codec.hpp"

namespace cachify::decode {
namespace {

constexpr BytesView kGzipMagic("\x1f\x8b\x08", 3);          // RFC 1952, with its only method
constexpr BytesView kZstdMagic("\x28\xb5\x2f\xfd", 4);      // RFC 8878
constexpr BytesView kLz4FrameMagic("\x04\x22\x4d\x18", 4);  // lz4_Frame_format.md

/// RFC 1950: method 8, a window of at most 32 KiB, no preset dictionary, and a multiple of 31.
bool hasZlibHeader(BytesView value) {
  if (value.size() < 2) return false;
  const auto method = static_cast<unsigned char>(value[0]);
  const auto flags = static_cast<unsigned char>(value[1]);
  return (method & 0x0F) == 8 && (method >> 4) <= 7 && (flags & 0x20) == 0 &&
         (method * 256 + flags) % 31 == 0;
}

}  // namespace

bool isCompression(View view) {
  return view == View::gzip || view == View::zlib || view == View::zstd || view == View::lz4;
}

bool beginsAs(View view, BytesView value) {
  switch (view) {
    case View::gzip:
      return value.starts_with(kGzipMagic);
    case View::zlib:
      return hasZlibHeader(value);
    case View::zstd:
      return value.starts_with(kZstdMagic);
    case View::lz4:
      return value.starts_with(kLz4FrameMagic);
    default:
      return false;
  }
}

Unpacked unpack(View view, BytesView value, std::uint64_t maxOutputBytes) {
  if (view == View::gzip) return inflateGzip(value, maxOutputBytes);
  if (view == View::zlib) return inflateZlib(value, maxOutputBytes);
  if (view == View::zstd) return unpackZstd(value, maxOutputBytes);
  return unpackLz4(value, maxOutputBytes);
}

}  // namespace cachify::decode
