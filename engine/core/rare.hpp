#pragma once
// What few of very many objects have.

#include <memory>
#include <optional>
#include <utility>

namespace cachify::inline core {

/// An optional that takes one pointer where there is nothing. Copies what it holds, compares by it. For
/// members of objects that lie in memory by the ten thousand: an Error or a KeyState in each would be most of
/// what is moved about.
template <class T>
class Rare {
 public:
  Rare() = default;
  Rare(std::nullopt_t) {}
  Rare(T value) : held_(std::make_unique<T>(std::move(value))) {}
  Rare(const Rare& other) : held_(other.held_ ? std::make_unique<T>(*other.held_) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(const Rare& other) { return *this = Rare(other); }
  Rare& operator=(Rare&&) noexcept = default;
  ~Rare() = default;

  [[nodiscard]] bool has_value() const { return held_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] T& operator*() { return *held_; }
  [[nodiscard]] const T& operator*() const { return *held_; }
  T* operator->() { return held_.get(); }
  const T* operator->() const { return held_.get(); }
  [[nodiscard]] T value_or(T other) const { return held_ ? *held_ : std::move(other); }
  void reset() { held_.reset(); }
  bool operator==(const Rare& other) const {
    return has_value() == other.has_value() && (!has_value() || *held_ == *other.held_);
  }

 private:
  std::unique_ptr<T> held_;
};

}  // namespace cachify::inline core
