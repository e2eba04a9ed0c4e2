#include "single_instance.hpp"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>

namespace cachify::ui {

namespace {

constexpr int kPatienceMs = 2'000;
constexpr qint64 kLongestUrl = 4'096;

/// Short whatever the directory is called: a socket's path has about a hundred bytes.
QString socketFor(const QString& dataDirectory) {
  const QByteArray path = QDir(dataDirectory).canonicalPath().toUtf8();
  const auto name = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(16);
  const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
  const QDir place(runtime.isEmpty() ? dataDirectory : runtime);
  return place.filePath("cachify-studio-" + QString::fromLatin1(name));
}

}  // namespace

SingleInstance::SingleInstance(const QString& dataDirectory, QObject* parent)
    : QObject(parent), socket_(socketFor(dataDirectory)) {
  server_.setSocketOptions(QLocalServer::UserAccessOption);
  connect(&server_, &QLocalServer::newConnection, this, [this] {
    while (auto* peer = server_.nextPendingConnection()) {
      const auto read = [this, peer] {
        if (!peer->canReadLine()) return;
        emit asked(QString::fromUtf8(peer->readLine(kLongestUrl)).trimmed());
        peer->write("ok\n");
        peer->disconnectFromServer();
      };
      connect(peer, &QLocalSocket::readyRead, this, read);
      connect(peer, &QLocalSocket::disconnected, peer, &QObject::deleteLater);
      read();
    }
  });
}

bool SingleInstance::handOver(const QString& url) const {
  QLocalSocket first;
  first.connectToServer(socket_);
  if (!first.waitForConnected(kPatienceMs)) return false;
  first.write(url.left(kLongestUrl / 4).toUtf8() + '\n');
  // Only an answer counts: one that hangs must not keep a person from working.
  return first.waitForBytesWritten(kPatienceMs) && first.waitForReadyRead(kPatienceMs);
}

void SingleInstance::listen() {
  QLocalServer::removeServer(socket_);  // of one that crashed: nobody answered there
  server_.listen(socket_);
}

}  // namespace cachify::ui
