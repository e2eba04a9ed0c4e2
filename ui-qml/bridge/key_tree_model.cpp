#include "key_tree_model.hpp"

#include <algorithm>

#include "keys_model.hpp"
#include "text.hpp"

namespace cachify::ui {

namespace {

/// Some milliseconds: a frame is not missed over it.
constexpr int kKeysAtOnce = 8'000;
constexpr int kBetweenMs = 60;
/// Of one folder; whoever wants one of more searches for it.
constexpr std::size_t kMostOwnKeys = 1'000;

}  // namespace

KeyTreeModel::KeyTreeModel(KeysModel& keys, QObject* parent) : QAbstractListModel(parent), keys_(keys) {
  timer_.setSingleShot(true);
  timer_.setInterval(kBetweenMs);
  connect(&timer_, &QTimer::timeout, this, &KeyTreeModel::countSome);
  opened_[{}];
  connect(&keys_, &QAbstractItemModel::rowsInserted, this, [this] {
    if (active_ && !timer_.isActive()) timer_.start();
  });
  connect(&keys_, &QAbstractItemModel::rowsRemoved, this, [this] {
    stale_ = true;
    if (active_ && !timer_.isActive()) timer_.start();
  });
  connect(&keys_, &QAbstractItemModel::modelReset, this, &KeyTreeModel::startOver);
}

void KeyTreeModel::setActive(bool active) {
  if (active == active_) return;
  active_ = active;
  startOver();
  emit activeChanged();
}

void KeyTreeModel::setSeparator(const Bytes& separator) {
  if (separator == tree_.shape().separator) return;
  opened_.clear();
  opened_[{}];
  tree_ = domain::KeyTree({.separator = separator});
  startOver();
}

void KeyTreeModel::startOver() {
  tree_ = domain::KeyTree({.separator = tree_.shape().separator});
  counted_ = 0;
  stale_ = false;
  for (auto& [folder, own] : opened_) own.clear();
  if (active_) {
    countSome();
  } else {
    timer_.stop();
    show();
  }
}

void KeyTreeModel::countSome() {
  if (stale_) return startOver();
  const int end = std::min(keys_.count(), counted_ + kKeysAtOnce);
  for (; counted_ < end; ++counted_) {
    const Bytes key = *keys_.keyAt(counted_);
    tree_.add(key);
    addOwn(key);
  }
  if (counted_ < keys_.count()) timer_.start();
  show();
}

void KeyTreeModel::addOwn(const Bytes& key) {
  const auto& separator = tree_.shape().separator;
  const auto end = separator.empty() ? Bytes::npos : key.rfind(separator);
  const auto folder = opened_.find(end == Bytes::npos ? Bytes() : key.substr(0, end + separator.size()));
  if (folder != opened_.end() && folder->second.size() < kMostOwnKeys) folder->second.push_back(key);
}

void KeyTreeModel::layFolder(const Bytes& folder, int depth, std::vector<Row>& rows) const {
  std::uint64_t shown = 0;
  for (const auto& child : tree_.children(folder)) {
    shown += child.keys;
    const bool expanded = opened_.contains(child.path);
    rows.push_back(
        {.kind = Kind::folder, .path = child.path, .depth = depth, .keys = child.keys, .expanded = expanded});
    if (expanded) layFolder(child.path, depth + 1, rows);
  }
  const auto own = opened_.find(folder);
  if (own == opened_.end()) return;
  for (const auto& key : own->second) rows.push_back({.path = key, .depth = depth});
  shown += own->second.size();
  // Too many for one folder, or in folders below that the tree does not tell apart.
  const auto known = tree_.folder(folder);
  if (known && known->keys > shown)
    rows.push_back({.kind = Kind::more, .path = folder, .depth = depth, .keys = known->keys - shown});
}

/// What is alike at both ends stays, so that the view keeps its place.
void KeyTreeModel::show() {
  std::vector<Row> rows;
  if (active_) layFolder({}, 0, rows);
  const auto same = [](const Row& a, const Row& b) { return a.kind == b.kind && a.path == b.path; };
  const auto shorter = std::min(rows.size(), rows_.size());
  std::size_t head = 0;
  while (head < shorter && same(rows[head], rows_[head])) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && same(rows[rows.size() - 1 - tail], rows_[rows_.size() - 1 - tail])) ++tail;
  const auto first = static_cast<int>(head);
  if (const auto gone = rows_.size() - head - tail; gone > 0) {
    beginRemoveRows({}, first, first + static_cast<int>(gone) - 1);
    rows_.erase(rows_.begin() + first, rows_.begin() + first + static_cast<int>(gone));
    endRemoveRows();
  }
  if (const auto fresh = rows.size() - head - tail; fresh > 0) {
    beginInsertRows({}, first, first + static_cast<int>(fresh) - 1);
    rows_.insert(rows_.begin() + first, rows.begin() + first, rows.begin() + first + static_cast<int>(fresh));
    endInsertRows();
  }
  const auto differs = [&](std::size_t at) { return rows_[at] != rows[at]; };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (!differs(at)) continue;
    rows_[at] = rows[at];
    const auto changed = index(static_cast<int>(at));
    emit dataChanged(changed, changed, {KeysRole, ExpandedRole});
  }
  emit countChanged();
}

