#pragma once
// An error of the engine as QML sees it: code, what happened, and what to do next.

#include <QMetaType>
#include <QObject>
#include <QQmlEngine>
#include <QString>

#include "core/result.hpp"

namespace cachify::ui {

class StudioError {
  Q_GADGET
  QML_VALUE_TYPE(studioError)
  Q_PROPERTY(QString code MEMBER code)
  Q_PROPERTY(QString message MEMBER message)
  Q_PROPERTY(QString nextStep MEMBER nextStep)
  Q_PROPERTY(QString field MEMBER field)
  Q_PROPERTY(bool retryable MEMBER retryable)
  Q_PROPERTY(bool present READ present)

 public:
  StudioError() = default;
  explicit StudioError(const Error& error);

  [[nodiscard]] bool present() const { return !code.isEmpty(); }

  QString code;
  QString message;
  QString nextStep;  ///< retry, editConnection, unlock, or empty
  QString field;     ///< of a form, where one is to blame
  bool retryable = false;
};

}  // namespace cachify::ui
