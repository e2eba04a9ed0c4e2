#pragma once
// Plugins as a person deals with them: what lies on the search path, and trust given and taken.

#include <QObject>
#include <QQmlEngine>

#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::ui {

class EngineHost;

class PluginsDesk : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* list READ list CONSTANT)
  Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)

 public:
  explicit PluginsDesk(EngineHost& host, QObject* parent = nullptr);

  [[nodiscard]] RecordModel* list() { return &list_; }
  [[nodiscard]] bool loaded() const { return loaded_; }
  /// Trust is being given or taken.
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] StudioError error() const { return error_; }

  Q_INVOKABLE void load();
  /// Just the bytes of the digest that the person saw; others are refused as a conflict. Emits `trusted` or
  /// `failed`.
  Q_INVOKABLE void trust(int row, const QString& seenDigest);
  /// Whatever its version. Emits `revoked` or `failed`.
  Q_INVOKABLE void revoke(int row);

 signals:
  void changed();
  void trusted(const QString& name);
  void revoked(const QString& name);
  void failed(const cachify::ui::StudioError& error);

 private:
  void settled(Result<void> done);

  EngineHost& host_;
  RecordModel list_;
  bool loaded_ = false;
  bool busy_ = false;
  StudioError error_;
};

}  // namespace cachify::ui
