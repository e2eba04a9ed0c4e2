#include "keys_model.hpp"

#include <algorithm>

#include "text.hpp"

namespace cachify::ui {

namespace {

/// Rows that come into view within one frame or two are asked for together.
constexpr int kGatherMs = 40;
constexpr std::size_t kMostAtOnce = 400;
/// Rows whose facts are kept; a view shows some forty.
constexpr std::size_t kMostFacts = 20'000;

}  // namespace

KeysModel::KeysModel(Wanted wanted, QObject* parent) : QAbstractListModel(parent), ask_(std::move(wanted)) {
  timer_.setSingleShot(true);
  timer_.setInterval(kGatherMs);
  connect(&timer_, &QTimer::timeout, this, &KeysModel::askForWanted);
}

void KeysModel::clear() {
  beginResetModel();
  rows_.clear();
  facts_.clear();
  selected_.clear();
  wanted_.clear();
  anchor_ = -1;
  endResetModel();
  emit countChanged();
  emit selectionChanged();
}

void KeysModel::append(std::vector<Bytes> keys) {
  if (keys.empty()) return;
  beginInsertRows({}, count(), count() + static_cast<int>(keys.size()) - 1);
  for (auto& key : keys) rows_.push_back(std::move(key));
  endInsertRows();
  emit countChanged();
}

void KeysModel::remove(const Bytes& key) {
  const auto found = std::ranges::find(rows_, key);
  if (found == rows_.end()) return;
  const int row = static_cast<int>(found - rows_.begin());
  forgetRows();
  beginRemoveRows({}, row, row);
  rows_.erase(found);
  endRemoveRows();
  emit countChanged();
}

void KeysModel::removeAll(const std::vector<Bytes>& keys) {
  const std::set<BytesView> gone(keys.begin(), keys.end());
  forgetRows();
  // From the end, one stretch of neighbours at a time: the view keeps its place.
  for (int last = count() - 1; last >= 0; --last) {
    int first = last + 1;
    while (first > 0 && gone.contains(key(first - 1))) --first;
    if (first > last) continue;
    beginRemoveRows({}, first, last);
    rows_.erase(rows_.begin() + first, rows_.begin() + last + 1);
    endRemoveRows();
    last = first;
  }
  emit countChanged();
}

void KeysModel::describe(const std::vector<int>& rows, const std::vector<Bytes>& keys,
                         const std::vector<KeyFacts>& facts) {
  if (facts_.size() + facts.size() > kMostFacts) facts_.clear();  // what is in sight asks again
  for (std::size_t i = 0; i < rows.size() && i < facts.size(); ++i) {
    const int row = rows[i];
    if (row >= count() || key(row) != keys[i]) continue;
    facts_[row] = facts[i];
    emit dataChanged(index(row), index(row), {TypeRole, TtlRole, SizeRole});
  }
}

void KeysModel::forget(const Bytes& key) {
  const auto found = std::ranges::find(rows_, key);
  if (found == rows_.end()) return append({key});
  const int row = static_cast<int>(found - rows_.begin());
  facts_.erase(row);
  emit dataChanged(index(row), index(row), {TypeRole, TtlRole, SizeRole});
}

void KeysModel::askAgain() {
  if (count() > 0) emit dataChanged(index(0), index(count() - 1), {TypeRole, TtlRole, SizeRole});
}

std::optional<Bytes> KeysModel::keyAt(int row) const {
  if (row < 0 || row >= count()) return std::nullopt;
  return key(row);
}

std::vector<Bytes> KeysModel::selectedKeys() const {
  std::vector<Bytes> keys;
  for (const int row : selected_) keys.push_back(key(row));
  return keys;
}

int KeysModel::rowOf(const QString& name) const {
  const auto found = std::ranges::find_if(rows_, [&](const Bytes& key) { return toShown(key) == name; });
  return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

void KeysModel::toggle(int row) {
  if (row < 0 || row >= count()) return;
  if (!selected_.erase(row)) selected_.insert(row);
  anchor_ = row;
  emit dataChanged(index(row), index(row), {SelectedRole});
  emit selectionChanged();
}

void KeysModel::selectTo(int row) {
  if (row < 0 || row >= count()) return;
  const int from = anchor_ < 0 ? row : anchor_;
  for (int at = std::min(from, row); at <= std::max(from, row); ++at) selected_.insert(at);
  emit dataChanged(index(std::min(from, row)), index(std::max(from, row)), {SelectedRole});
  emit selectionChanged();
}

void KeysModel::clearSelection() {
  if (selected_.empty()) return;
  const int first = *selected_.begin();
  const int last = *selected_.rbegin();
  selected_.clear();
  emit dataChanged(index(first), index(std::min(last, count() - 1)), {SelectedRole});
  emit selectionChanged();
}

void KeysModel::forgetRows() {
  clearSelection();
  anchor_ = -1;
  wanted_.clear();
  facts_.clear();
}

void KeysModel::askForWanted() {
  std::vector<int> rows;
  std::vector<Bytes> keys;
  // The newest first: what was scrolled past is of no interest any more.
  for (auto row = wanted_.rbegin(); row != wanted_.rend() && rows.size() < kMostAtOnce; ++row) {
    if (*row >= count()) continue;
    rows.push_back(*row);
    keys.push_back(key(*row));
  }
  wanted_.clear();
  if (!rows.empty()) ask_(std::move(rows), std::move(keys));
}

int KeysModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant KeysModel::data(const QModelIndex& index, int role) const {
  if (index.row() < 0 || index.row() >= count()) return {};
  if (role == NameRole) return toShown(key(index.row()));
  if (role == SelectedRole) return selected_.contains(index.row());
  if (role != TypeRole && role != TtlRole && role != SizeRole) return {};
  const auto known = facts_.find(index.row());
  if (known == facts_.end()) {
    wanted_.insert(index.row());
    if (!timer_.isActive()) timer_.start();
    return QString();
  }
  return role == TypeRole ? known->second.type : role == TtlRole ? known->second.ttl : known->second.size;
}

QHash<int, QByteArray> KeysModel::roleNames() const {
  return {{NameRole, "name"},
          {TypeRole, "type"},
          {TtlRole, "ttl"},
          {SizeRole, "size"},
          {SelectedRole, "selected"}};
}

}  // namespace cachify::ui
