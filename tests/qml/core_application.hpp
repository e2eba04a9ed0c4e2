#pragma once

#include <QCoreApplication>

namespace cachify::test {

/// Timers and translations need an application, and it needs words to start with. One a process.
inline QCoreApplication& application() {
  static int count = 1;
  static char name[] = "models";
  static char* words[] = {name, nullptr};
  static QCoreApplication app(count, words);
  return app;
}

}  // namespace cachify::test
