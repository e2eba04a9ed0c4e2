#pragma once
// The keys that were in sight lately, whatever connection they are of, for the palette: newest first,
// bounded, kept with the preferences until the next time. A key that was only passed by is none of them.
//
// Threads: the GUI thread's.

#include <QObject>
#include <QQmlEngine>
#include <QTimer>
#include <QVariantList>
#include <chrono>
#include <deque>
#include <optional>

#include "core/bytes.hpp"

namespace cachify::ui {

class ConnectionsModel;
class Preferences;
class Workspace;

class RecentKeys : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")

 public:
  static constexpr std::size_t kMost = 50;
  /// A name that is longer is not kept.
  static constexpr std::size_t kLongestBytes = 4096;
  /// In sight for less than that, a key was passed by, as with the arrows on the way to another.
  static constexpr std::chrono::milliseconds kPassing{500};

  /// All of them outlive it.
  RecentKeys(Preferences& preferences, ConnectionsModel& connections, Workspace& workspace,
             QObject* parent = nullptr);

  /// Newest first, as {connectionId, connection (its name), key (base64), text (as it is shown), inSight}.
  Q_INVOKABLE [[nodiscard]] QVariantList list() const;
  /// One that `list` told of, in its tab or a new one; its connection is opened where another one is open.
  Q_INVOKABLE void open(const QString& connectionId, const QString& key);

 private:
  struct Entry {
    QString connectionId;
    Bytes key;
    bool operator==(const Entry&) const = default;
  };

  void restore();
  void keep();
  void look();
  void note();
  void forgetGone();

  Preferences& preferences_;
  ConnectionsModel& connections_;
  Workspace& workspace_;
  std::deque<Entry> entries_;
  std::optional<Entry> inSight_;
  QTimer passing_;
};

}  // namespace cachify::ui
