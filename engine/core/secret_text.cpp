#include "core/secret_text.hpp"

#include <sodium.h>

namespace cachify::core {

void SecretText::wipe() {
  if (!text_.empty()) sodium_memzero(text_.data(), text_.size());
  text_.clear();
}

}  // namespace cachify::core
