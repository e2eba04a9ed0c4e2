#pragma once
// Redis' glob patterns (the rules of `stringmatchlen` as the KEYS documentation states them): `*`, `?`,
// `[abc]`, `[^a]`, `[a-z]`, and `\` to take the next byte literally. Works on bytes.

#include "core/bytes.hpp"

namespace cachify {
inline namespace core {

[[nodiscard]] bool globMatches(BytesView pattern, BytesView text);
/// A pattern that matches exactly `text`.
[[nodiscard]] Bytes escapeGlob(BytesView text);
/// True if the pattern holds no magic and so names one key.
[[nodiscard]] bool isLiteralGlob(BytesView pattern);

}  // namespace core
}  // namespace cachify
