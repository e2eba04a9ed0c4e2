#pragma once
// A value as it was read, made ready to be shown. Pure functions, for any thread: a MiB takes too long for
// the GUI's.

#include <QString>
#include <QVariantList>
#include <memory>
#include <optional>
#include <vector>

#include "cache/cache_session.hpp"
#include "core/bytes.hpp"
#include "decode/view.hpp"
#include "draft.hpp"

namespace cachify::ui {

/// A preview; the rest is asked for on demand.
inline constexpr std::uint64_t kPreviewBytes = 1ULL << 20;
/// What is read at once on demand; as much is kept of the value that a save overwrites.
inline constexpr std::uint64_t kMostLoaded = 64ULL << 20;

/// What the bytes are, in one of the views.
struct ShownText {
  QString chain;
  QString text;
  QString stopped;                   ///< why it ends early, or cannot be shown; empty otherwise
  std::vector<QVariantList> pieces;  ///< where the text is too much for a field
};

/// Elements of a collection, by row.
struct ShownElements {
  /// The starts of both its texts, both whole, and whether a text field can hold and give back both.
  std::vector<QVariantList> rows;
  std::vector<Bytes> names;
  std::vector<Bytes> values;
};

struct ShownValue {
  std::shared_ptr<const cache::ReadValue> value;
  QString digest;              ///< where all of it was read
  std::optional<Draft> draft;  ///< of a whole string that text fields can hold and give back
  ShownElements elements;      ///< of this page
  ShownText text;
};

/// A row of a list shows no more of it, and lays out all that it is given.
[[nodiscard]] QString startOf(const QString& text);
/// Nothing for what is no string.
[[nodiscard]] ShownText shownText(const cache::ReadValue& value, decode::View view);
/// `before`: what was read of a string already, to which `read` is the next part. `from`: the index of the
/// first element of this page.
[[nodiscard]] ShownValue shownValue(cache::ReadValue read, const cache::ReadValue* before, std::size_t from,
                                    decode::View view);

}  // namespace cachify::ui
