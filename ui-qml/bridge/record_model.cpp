#include "record_model.hpp"

namespace cachify::ui {

RecordModel::RecordModel(QList<QByteArray> fields, QObject* parent)
    : QAbstractListModel(parent), fields_(std::move(fields)) {}

void RecordModel::assign(std::vector<QVariantList> records) {
  beginResetModel();
  records_ = std::move(records);
  endResetModel();
  emit countChanged();
}

void RecordModel::append(std::vector<QVariantList> records) {
  if (records.empty()) return;
  beginInsertRows({}, count(), count() + static_cast<int>(records.size()) - 1);
  for (auto& record : records) records_.push_back(std::move(record));
  endInsertRows();
  emit countChanged();
}

void RecordModel::replace(int row, QVariantList record) {
  if (row < 0 || row >= count()) return;
  records_[static_cast<std::size_t>(row)] = std::move(record);
  emit dataChanged(index(row), index(row));
}

QVariant RecordModel::value(int row, const QByteArray& field) const {
  return data(index(row), Qt::UserRole + static_cast<int>(fields_.indexOf(field)));
}

QVariantMap RecordModel::get(int row) const {
  QVariantMap record;
  if (row < 0 || row >= count()) return record;
  for (const auto& field : fields_) record.insert(QString::fromLatin1(field), value(row, field));
  return record;
}

int RecordModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant RecordModel::data(const QModelIndex& index, int role) const {
  const int field = role - Qt::UserRole;
  if (index.row() < 0 || index.row() >= count() || field < 0 || field >= fields_.size()) return {};
  return records_[static_cast<std::size_t>(index.row())].value(field);
}

QHash<int, QByteArray> RecordModel::roleNames() const {
  QHash<int, QByteArray> names;
  for (int i = 0; i < fields_.size(); ++i) names.insert(Qt::UserRole + i, fields_[i]);
  return names;
}

}  // namespace cachify::ui
