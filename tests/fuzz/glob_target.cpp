// The matcher agrees with one written for clearness alone: a pattern as a list of sets of bytes, and a table.

#include <algorithm>
#include <bitset>
#include <optional>

#include "core/glob.hpp"
#include "fuzz/targets.hpp"

namespace cachify::fuzz {
namespace {

using ByteSet = std::bitset<256>;
/// Nothing: any number of any bytes.
using Element = std::optional<ByteSet>;

std::size_t index(char c) {
  return static_cast<unsigned char>(c);
}

/// Reads a class behind its '['; Redis' rules: `\` makes the next byte one of the set and nothing else, a
/// range takes any byte as its end, and a class without end reaches to the end of the pattern.
ByteSet readClass(BytesView& rest) {
  ByteSet set;
  const bool negated = rest.starts_with('^');
  if (negated) rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != ']') {
    if (rest.front() == '\\' && rest.size() >= 2) {
      set.set(index(rest[1]));
      rest.remove_prefix(2);
    } else if (rest.size() >= 3 && rest[1] == '-') {
      for (auto c = std::min(index(rest[0]), index(rest[2])); c <= std::max(index(rest[0]), index(rest[2]));
           ++c)
        set.set(c);
      rest.remove_prefix(3);
    } else {
      set.set(index(rest.front()));
      rest.remove_prefix(1);
    }
  }
  if (!rest.empty()) rest.remove_prefix(1);
  return negated ? ~set : set;
}

std::vector<Element> readPattern(BytesView rest) {
  std::vector<Element> elements;
  while (!rest.empty()) {
    char c = rest.front();
    rest.remove_prefix(1);
    if (c == '*') {
      elements.emplace_back(std::nullopt);
    } else if (c == '?') {
      elements.emplace_back(ByteSet().set());
    } else if (c == '[') {
      elements.emplace_back(readClass(rest));
    } else {
      if (c == '\\' && !rest.empty()) {
        c = rest.front();
        rest.remove_prefix(1);
      }
      elements.emplace_back(ByteSet().set(index(c)));
    }
  }
  return elements;
}

bool matchesSlowly(BytesView pattern, BytesView text) {
  // reached[i]: the elements so far match the first i bytes.
  std::vector<bool> reached(text.size() + 1, false);
  reached[0] = true;
  for (const auto& element : readPattern(pattern)) {
    std::vector<bool> next(text.size() + 1, false);
    for (std::size_t i = 0; i <= text.size(); ++i) {
      if (element) {
        next[i] = i > 0 && reached[i - 1] && element->test(index(text[i - 1]));
      } else {
        next[i] = reached[i] || (i > 0 && next[i - 1]);
      }
    }
    reached = std::move(next);
  }
  return reached.back();
}

void fuzzGlob(BytesView input) {
  const auto newline = std::min(input.find('\n'), input.size());
  const BytesView pattern = input.substr(0, newline);
  const BytesView text = input.substr(std::min(newline + 1, input.size()));
  if (pattern.size() * text.size() > 1 << 20) return;
  const bool matches = globMatches(pattern, text);
  require(matches == matchesSlowly(pattern, text), "both matchers agree");
  require(globMatches(escapeGlob(text), text), "an escaped text matches itself");
  require(!globMatches(escapeGlob(text), Bytes(text) + 'x'), "and nothing longer");
  require(globMatches(escapeGlob(text), pattern) == (text == pattern), "and nothing else");
  if (isLiteralGlob(pattern)) require(matches == (pattern == text), "a pattern without magic names one key");
}

std::vector<Bytes> seedsOfGlob() {
  return {"*\n",
          "user:*:name\nuser:17:name",
          "h?llo\nhallo",
          "h[ae]llo\nhello",
          "h[^e]llo\nhello",
          "h[a-c]llo\nhbllo",
          "a\\*b\na*b",
          "[\\a-z]\nq",
          "[z-a]\nq",
          "[a-]]\n^",
          "[]\n]",
          "[\nx",
          "[^\nx",
          "x\\\nx\\",
          "a*b*c*d\nabcbcd",
          "[a\\]b]\n]",
          "**?**\nx",
          "[--a]\n.",
          "[^]]\n]",
          "*[0-9]\\?\nabc7?"};
}

}  // namespace

const Target kGlob{.name = "glob", .run = fuzzGlob, .seeds = seedsOfGlob};

}  // namespace cachify::fuzz
