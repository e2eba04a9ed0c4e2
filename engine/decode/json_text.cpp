#include "decode/json_text.hpp"

#include <utf8.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace cachify::decode {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool isJsonDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isHighSurrogate(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool isLowSurrogate(char32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

/// Goes over the text once, writing as it goes; nesting is a stack of its own, not the call stack.
class JsonFormatter {
 public:
  JsonFormatter(BytesView text, const Limits& limits)
      : text_(text), maxDepth_(limits.maxDepth), out_(limits.maxOutputBytes) {}

  std::expected<JsonText, Fault> run() {
    Next next = Next::value;
    while (next != Next::nothing) next = step(next);
    if (fault_) return std::unexpected(*std::move(fault_));
    const bool cut = out_.cut();
    return JsonText{.text = std::move(out_).take(), .cut = cut, .deep = deep_};
  }

 private:
  /// What the text must go on with. `nothing`: it is read to its end, or as far as it can be.
  enum class Next { value, element, elementOrEnd, member, memberOrEnd, separator, nothing };
  enum class Content { none, some };

  Next step(Next next) {
    skipBlanks();
    switch (next) {
      case Next::value:
        return value();
      case Next::elementOrEnd:
        if (peek() == ']') return close(Content::none);
        [[fallthrough]];
      case Next::element:
        out_.newLine(open_.size());
        return value();
      case Next::memberOrEnd:
        if (peek() == '}') return close(Content::none);
        [[fallthrough]];
      case Next::member:
        out_.newLine(open_.size());
        return member();
      case Next::separator:
        return open_.empty() ? end() : separator();
      case Next::nothing:
        break;
    }
    return Next::nothing;
  }

  Next value() {
    const char c = peek();
    if (c == '{' || c == '[') return open(c);
    bool good = false;
    if (c == '"')
      good = string();
    else if (c == '-' || isJsonDigit(c))
      good = number();
    else
      good = word("true") || word("false") || word("null");
    if (good) return Next::separator;
    return fail("expected a value");
  }

  Next open(char bracket) {
    if (open_.size() == maxDepth_) {
      deep_ = true;
      return Next::nothing;
    }
    open_.push_back(bracket);
    out_.append(bracket);
    ++at_;
    return bracket == '{' ? Next::memberOrEnd : Next::elementOrEnd;
  }

  Next close(Content content) {
    open_.pop_back();
    if (content == Content::some) out_.newLine(open_.size());
    out_.append(text_[at_++]);
    return Next::separator;
  }

  Next member() {
    if (peek() != '"') return fail("expected a member's name in quotes");
    if (!string()) return Next::nothing;
    skipBlanks();
    if (peek() != ':') return fail("expected ':'");
    ++at_;
    out_.append(": ");
    return Next::value;
  }

  Next separator() {
    const bool object = open_.back() == '{';
    const char c = peek();
    if (c == (object ? '}' : ']')) return close(Content::some);
    if (c != ',') return fail(object ? "expected ',' or '}'" : "expected ',' or ']'");
    ++at_;
    out_.append(',');
    return object ? Next::member : Next::element;
  }

  Next end() {
    if (at_ != text_.size()) return fail("something follows the value");
    return Next::nothing;
  }

