#pragma once
// The keys of a list as folders with counts: what is opened is shown, and it grows as the list does. Nothing
// is kept or counted while it is not `active`.

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QTimer>
#include <map>
#include <optional>
#include <vector>

#include "core/bytes.hpp"
#include "domain/key_tree.hpp"

namespace cachify::ui {

class KeysModel;

class KeyTreeModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum Role { KindRole = Qt::UserRole, NameRole, LabelRole, DepthRole, KeysRole, ExpandedRole };

  explicit KeyTreeModel(KeysModel& keys, QObject* parent = nullptr);

  [[nodiscard]] bool active() const { return active_; }
  void setActive(bool active);
  void setSeparator(const Bytes& separator);
  [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
  /// Nothing for a folder.
  [[nodiscard]] std::optional<Bytes> keyAt(int row) const;
  /// Empty for a folder.
  Q_INVOKABLE [[nodiscard]] QString nameAt(int row) const;
  /// Opens a folder, or closes it.
  Q_INVOKABLE void toggle(int row);
  /// The folder that this row lies in, or the row itself at the top.
  Q_INVOKABLE [[nodiscard]] int parentOf(int row) const;
  Q_INVOKABLE [[nodiscard]] bool isFolder(int row) const;
  Q_INVOKABLE [[nodiscard]] bool isExpanded(int row) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

 signals:
  void activeChanged();
  void countChanged();

 private:
  enum class Kind { folder, key, more };
  struct Row {
    Kind kind = Kind::key;
    Bytes path;  ///< of the folder, with the separator at its end; or the key
    int depth = 0;
    std::uint64_t keys = 0;
    bool expanded = false;

    bool operator==(const Row&) const = default;
  };

  void startOver();
  void countSome();
  void addOwn(const Bytes& key);
  void layFolder(const Bytes& folder, int depth, std::vector<Row>& rows) const;
  void show();

  KeysModel& keys_;
  bool active_ = false;
  domain::KeyTree tree_;
  int counted_ = 0;                             ///< rows of the list that are in the tree
  std::map<Bytes, std::vector<Bytes>> opened_;  ///< by folder, the keys right in it
  std::vector<Row> rows_;
  bool stale_ = false;  ///< rows of the list are gone that are still counted
  QTimer timer_;
};

}  // namespace cachify::ui
