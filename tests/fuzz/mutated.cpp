#include "fuzz/mutated.hpp"

#include <array>
#include <string_view>

namespace cachify::fuzz {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMaxBytes = 4096;
// Bytes that mean something to most of the formats.
constexpr BytesView kTelling = "\0\r\n\t \"\\{}[]:,*?^-+$%@/.0123456789\x7f\x80\xff"sv;

std::size_t below(std::mt19937& random, std::size_t end) {
  return end == 0 ? 0 : random() % end;
}

char anyByte(std::mt19937& random) {
  return random() % 2 == 0 ? kTelling[below(random, kTelling.size())] : static_cast<char>(random());
}

BytesView anyPiece(BytesView bytes, std::mt19937& random) {
  const std::size_t at = below(random, bytes.size() + 1);
  return bytes.substr(at, below(random, std::min<std::size_t>(bytes.size() - at, 64) + 1));
}

void change(Bytes& bytes, std::span<const Bytes> inputs, std::mt19937& random) {
  const std::size_t at = below(random, bytes.size());
  switch (random() % 6) {
    case 0:
      if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
      break;
    case 1:
      if (!bytes.empty()) bytes[at] = anyByte(random);
      break;
    case 2:
      bytes.insert(at, 1, anyByte(random));
      break;
    case 3:
      bytes.erase(at, 1 + below(random, 16));
      break;
    case 4:
      bytes.insert(at, Bytes(anyPiece(bytes, random)));
      break;
    default:
      bytes.insert(at, anyPiece(inputs[below(random, inputs.size())], random));
      break;
  }
}

}  // namespace

Bytes mutated(std::span<const Bytes> inputs, std::mt19937& random) {
  Bytes bytes = inputs[below(random, inputs.size())];
  for (std::size_t i = 0, changes = 1 + random() % 8; i < changes; ++i) change(bytes, inputs, random);
  if (bytes.size() > kMaxBytes) bytes.resize(kMaxBytes);
  return bytes;
}

}  // namespace cachify::fuzz
