#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plugins {

/// RFC 4648, padded. Nothing for what is not that.
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);

}  // namespace plugins