  bool word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    take(word.size());
    return true;
  }

  bool number() {
    std::size_t end = at_;
    if (at(end) == '-') ++end;
    if (at(end) == '0') {
      ++end;
    } else if (!digits(end)) {
      return refuse(end, "expected a digit");
    }
    if (at(end) == '.' && !digits(++end)) return refuse(end, "expected a digit");
    if (at(end) == 'e' || at(end) == 'E') {
      ++end;
      if (at(end) == '+' || at(end) == '-') ++end;
      if (!digits(end)) return refuse(end, "expected a digit");
    }
    take(end - at_);
    return true;
  }

  /// Moves over digits; false if there is none.
  bool digits(std::size_t& end) const {
    const auto first = end;
    while (isJsonDigit(at(end))) ++end;
    return end != first;
  }

  bool string() {
    take(1);
    while (at_ < text_.size()) {
      take(plainLength());
      const char c = peek();
      if (at_ == text_.size()) break;
      if (c == '"') {
        take(1);
        return true;
      }
      if (c != '\\') return refuse(at_, "a control character in a string");
      if (!escape()) return refuse(at_, "no escape of JSON");
    }
    return refuse(at_, "the text ends within a string");
  }

  /// Characters from here that stand for themselves in a string.
  [[nodiscard]] std::size_t plainLength() const {
    const auto rest = text_.substr(at_);
    const auto found = std::ranges::find_if(
        rest, [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; });
    return static_cast<std::size_t>(found - rest.begin());
  }

  bool escape() {
    constexpr std::string_view kShort = "\"\\bfnrt";
    const char c = at(at_ + 1);
    if (c == '/') {
      at_ += 2;
      out_.append('/');
      return true;
    }
    if (c == 'u') return unicodeEscape();
    if (at_ + 1 >= text_.size() || kShort.find(c) == std::string_view::npos) return false;
    take(2);
    return true;
  }

  bool unicodeEscape() {
    constexpr std::size_t kLength = 6;
    const auto first = unit(at_);
    if (!first) return false;
    char32_t character = *first;
    std::size_t length = kLength;
    if (isHighSurrogate(character)) {
      const auto second = unit(at_ + kLength);
      if (second && isLowSurrogate(*second)) {
        character = 0x10000 + ((character - 0xD800) << 10) + (*second - 0xDC00);
        length += kLength;
      }
    }
    if (show(character))
      at_ += length;
    else
      take(length);
    return true;
  }

  /// The four hex digits of the escape at an offset.
  [[nodiscard]] std::optional<char32_t> unit(std::size_t offset) const {
    constexpr std::size_t kDigits = 4;
    if (at(offset) != '\\' || at(offset + 1) != 'u' || text_.size() - offset < 2 + kDigits)
      return std::nullopt;
    const char* const first = text_.data() + offset + 2;
    std::uint32_t value = 0;
    if (std::from_chars(first, first + kDigits, value, 16).ptr != first + kDigits) return std::nullopt;
    return value;
  }

  /// Writes the character if it is as good to read as its escape: no control, no invisible mark, no quote.
  bool show(char32_t character) {
    if (character == '"' || (character >= 0xD800 && character < 0xE000)) return false;
    std::string shown;
    utf8::unchecked::append(character, std::back_inserter(shown));
    if (escapeForDisplay(shown) != shown) return false;
    out_.append(shown);
    return true;
  }

  [[nodiscard]] char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  [[nodiscard]] char peek() const { return at(at_); }

  void skipBlanks() { at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size()); }

  void take(std::size_t length) {
    out_.append(text_.substr(at_, length));
    at_ += length;
  }

  /// The first fault counts: a caller may have a more general one.
  bool refuse(std::size_t offset, std::string reason) {
    if (!fault_) fault_ = Fault{std::min(offset, text_.size()), std::move(reason)};
    return false;
  }

  Next fail(std::string reason) {
    refuse(at_, std::move(reason));
    return Next::nothing;
  }

  BytesView text_;
  std::size_t at_ = 0;
  std::size_t maxDepth_;
  /// The brackets that wait for their counterparts.
  std::string open_;
  bool deep_ = false;
  std::optional<Fault> fault_;
  BoundedBytes out_;
};

}  // namespace

bool beginsAsJson(BytesView text) {
  const auto first = text.find_first_not_of(kBlanks);
  return first != BytesView::npos && (text[first] == '{' || text[first] == '[');
}

std::expected<JsonText, Fault> formatJson(BytesView text, const Limits& limits) {
  const auto invalid = utf8::find_invalid(text.begin(), text.end());
  if (invalid != text.end())
    return std::unexpected(Fault{static_cast<std::size_t>(invalid - text.begin()), "not UTF-8"});
  return JsonFormatter(text, limits).run();
}

}  // namespace cachify::decode
