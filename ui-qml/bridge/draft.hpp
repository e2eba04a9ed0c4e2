#pragma once
// A text being changed, in parts that a text field lays out in a moment; and what such a field cannot hold as
// it is, made visible and back.
//
// Pure, for any thread. Making one, and `bytes`, take time on a long text: not for the GUI's.

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/bytes.hpp"

namespace cachify::ui {

/// A text field lays out all it holds, and a long line anew with each letter.
inline constexpr qsizetype kMostInAField = 48 << 10;

/// As a field shows it: control characters, CR among them, and hard blanks as the signs for them, which a
/// field would drop or change. Nothing where that cannot be undone.
[[nodiscard]] std::optional<QString> toField(const QString& text);
[[nodiscard]] QString fromField(const QString& text);

class Draft {
 public:
  /// An empty text.
  Draft() : Draft(QString()) {}
  /// As a field shows it.
  explicit Draft(const QString& text);

  /// Nothing where a field does not give back just these bytes.
  [[nodiscard]] static std::optional<Draft> of(BytesView bytes);

  [[nodiscard]] int parts() const { return static_cast<int>(parts_.size()); }
  [[nodiscard]] const QString& part(int at) const { return parts_[static_cast<std::size_t>(at)].text; }
  [[nodiscard]] bool isChanged() const { return changed_ > 0; }
  [[nodiscard]] std::uint64_t bytesBefore() const { return bytesBefore_; }
  [[nodiscard]] std::uint64_t bytesAfter() const { return bytesAfter_; }
  /// What is too much for a field now becomes several parts.
  void setPart(int at, const QString& text);
  void discard();
  /// What it is now is what it was before.
  void keep();
  [[nodiscard]] Bytes bytes() const;

  struct Place {
    int part = 0;
    qsizetype at = 0;  ///< in it
    qsizetype length = 0;
  };
  /// The next from there on, or else from the start, whatever the case of its letters. One that goes on in
  /// the next part is found where it begins.
  [[nodiscard]] std::optional<Place> find(const QString& words, Place from) const;

 private:
  struct Part {
    QString before;
    QString text;
    std::uint64_t bytesBefore = 0;
    std::uint64_t bytes = 0;
  };
  static Part partOf(const QString& before, const QString& text);
  void count();
  [[nodiscard]] std::optional<Place> findIn(const QString& words, int part, qsizetype from) const;

  std::vector<Part> parts_;
  int changed_ = 0;
  std::uint64_t bytesBefore_ = 0;
  std::uint64_t bytesAfter_ = 0;
};

}  // namespace cachify::ui
