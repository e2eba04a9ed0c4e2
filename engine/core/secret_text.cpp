#include "core/secret_text.hpp"

#include <sodium.h>

namespace cachify::inline core {

void SecretText::wipe(std::string& text) {
  // The whole buffer: a moved-from short string keeps its characters in place, beyond its size.
  sodium_memzero(text.data(), text.capacity());
  text.clear();
}

}  // namespace cachify::inline core
