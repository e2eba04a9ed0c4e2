#pragma once
// Where alerts go: the publishers there are, what they have delivered, and the form of one's settings.

#include <QObject>
#include <QQmlEngine>
#include <QVariantMap>

#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::actions {
struct PublisherChange;
struct PublisherStatus;
}  // namespace cachify::actions
namespace cachify::studio {
class Engine;
}

namespace cachify::ui {

class EngineHost;

class AlertPublishersDesk : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* list READ list CONSTANT)
  Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)
  Q_PROPERTY(QVariantMap form READ form NOTIFY formChanged)
  Q_PROPERTY(cachify::ui::RecordModel* fields READ fields CONSTANT)
  Q_PROPERTY(bool saving READ saving NOTIFY formChanged)
  Q_PROPERTY(cachify::ui::StudioError formError READ formError NOTIFY formChanged)

 public:
  explicit AlertPublishersDesk(EngineHost& host, QObject* parent = nullptr);

  [[nodiscard]] RecordModel* list() { return &list_; }
  [[nodiscard]] bool loaded() const { return loaded_; }
  [[nodiscard]] StudioError error() const { return error_; }
  [[nodiscard]] QVariantMap form() const { return form_; }
  [[nodiscard]] RecordModel* fields() { return &fields_; }
  [[nodiscard]] bool saving() const { return saving_; }
  [[nodiscard]] StudioError formError() const { return formError_; }

  Q_INVOKABLE void load();
  /// The same, unless one is under way.
  Q_INVOKABLE void refresh();
  Q_INVOKABLE void switchPublisher(const QString& publisher, bool enabled);
  /// Delivers a test, which is no alert.
  Q_INVOKABLE void test(const QString& publisher);
  Q_INVOKABLE void replayParked(const QString& publisher);
  Q_INVOKABLE void startEdit(const QString& publisher);
  /// minSeverity, maxAttempts, backoffMs.
  Q_INVOKABLE void set(const QString& field, const QString& value);
  /// Of the publisher's own parameters. A secret that is left empty stays as it is.
  Q_INVOKABLE void setField(int row, const QString& text);
  /// Saves and switches it on. Emits `saved`, or leaves what is wrong in `formError`.
  Q_INVOKABLE void save();
  /// With the form goes what was typed of secrets.
  Q_INVOKABLE void endEdit();

 signals:
  void changed();
  void formChanged();
  void saved();
  void tested(const QString& publisher, bool delivered, const QString& message);
  void replayed(const QString& publisher, int count);
  void failed(const cachify::ui::StudioError& error);

 private:
  void showFields(const QString& schema, const QString& parameters, const QStringList& kept);
  [[nodiscard]] Result<actions::PublisherChange> changeOfForm() const;
  [[nodiscard]] QVariantList record(const actions::PublisherStatus& status) const;

  EngineHost& host_;
  RecordModel list_;
  RecordModel fields_;
  QVariantMap form_;
  bool loaded_ = false;
  bool loading_ = false;
  bool saving_ = false;
  StudioError error_;
  StudioError formError_;
};

}  // namespace cachify::ui
