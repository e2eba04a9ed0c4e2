#pragma once
// The names a scan found, in the order found. Type, TTL and size are asked for only where a view looks.
// From `limit` rows on it is full: nothing is dropped, and who fills it stops. A view of them looks through
// `window`. A row costs its name: what else is known is
// kept of the rows that were looked at last.

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QTimer>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "core/bytes.hpp"
#include "row_window.hpp"

namespace cachify::ui {

struct KeyFacts {
  QString type;
  QString ttl;
  QString size;
};

class KeysModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(int count READ count NOTIFY countChanged)
  Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
  Q_PROPERTY(cachify::ui::RowWindow* window READ window CONSTANT)

 public:
  static constexpr int kMaxRows = 10'000'000;
  enum Role { NameRole = Qt::UserRole, TypeRole, TtlRole, SizeRole, SelectedRole };
  /// Asks for facts about these rows; they come by `describe`.
  using Wanted = std::function<void(std::vector<int> rows, std::vector<Bytes> keys)>;

  explicit KeysModel(Wanted wanted, QObject* parent = nullptr);

  [[nodiscard]] int count() const { return static_cast<int>(rows_.size()); }
  [[nodiscard]] int selectedCount() const { return static_cast<int>(selected_.size()); }
  [[nodiscard]] RowWindow* window() { return &window_; }
  [[nodiscard]] bool isFull() const { return count() >= limit_; }
  [[nodiscard]] int limit() const { return limit_; }
  void setLimit(int rows) { limit_ = rows; }
  void clear();
  void append(std::vector<Bytes> keys);
  void remove(const Bytes& key);
  void removeAll(const std::vector<Bytes>& keys);
  void describe(const std::vector<int>& rows, const std::vector<Bytes>& keys,
                const std::vector<KeyFacts>& facts);
  /// What is known of a key may have changed; it is added where it is missing.
  void forget(const Bytes& key);
  /// Views look again, so that what is not known of the rows in sight is asked for.
  void askAgain();
  [[nodiscard]] std::optional<Bytes> keyAt(int row) const;
  [[nodiscard]] std::vector<Bytes> selectedKeys() const;
  Q_INVOKABLE [[nodiscard]] int rowOf(const QString& name) const;
  Q_INVOKABLE void toggle(int row);
  Q_INVOKABLE void selectTo(int row);
  Q_INVOKABLE void clearSelection();

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

 signals:
  void countChanged();
  void selectionChanged();

 private:
  [[nodiscard]] const Bytes& key(int row) const { return rows_[static_cast<std::size_t>(row)]; }
  /// Before rows go: what is known by row does not hold any more.
  void forgetRows();
  void askForWanted();

  Wanted ask_;
  int limit_ = kMaxRows;
  std::deque<Bytes> rows_;  // grows without moving what is there
  std::unordered_map<int, KeyFacts> facts_;
  std::set<int> selected_;
  int anchor_ = -1;
  mutable std::set<int> wanted_;
  mutable QTimer timer_;
  RowWindow window_{*this};
};

}  // namespace cachify::ui
