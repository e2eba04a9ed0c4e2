#pragma once
// A password or key in memory: wiped when it goes, and with no way to print it by accident.

#include <string>
#include <string_view>

namespace cachify {
inline namespace core {

class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string text) : text_(text) { wipe(text); }
  SecretText(const SecretText&) = default;
  SecretText(SecretText&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
  SecretText& operator=(const SecretText& other) {
    if (this != &other) {
      wipe();
      text_ = other.text_;
    }
    return *this;
  }
  SecretText& operator=(SecretText&& other) noexcept {
    if (this != &other) {
      wipe();
      text_ = std::move(other.text_);
      other.wipe();
    }
    return *this;
  }
  ~SecretText() { wipe(); }

  [[nodiscard]] bool empty() const { return text_.empty(); }
  /// The secret itself, for the one place that must send or seal it.
  [[nodiscard]] std::string_view reveal() const { return text_; }

 private:
  static void wipe(std::string& text);
  void wipe() { wipe(text_); }
  std::string text_;
};

}  // namespace core
}  // namespace cachify
