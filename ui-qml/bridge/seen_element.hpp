#pragma once
// One element of a key as somebody saw it: what a question about it holds, as rows move meanwhile.

#include <QMetaType>
#include <QObject>
#include <QQmlEngine>
#include <optional>

#include "core/bytes.hpp"

namespace cachify::ui {

class SeenElement {
  Q_GADGET
  QML_VALUE_TYPE(seenElement)

 public:
  Bytes key;
  std::optional<Bytes> name{};  ///< field, member, index or id; nothing: one to be added
  Bytes value{};
};

}  // namespace cachify::ui
