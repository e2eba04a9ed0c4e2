// lz4 frames. https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md, lz4frame.h

#include <fmt/format.h>
#include <lz4frame.h>

#include <array>
#include <string_view>

#include "decode/bounded_bytes.hpp"
#include "decode/codec.hpp"

namespace cachify::decode {
namespace {

using Ending = Unpacked::Ending;

class Lz4Context {
 public:
  Lz4Context() {
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context_, LZ4F_VERSION)) != 0) context_ = nullptr;
  }
  ~Lz4Context() { LZ4F_freeDecompressionContext(context_); }
  Lz4Context(const Lz4Context&) = delete;
  Lz4Context& operator=(const Lz4Context&) = delete;

  [[nodiscard]] LZ4F_dctx* get() const { return context_; }

 private:
  LZ4F_dctx* context_ = nullptr;
};

std::string damage(std::size_t status) {
  const std::string_view name = LZ4F_getErrorName(status);
  if (name.find("hecksum") != std::string_view::npos) return "damaged: lz4 checksum does not match";
  return fmt::format("damaged: lz4 data cannot be read ({})", name);
}

}  // namespace

Unpacked unpackLz4(BytesView value, std::uint64_t maxOutputBytes) {
  const Lz4Context context;
  if (context.get() == nullptr)
    return {.bytes = {}, .ending = Ending::damaged, .reason = "no memory to unpack"};
  BoundedBytes out(maxOutputBytes);
  const auto finish = [&out](Ending ending, std::string reason) {
    return Unpacked{.bytes = std::move(out).take(), .ending = ending, .reason = std::move(reason)};
  };

  std::array<char, kPartBytes> buffer;
  while (true) {
    std::size_t given = buffer.size();
    std::size_t taken = value.size();
    const auto status = LZ4F_decompress(context.get(), buffer.data(), &given, value.data(), &taken, nullptr);
    if (LZ4F_isError(status) != 0) return finish(Ending::damaged, damage(status));
    value.remove_prefix(taken);
    out.append(BytesView(buffer.data(), given));
    if (out.cut()) return finish(Ending::limit, limitReached(maxOutputBytes));
    if (status == 0 && value.empty()) return finish(Ending::whole, {});
    if (given == 0 && taken == 0) return finish(Ending::damaged, "damaged: the lz4 data end too early");
  }
}

}  // namespace cachify::decode
