#pragma once
// The connection profiles there are, searched and grouped, with the state of those that are kept open.

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QVariantList>
#include <map>
#include <memory>
#include <vector>

#include "domain/profile.hpp"
#include "studio_error.hpp"

namespace cachify::actions {
struct LinkStatus;
}

namespace cachify::ui {

class EngineHost;

class ConnectionsModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
  Q_PROPERTY(QString groupBy READ groupBy WRITE setGroupBy NOTIFY filterChanged)
  Q_PROPERTY(int count READ count NOTIFY countChanged)
  Q_PROPERTY(int total READ total NOTIFY countChanged)
  Q_PROPERTY(QVariantList choices READ choices NOTIFY countChanged)
  Q_PROPERTY(bool loaded READ loaded NOTIFY countChanged)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY countChanged)

 public:
  enum Role {
    ConnectionIdRole = Qt::UserRole,
    NameRole,
    EngineRole,
    AddressRole,
    EnvironmentRole,
    TagsRole,
    PolicyRole,
    TlsRole,
    LinkRole,
    HeadingRole,
    LastUsedRole,
    FavouriteRole,
  };

  explicit ConnectionsModel(EngineHost& host, QObject* parent = nullptr);

  [[nodiscard]] QString filter() const { return filter_; }
  void setFilter(const QString& filter);
  [[nodiscard]] QString groupBy() const { return groupBy_; }
  void setGroupBy(const QString& groupBy);
  [[nodiscard]] int count() const { return static_cast<int>(shown_.size()); }
  [[nodiscard]] int total() const { return static_cast<int>(profiles_.size()); }
  /// All of them by name, whatever the filter, as {value, text}.
  [[nodiscard]] QVariantList choices() const;
  [[nodiscard]] bool loaded() const { return loaded_; }
  [[nodiscard]] StudioError error() const { return error_; }

  Q_INVOKABLE void reload();
  /// Null id: none. The newest that was loaded.
  [[nodiscard]] const domain::ConnectionProfile* find(const QString& id) const;
  Q_INVOKABLE [[nodiscard]] QString idAt(int row) const;
  Q_INVOKABLE [[nodiscard]] QString idOf(const QString& name) const;
  Q_INVOKABLE [[nodiscard]] QString nameOf(const QString& id) const;
  [[nodiscard]] QString nameOf(ConnectionId id) const;
  void setLink(const actions::LinkStatus& link);

  /// Asks when each was used last.
  void learnUse();
  /// Emits `failed` where it cannot be kept.
  Q_INVOKABLE void setFavourite(const QString& id, bool favourite);

  void assign(std::vector<domain::ConnectionProfile> profiles);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

 signals:
  void failed(const cachify::ui::StudioError& error);
  void filterChanged();
  void countChanged();

 private:
  void choose();
  [[nodiscard]] static QString usedText(WallTime at);
  [[nodiscard]] bool matches(const domain::ConnectionProfile& profile) const;
  /// The group's name at its first row, else empty.
  [[nodiscard]] QString headingAt(int row) const;
  [[nodiscard]] QString groupOf(const domain::ConnectionProfile& profile) const;

  EngineHost& host_;
  std::vector<domain::ConnectionProfile> profiles_;
  std::vector<std::size_t> shown_;
  std::map<QString, QString> links_;
  std::map<QString, WallTime> used_;
  QString filter_;
  QString groupBy_ = QStringLiteral("environment");
  bool loaded_ = false;
  StudioError error_;
};

/// "host:port" or the socket's path.
[[nodiscard]] QString addressText(const domain::ConnectionProfile& profile);
/// "off", "on", "unverified"
[[nodiscard]] QString tlsText(const domain::ConnectionProfile& profile);
/// "writable", "readOnly", "forceReadOnly"
[[nodiscard]] QString policyText(const domain::ConnectionProfile& profile);

}  // namespace cachify::ui
