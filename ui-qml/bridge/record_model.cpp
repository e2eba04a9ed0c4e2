#include "record_model.hpp"

#include <algorithm>
#include <iterator>

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

void RecordModel::prepend(std::vector<QVariantList> records) {
  if (records.empty()) return;
  beginInsertRows({}, 0, static_cast<int>(records.size()) - 1);
  records_.insert(records_.begin(), std::make_move_iterator(records.begin()),
                  std::make_move_iterator(records.end()));
  endInsertRows();
  emit countChanged();
}

bool RecordModel::merge(std::vector<QVariantList> records) {
  const int given = static_cast<int>(records.size());
  bool changed = given != count();
  if (given < count()) {
    beginRemoveRows({}, given, count() - 1);
    records_.resize(records.size());
    endRemoveRows();
    emit countChanged();
  }
  const auto tail = records.begin() + count();
  std::vector<QVariantList> added(std::make_move_iterator(tail), std::make_move_iterator(records.end()));
  records.erase(tail, records.end());
  changed = mergeTop(std::move(records)) || changed;
  append(std::move(added));
  return changed;
}

bool RecordModel::mergeTop(std::vector<QVariantList> records) {
  bool changed = false;
  for (int row = 0; row < static_cast<int>(records.size()); ++row) {
    auto& record = records[static_cast<std::size_t>(row)];
    if (records_[static_cast<std::size_t>(row)] == record) continue;
    replace(row, std::move(record));
    changed = true;
  }
  return changed;
}

void RecordModel::replace(int row, QVariantList record) {
  if (row < 0 || row >= count()) return;
  records_[static_cast<std::size_t>(row)] = std::move(record);
  emit dataChanged(index(row), index(row));
}

void RecordModel::set(int row, const QByteArray& field, const QVariant& value) {
  if (row < 0 || row >= count()) return;
  records_[static_cast<std::size_t>(row)][fields_.indexOf(field)] = value;
  emit dataChanged(index(row), index(row));
}

int RecordModel::find(const QByteArray& field, const QVariant& value) const {
  const auto place = fields_.indexOf(field);
  const auto found = std::ranges::find_if(
      records_, [&](const QVariantList& record) { return record.value(place) == value; });
  return found == records_.end() ? -1 : static_cast<int>(found - records_.begin());
}

QVariant RecordModel::value(int row, const QByteArray& field) const {
  return data(index(row), Qt::UserRole + static_cast<int>(fields_.indexOf(field)));
}

QString RecordModel::text(int row, const QString& field) const {
  return value(row, field.toLatin1()).toString();
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
