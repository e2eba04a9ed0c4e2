#pragma once
// Profiles taken along as a file: written out, looked through, and added one by one as a person chooses.
// Never with their secrets.

#include <QObject>
#include <QQmlEngine>
#include <QUrl>
#include <set>
#include <string>
#include <vector>

#include "events/profile_export.hpp"
#include "record_model.hpp"
#include "studio_error.hpp"

namespace cachify::ui {

class ConnectionsModel;
class EngineHost;

class ConnectionExchange : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(cachify::ui::RecordModel* list READ list CONSTANT)
  Q_PROPERTY(QString fileName READ fileName NOTIFY changed)
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(int chosen READ chosen NOTIFY changed)
  Q_PROPERTY(bool ready READ ready NOTIFY changed)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY changed)

 public:
  ConnectionExchange(EngineHost& host, ConnectionsModel& connections, QObject* parent = nullptr);

  /// What the file holds. `taken`: it is to be imported, as `name`; `problem`: why it cannot be, as it is;
  /// `fault`: why it cannot be at all.
  [[nodiscard]] RecordModel* list() { return &list_; }
  [[nodiscard]] QString fileName() const { return fileName_; }
  [[nodiscard]] bool busy() const { return busy_; }
  /// How many are to be imported.
  [[nodiscard]] int chosen() const;
  /// Some are chosen, and none of them has a problem.
  [[nodiscard]] bool ready() const;
  [[nodiscard]] StudioError error() const { return error_; }

  /// All profiles. Emits `exported` or `failed`.
  Q_INVOKABLE void write(const QUrl& file);
  /// Those whose name is in use here are left out at first.
  Q_INVOKABLE void read(const QUrl& file);
  Q_INVOKABLE void take(int row, bool taken);
  Q_INVOKABLE void rename(int row, const QString& name);
  /// Those that are chosen, all or none. Emits `imported`, or leaves what is wrong in `error`.
  Q_INVOKABLE void import();
  /// Forgets the file.
  Q_INVOKABLE void clear();

 signals:
  void changed();
  void exported(int count, const QString& fileName);
  /// `lacking`: names of those that had a password or passphrase where they come from.
  void imported(int count, const QStringList& lacking);
  void failed(const cachify::ui::StudioError& error);

 private:
  struct Entry {
    events::ExportedProfile read{};
    QString original{};
    QString name{};
    QString fault{};
    bool isTaken = false;
  };
  struct FileRead;
  void show(FileRead read);
  void judge();
  [[nodiscard]] QString problemOf(const Entry& entry) const;
  void setBusy(bool busy);

  EngineHost& host_;
  ConnectionsModel& connections_;
  RecordModel list_;
  std::vector<Entry> entries_;
  std::set<std::string> namesHere_;
  QString fileName_;
  bool busy_ = false;
  std::uint64_t asked_ = 0;  ///< of the file that is wanted
  StudioError error_;
};

}  // namespace cachify::ui
