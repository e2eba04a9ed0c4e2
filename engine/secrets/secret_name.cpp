#include "secrets/secret_name.hpp"

#include <algorithm>

#include "core/bytes.hpp"

namespace cachify::secrets {
namespace {

bool isControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

}  // namespace

Result<void> checkName(std::string_view name) {
  const bool fits = !name.empty() && name.size() <= kMaxNameBytes;
  if (fits && isUtf8(name) && std::ranges::none_of(name, isControl)) return {};
  return fail(ErrorCode::validationError,
              "The name of a secret must be 1 to 1024 bytes of UTF-8 without control characters.");
}

}  // namespace cachify::secrets
