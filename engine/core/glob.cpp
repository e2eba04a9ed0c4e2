#include "core/glob.hpp"

namespace cachify::inline core {
namespace {

constexpr auto kNone = BytesView::npos;

/// Matches one character class starting after '['; sets `at` behind its ']' (or to the end when unclosed).
bool classMatches(BytesView pattern, std::size_t& at, unsigned char c) {
  const bool negated = at < pattern.size() && pattern[at] == '^';
  if (negated) ++at;
  bool matched = false;
  while (at < pattern.size() && pattern[at] != ']') {
    const bool escaped = pattern[at] == '\\' && at + 1 < pattern.size();
    if (escaped) ++at;
    auto low = static_cast<unsigned char>(pattern[at]);
    auto high = low;
    // An escaped byte begins no range.
    if (!escaped && at + 2 < pattern.size() && pattern[at + 1] == '-') {
      high = static_cast<unsigned char>(pattern[at + 2]);
      at += 2;
      if (low > high) std::swap(low, high);
    }
    matched = matched || (c >= low && c <= high);
    ++at;
  }
  if (at < pattern.size()) ++at;
  return matched != negated;
}

/// Matches one pattern element (not '*') against `c`; moves `at` behind it.
bool elementMatches(BytesView pattern, std::size_t& at, unsigned char c) {
  const char p = pattern[at++];
  if (p == '?') return true;
  if (p == '[') return classMatches(pattern, at, c);
  if (p == '\\' && at < pattern.size()) return static_cast<unsigned char>(pattern[at++]) == c;
  return static_cast<unsigned char>(p) == c;
}

}  // namespace

bool globMatches(BytesView pattern, BytesView text) {
  std::size_t at = 0;
  std::size_t position = 0;
  std::size_t starAt = kNone;        // pattern index behind the last '*'
  std::size_t starPosition = kNone;  // where in the text that '*' resumes
  while (position < text.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      starAt = ++at;
      starPosition = position;
      continue;
    }
    if (at < pattern.size() && elementMatches(pattern, at, static_cast<unsigned char>(text[position]))) {
      ++position;
      continue;
    }
    if (starAt == kNone) return false;
    at = starAt;
    position = ++starPosition;
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

Bytes escapeGlob(BytesView text) {
  Bytes out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\' || c == '^' || c == '-') out += '\\';
    out += c;
  }
  return out;
}

bool isLiteralGlob(BytesView pattern) {
  return pattern.find_first_of("*?[\\") == kNone;
}

}  // namespace cachify::inline core
