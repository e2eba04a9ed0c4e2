// zstd. https://facebook.github.io/zstd/zstd_manual.html, "Streaming decompression"

#include <fmt/format.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <array>
#include <memory>

#include "decode/bounded_bytes.hpp"
#include "decode/codec.hpp"

namespace cachify::decode {
namespace {

using Ending = Unpacked::Ending;

/// 128 MiB, the most that `zstd -d` takes without being asked. The window is allocated at the frame's word,
/// but only what is written to it takes memory, and that is bounded by the output.
constexpr int kWindowLogMax = 27;

std::string damage(std::size_t status) {
  if (ZSTD_getErrorCode(status) == ZSTD_error_checksum_wrong) return "damaged: zstd checksum does not match";
  return fmt::format("damaged: zstd data cannot be read ({})", ZSTD_getErrorName(status));
}

}  // namespace

Unpacked unpackZstd(BytesView value, std::uint64_t maxOutputBytes) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  if (!context) return {.bytes = {}, .ending = Ending::damaged, .reason = "no memory to unpack"};
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kWindowLogMax);
  BoundedBytes out(maxOutputBytes);
  const auto finish = [&out](Ending ending, std::string reason) {
    return Unpacked{.bytes = std::move(out).take(), .ending = ending, .reason = std::move(reason)};
  };

  std::array<char, kPartBytes> buffer;
  ZSTD_inBuffer input{value.data(), value.size(), 0};
  while (true) {
    ZSTD_outBuffer part{buffer.data(), buffer.size(), 0};
    const auto status = ZSTD_decompressStream(context.get(), &part, &input);
    out.append(BytesView(buffer.data(), part.pos));
    if (ZSTD_isError(status) != 0) return finish(Ending::damaged, damage(status));
    if (out.cut()) return finish(Ending::limit, limitReached(maxOutputBytes));
    if (input.pos < input.size || part.pos == part.size) continue;
    if (status == 0) return finish(Ending::whole, {});
    if (part.pos == 0) return finish(Ending::damaged, "damaged: the zstd data end too early");
  }
}

}  // namespace cachify::decode
