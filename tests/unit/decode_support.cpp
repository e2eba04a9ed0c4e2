#include "unit/decode_support.hpp"

#include <gtest/gtest.h>
#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

#include <memory>
#include <stdexcept>

namespace cachify::decode::test {
namespace {

/// `windowBits` chooses the wrapping, as in zlib's manual.
Bytes deflated(BytesView plain, int windowBits) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("deflateInit2");
  Bytes out(deflateBound(&stream, plain.size()), '\0');
  Bytes input(plain);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) throw std::runtime_error("deflate");
  return out;
}

}  // namespace

Bytes gzip(BytesView plain) {
  return deflated(plain, 15 + 16);
}

Bytes zlib(BytesView plain) {
  return deflated(plain, 15);
}

Bytes zstd(BytesView plain) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  Bytes out(ZSTD_compressBound(plain.size()), '\0');
  const auto size = ZSTD_compress2(context.get(), out.data(), out.size(), plain.data(), plain.size());
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

Bytes lz4(BytesView plain) {
  LZ4F_preferences_t preferences{};
  preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
  Bytes out(LZ4F_compressFrameBound(plain.size(), &preferences), '\0');
  const auto size = LZ4F_compressFrame(out.data(), out.size(), plain.data(), plain.size(), &preferences);
  if (LZ4F_isError(size) != 0) throw std::runtime_error(LZ4F_getErrorName(size));
  out.resize(size);
  return out;
}

Bytes encode(View codec, BytesView plain) {
  switch (codec) {
    case View::gzip:
      return gzip(plain);
    case View::zlib:
      return zlib(plain);
    case View::zstd:
      return zstd(plain);
    case View::lz4:
      return lz4(plain);
    default:
      return toBase64(plain);
  }
}

Decoded decoded(BytesView value, View view, Limits limits) {
  auto result = decode(value, view, limits);
  EXPECT_TRUE(result) << wireName(view) << ": " << (result ? "" : result.error().message);
  return result ? *std::move(result) : Decoded{};
}

std::string chainOf(BytesView value) {
  return chainText(decoded(value));
}

}  // namespace cachify::decode::test
