#pragma once
// One connection being worked on: what the trust chip says, the list of its keys as it streams in, the
// document that is open.

#include <QObject>
#include <QQmlEngine>
#include <QVariantMap>
#include <memory>
#include <stop_token>

#include "bulk_run.hpp"
#include "domain/profile.hpp"
#include "key_document.hpp"
#include "key_tree_model.hpp"
#include "keys_model.hpp"
#include "open_keys.hpp"
#include "studio_error.hpp"

namespace cachify::actions {
struct LinkStatus;
}

namespace cachify::ui {

class EngineHost;
class ConnectionsModel;

class Workspace : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(bool active READ active NOTIFY connectionChanged)
  Q_PROPERTY(QString connectionId READ connectionId NOTIFY connectionChanged)
  Q_PROPERTY(QString name READ name NOTIFY connectionChanged)
  Q_PROPERTY(QString engine READ engine NOTIFY connectionChanged)
  Q_PROPERTY(QString address READ address NOTIFY connectionChanged)
  Q_PROPERTY(QString environment READ environment NOTIFY connectionChanged)
  Q_PROPERTY(QString policy READ policy NOTIFY connectionChanged)
  Q_PROPERTY(QString tls READ tls NOTIFY connectionChanged)
  Q_PROPERTY(bool writable READ writable NOTIFY connectionChanged)
  Q_PROPERTY(QString serverVersion READ serverVersion NOTIFY statusChanged)
  /// The server does not answer; it is tried again all the time.
  Q_PROPERTY(bool away READ away NOTIFY statusChanged)
  Q_PROPERTY(QString latency READ latency NOTIFY statusChanged)
  Q_PROPERTY(QString pattern READ pattern WRITE setPattern NOTIFY searchChanged)
  Q_PROPERTY(bool exact READ exact WRITE setExact NOTIFY searchChanged)
  Q_PROPERTY(QString typeFilter READ typeFilter WRITE setTypeFilter NOTIFY searchChanged)
  Q_PROPERTY(bool scanning READ scanning NOTIFY statusChanged)
  Q_PROPERTY(bool hasMore READ hasMore NOTIFY statusChanged)
  Q_PROPERTY(QString progressText READ progressText NOTIFY statusChanged)
  Q_PROPERTY(QString note READ note NOTIFY statusChanged)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY statusChanged)
  Q_PROPERTY(cachify::ui::KeysModel* keys READ keys CONSTANT)
  Q_PROPERTY(cachify::ui::KeyTreeModel* tree READ tree CONSTANT)
  Q_PROPERTY(cachify::ui::OpenKeys* openKeys READ openKeys CONSTANT)
  Q_PROPERTY(cachify::ui::KeyDocument* document READ document NOTIFY documentChanged)
  Q_PROPERTY(bool creating READ creating NOTIFY creatingChanged)
  Q_PROPERTY(cachify::ui::BulkRun* bulk READ bulk CONSTANT)

 public:
  Workspace(EngineHost& host, ConnectionsModel& connections, QObject* parent = nullptr);
  ~Workspace() override;

  [[nodiscard]] bool active() const { return !profile_.id.isNil(); }
  [[nodiscard]] QString connectionId() const;
  [[nodiscard]] QString name() const;
  [[nodiscard]] QString engine() const;
  [[nodiscard]] QString address() const;
  [[nodiscard]] QString environment() const;
  [[nodiscard]] QString policy() const;
  [[nodiscard]] QString tls() const;
  [[nodiscard]] bool writable() const { return !profile_.readOnly && !profile_.forceReadOnly; }
  [[nodiscard]] QString serverVersion() const { return serverVersion_; }
  [[nodiscard]] bool away() const { return away_; }
  [[nodiscard]] QString latency() const { return latency_; }
  [[nodiscard]] QString pattern() const { return pattern_; }
  void setPattern(const QString& pattern);
  [[nodiscard]] bool exact() const { return exact_; }
  void setExact(bool exact);
  [[nodiscard]] QString typeFilter() const { return typeFilter_; }
  void setTypeFilter(const QString& type);
  [[nodiscard]] bool scanning() const { return scanning_; }
  [[nodiscard]] bool hasMore() const { return !scanning_ && !cursor_.empty(); }
  [[nodiscard]] QString progressText() const;
  /// What is to know of the list: how it was made, or that it is full.
  [[nodiscard]] QString note() const;
  [[nodiscard]] StudioError error() const { return error_; }
  [[nodiscard]] KeysModel* keys() { return &keys_; }
  [[nodiscard]] KeyTreeModel* tree() { return &tree_; }
  [[nodiscard]] OpenKeys* openKeys() { return &open_; }
  /// Of the tab in sight.
  [[nodiscard]] KeyDocument* document() { return open_.document(); }
  [[nodiscard]] bool creating() const { return creating_; }
  [[nodiscard]] BulkRun* bulk() { return &bulk_; }
  [[nodiscard]] const domain::ConnectionProfile& profile() const { return profile_; }

  /// In place of the one that is open; nothing where it is this one.
  Q_INVOKABLE void open(const QString& connectionId);
  Q_INVOKABLE void close();
  /// From the start, with pattern and type as they are.
  Q_INVOKABLE void scan();
  Q_INVOKABLE void stop();
  /// Goes on where it was stopped; where the list is full, in its place.
  Q_INVOKABLE void more();
  Q_INVOKABLE void openRow(int row);
  Q_INVOKABLE void openTreeRow(int row);
  /// A dry run of deleting what is selected: its plan is in `bulk`, which also runs it.
  Q_INVOKABLE void planDeletion();
  /// One at a time. Emits `created` or `notCreated`.
  Q_INVOKABLE void create(const QString& key, const QString& type, const QString& first,
                          const QString& second);

  /// What is known of any connection that is kept open.
  void follow(const actions::LinkStatus& link);

 signals:
  void connectionChanged();
  void statusChanged();
  void searchChanged();
  void documentChanged();
  void creatingChanged();
  void created(const QString& name);
  void notCreated(const cachify::ui::StudioError& error);
  void failed(const cachify::ui::StudioError& error);

 private:
  struct Scan;
  void nextPage(std::uint64_t ticket);
  void ask(std::vector<int> rows, std::vector<Bytes> keys);
  void probe();
  void deletionEnded(bool clean, bool wasRun);

  EngineHost& host_;
  ConnectionsModel& connections_;
  domain::ConnectionProfile profile_;
  KeysModel keys_;
  KeyTreeModel tree_;
  OpenKeys open_;
  BulkRun bulk_;
  std::shared_ptr<const std::vector<Bytes>> doomed_;  ///< what `bulk` was asked to delete
  bool creating_ = false;
  QString serverVersion_;
  bool away_ = false;
  QString latency_;
  QString pattern_;
  bool exact_ = false;
  QString typeFilter_;
  bool scanning_ = false;
  std::uint64_t ticket_ = 0;  ///< of the scan under way: answers of earlier ones are dropped
  std::uint64_t list_ = 0;    ///< of names, from its start: what was asked of earlier ones is dropped
  bool lacksFacts_ = false;   ///< the last that were asked for did not come
  std::string cursor_;
  std::uint64_t scanned_ = 0;
  std::optional<std::uint64_t> total_;
  QString note_;
  StudioError error_;
  std::stop_source stop_;
};

}  // namespace cachify::ui
