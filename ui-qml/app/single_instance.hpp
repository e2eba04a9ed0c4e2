#pragma once
// One window for each data directory: who comes second tells the first, and leaves. GUI thread.

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace cachify::ui {

class SingleInstance : public QObject {
  Q_OBJECT

 public:
  /// `dataDirectory` exists.
  explicit SingleInstance(const QString& dataDirectory, QObject* parent = nullptr);

  /// True: another one runs, and was told to come up, with this URL in its form unless that is empty.
  [[nodiscard]] bool handOver(const QString& url) const;
  /// From now on this is the one. Does nothing where no socket can be made: then there may be two.
  void listen();

 signals:
  void asked(const QString& url);

 private:
  QString socket_;
  QLocalServer server_;
};

}  // namespace cachify::ui
