#pragma once
// A list of records with named fields, for views with at most some thousand rows. The GUI thread's.

#include <QAbstractListModel>
#include <QQmlEngine>
#include <QVariantList>
#include <vector>

namespace cachify::ui {

class RecordModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the bridge")
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  /// `fields` are the names of the roles; each record has a value for each, in this order.
  explicit RecordModel(QList<QByteArray> fields, QObject* parent = nullptr);

  [[nodiscard]] int count() const { return static_cast<int>(records_.size()); }
  void assign(std::vector<QVariantList> records);
  void append(std::vector<QVariantList> records);
  void prepend(std::vector<QVariantList> records);
  /// Row by row: what is the same stays untouched, with the delegates and the focus of a view on it.
  /// Whether anything was not.
  bool merge(std::vector<QVariantList> records);
  /// The same for the first rows alone; there are as many at least.
  bool mergeTop(std::vector<QVariantList> records);
  void replace(int row, QVariantList record);
  void set(int row, const QByteArray& field, const QVariant& value);
  /// The first that has this; -1 for none.
  [[nodiscard]] int find(const QByteArray& field, const QVariant& value) const;
  [[nodiscard]] QVariant value(int row, const QByteArray& field) const;
  Q_INVOKABLE [[nodiscard]] QString text(int row, const QString& field) const;
  /// Of one record, by field.
  Q_INVOKABLE [[nodiscard]] QVariantMap get(int row) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

 signals:
  void countChanged();

 private:
  QList<QByteArray> fields_;
  std::vector<QVariantList> records_;
};

}  // namespace cachify::ui
