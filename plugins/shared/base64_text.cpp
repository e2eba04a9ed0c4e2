#include "shared/base64_text.hpp"

#include <sodium/utils.h>

namespace plugins {

std::optional<std::string> fromBase64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3, '\0');
  std::size_t size = 0;
  const int bad = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                    text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (bad != 0) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace plugins
