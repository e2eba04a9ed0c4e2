// gzip and zlib. https://zlib.net/manual.html

// Input that zlib may not write to.
#define ZLIB_CONST

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "decode/bounded_bytes.hpp"
#include "decode/codec.hpp"

namespace cachify::decode {
namespace {

using Ending = Unpacked::Ending;

/// Window bits of the manual: 15 is the largest window, 16 more asks for gzip's wrapping.
constexpr int kZlibWindowBits = 15;
constexpr int kGzipWindowBits = 15 + 16;

/// One value being inflated. zlib counts input in 32 bits, so it is handed over in pieces.
class Inflation {
 public:
  Inflation(BytesView value, bool gzip, std::uint64_t maxOutputBytes)
      : left_(value), gzip_(gzip), maxOutputBytes_(maxOutputBytes), out_(maxOutputBytes) {
    ready_ = inflateInit2(&stream_, gzip ? kGzipWindowBits : kZlibWindowBits) == Z_OK;
  }
  ~Inflation() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflation(const Inflation&) = delete;
  Inflation& operator=(const Inflation&) = delete;

  Unpacked run() {
    if (!ready_) return finish(Ending::damaged, "no memory to inflate");
    while (true) {
      const int status = part();
      if (out_.cut()) return finish(Ending::limit, limitReached(maxOutputBytes_));
      if (status == Z_STREAM_END) {
        if (left_.empty()) return finish(Ending::whole, {});
        if (!gzip_ || !beginsAs(View::gzip, left_)) return finish(Ending::damaged, trailing());
        inflateReset(&stream_);
      } else if (status != Z_OK) {
        return finish(Ending::damaged, damage(status));
      }
    }
  }

 private:
  int part() {
    const auto piece = std::min<std::size_t>(left_.size(), std::numeric_limits<uInt>::max());
    stream_.next_in = reinterpret_cast<const Bytef*>(left_.data());
    stream_.avail_in = static_cast<uInt>(piece);
    stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
    stream_.avail_out = static_cast<uInt>(buffer_.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    left_.remove_prefix(piece - stream_.avail_in);
    out_.append(BytesView(buffer_.data(), buffer_.size() - stream_.avail_out));
    return status;
  }

  [[nodiscard]] std::string_view name() const { return gzip_ ? "gzip" : "zlib"; }

  [[nodiscard]] std::string trailing() const {
    return fmt::format("damaged: {} bytes follow the end of the {} data", left_.size(), name());
  }

  [[nodiscard]] std::string damage(int status) const {
    const std::string_view message = stream_.msg == nullptr ? "" : stream_.msg;
    if (status == Z_BUF_ERROR) return fmt::format("damaged: the {} data end too early", name());
    if (message == "incorrect data check") return fmt::format("damaged: {} checksum does not match", name());
    if (message == "incorrect length check") return "damaged: gzip length does not match";
    return fmt::format("damaged: {} data cannot be read ({})", name(), message);
  }

  Unpacked finish(Ending ending, std::string reason) {
    return {.bytes = std::move(out_).take(), .ending = ending, .reason = std::move(reason)};
  }

  BytesView left_;
  bool gzip_;
  bool ready_ = false;
  std::uint64_t maxOutputBytes_;
  z_stream stream_{};
  BoundedBytes out_;
  std::array<char, kPartBytes> buffer_;
};

}  // namespace

Unpacked inflateGzip(BytesView value, std::uint64_t maxOutputBytes) {
  return Inflation(value, true, maxOutputBytes).run();
}

Unpacked inflateZlib(BytesView value, std::uint64_t maxOutputBytes) {
  return Inflation(value, false, maxOutputBytes).run();
}

}  // namespace cachify::decode
