#include "row_window.hpp"

#include <algorithm>

namespace cachify::ui {

RowWindow::RowWindow(QAbstractListModel& list, QObject* parent) : QAbstractListModel(parent), list_(list) {
  connect(&list, &QAbstractItemModel::modelReset, this, [this] { startAt(0); });
  connect(&list, &QAbstractItemModel::rowsInserted, this, &RowWindow::grow);
  connect(&list, &QAbstractItemModel::rowsAboutToBeRemoved, this,
          [this](const QModelIndex&, int from, int to) { aboutToRemove(from, to); });
  connect(&list, &QAbstractItemModel::rowsRemoved, this,
          [this](const QModelIndex&, int from, int to) { removed(from, to); });
  connect(&list, &QAbstractItemModel::dataChanged, this,
          [this](const QModelIndex& from, const QModelIndex& to, const QList<int>& roles) {
            const int top = std::max(from.row() - first_, 0);
            const int bottom = std::min(to.row() - first_, count_ - 1);
            if (top <= bottom) emit dataChanged(index(top), index(bottom), roles);
          });
  startAt(0);
}

bool RowWindow::hold(int row) {
  const int total = list_.rowCount();
  const bool nearTop = first_ > 0 && row < first_ + kMargin;
  const bool nearBottom = first_ + count_ < total && row >= first_ + count_ - kMargin;
  if (!nearTop && !nearBottom) return false;
  startAt(std::clamp(row - kRows / 2, 0, std::max(0, total - kRows)));
  return true;
}

void RowWindow::startAt(int first) {
  beginResetModel();
  first_ = first;
  count_ = std::min(kRows, list_.rowCount() - first);
  endResetModel();
  emit moved();
}

void RowWindow::grow() {
  const int more = std::min(kRows, list_.rowCount() - first_) - count_;
  if (more <= 0) return;
  beginInsertRows({}, count_, count_ + more - 1);
  count_ += more;
  endInsertRows();
}

void RowWindow::aboutToRemove(int from, int to) {
  const int top = std::max(from - first_, 0);
  const int bottom = std::min(to - first_, count_ - 1);
  removing_ = top <= bottom;
  if (removing_) beginRemoveRows({}, top, bottom);
}

void RowWindow::removed(int from, int to) {
  const int above = std::clamp(first_ - from, 0, to - from + 1);
  const int within = std::max(0, std::min(to - first_, count_ - 1) - std::max(from - first_, 0) + 1);
  first_ -= above;
  if (removing_) {
    count_ -= within;
    endRemoveRows();
  }
  if (above > 0) emit moved();
  grow();
  // Nothing is left behind it, but there is something above.
  const int total = list_.rowCount();
  if (first_ > 0 && count_ == 0) startAt(std::max(0, total - kRows));
}

int RowWindow::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count_;
}

QVariant RowWindow::data(const QModelIndex& index, int role) const {
  if (index.row() < 0 || index.row() >= count_) return {};
  return list_.data(list_.index(first_ + index.row()), role);
}

}  // namespace cachify::ui
