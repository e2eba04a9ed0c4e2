#include "plugin_host/protocol/message_reader.hpp"

#include <algorithm>
#include <cstring>

namespace cachify::plugin_host {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kLeastRoom = 64UL << 10;
/// What is kept for the next message after a large one.
constexpr std::size_t kKeptRoom = 4UL << 20;

}  // namespace

Bytes frameOf(MessageType type, BytesView body) {
  Bytes frame;
  frame.reserve(kLengthBytes + 1 + body.size());
  WireWriter writer(frame);
  writer.number(static_cast<std::uint32_t>(1 + body.size()));
  writer.number(static_cast<std::uint8_t>(type));
  frame.append(body);
  return frame;
}

std::span<char> MessageReader::room() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == 0 && buffer_.size() > kKeptRoom) std::vector<char>().swap(buffer_);
  if (buffer_.size() - end_ < kLeastRoom) buffer_.resize(std::max(buffer_.size() * 2, end_ + kLeastRoom));
  return std::span(buffer_).subspan(end_);
}

Result<std::optional<Message>> MessageReader::next() {
  WireReader header({buffer_.data() + begin_, end_ - begin_});
  const auto length = header.number<std::uint32_t>();
  if (!header.ok()) return std::nullopt;
  if (length == 0 || length > kMaxMessageBytes)
    return fail(ErrorCode::validationError, "a message of a length that is not allowed");
  if (end_ - begin_ - kLengthBytes < length) return std::nullopt;
  const char* at = buffer_.data() + begin_ + kLengthBytes;
  begin_ += kLengthBytes + length;
  return Message{.type = static_cast<MessageType>(static_cast<unsigned char>(*at)),
                 .body = {at + 1, length - 1}};
}

}  // namespace cachify::plugin_host