std::optional<Bytes> KeyTreeModel::keyAt(int row) const {
  if (row < 0 || row >= count() || rows_[static_cast<std::size_t>(row)].kind != Kind::key)
    return std::nullopt;
  return rows_[static_cast<std::size_t>(row)].path;
}

QString KeyTreeModel::nameAt(int row) const {
  const auto key = keyAt(row);
  return key ? toShown(*key) : QString();
}

bool KeyTreeModel::isFolder(int row) const {
  return row >= 0 && row < count() && rows_[static_cast<std::size_t>(row)].kind == Kind::folder;
}

bool KeyTreeModel::isExpanded(int row) const {
  return isFolder(row) && rows_[static_cast<std::size_t>(row)].expanded;
}

int KeyTreeModel::parentOf(int row) const {
  if (row < 0 || row >= count()) return row;
  const int depth = rows_[static_cast<std::size_t>(row)].depth;
  for (int at = row - 1; at >= 0; --at) {
    if (rows_[static_cast<std::size_t>(at)].depth < depth) return at;
  }
  return row;
}

void KeyTreeModel::toggle(int row) {
  if (!isFolder(row)) return;
  const Bytes path = rows_[static_cast<std::size_t>(row)].path;
  if (opened_.erase(path) == 0) {
    opened_[path];
    const auto& separator = tree_.shape().separator;
    for (int at = 0; at < counted_; ++at) {
      const Bytes key = *keys_.keyAt(at);
      if (key.starts_with(path) && key.find(separator, path.size()) == Bytes::npos) addOwn(key);
    }
  }
  show();
}

int KeyTreeModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant KeyTreeModel::data(const QModelIndex& index, int role) const {
  if (index.row() < 0 || index.row() >= count()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case KindRole:
      return row.kind == Kind::folder ? "folder" : row.kind == Kind::key ? "key" : "more";
    case NameRole:
      return toShown(row.path);
    case LabelRole: {
      if (row.kind == Kind::more)
        return tr("%1 more in this folder; search to see them").arg(countText(row.keys));
      const auto& separator = tree_.shape().separator;
      const auto end = row.path.size() - (row.kind == Kind::folder ? separator.size() : 0);
      const auto from = end == 0 || separator.empty() ? Bytes::npos : row.path.rfind(separator, end - 1);
      const auto begin = from == Bytes::npos || from >= end ? 0 : from + separator.size();
      const auto label = toShown(BytesView(row.path).substr(begin, end - begin));
      return label.isEmpty() ? tr("(empty)") : label;
    }
    case DepthRole:
      return row.depth;
    case KeysRole:
      return row.kind == Kind::folder ? countText(row.keys) : QString();
    case ExpandedRole:
      return row.expanded;
    default:
      return {};
  }
}

QHash<int, QByteArray> KeyTreeModel::roleNames() const {
  return {{KindRole, "kind"},   {NameRole, "name"}, {LabelRole, "label"},
          {DepthRole, "depth"}, {KeysRole, "keys"}, {ExpandedRole, "expanded"}};
}

}  // namespace cachify::ui
