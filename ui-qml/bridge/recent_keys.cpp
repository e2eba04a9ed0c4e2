#include "recent_keys.hpp"

#include <algorithm>

#include "connections_model.hpp"
#include "preferences.hpp"
#include "text.hpp"
#include "workspace.hpp"

namespace cachify::ui {

namespace {

constexpr auto kKeptAs = "recentKeys";

}  // namespace

RecentKeys::RecentKeys(Preferences& preferences, ConnectionsModel& connections, Workspace& workspace,
                       QObject* parent)
    : QObject(parent), preferences_(preferences), connections_(connections), workspace_(workspace) {
  passing_.setSingleShot(true);
  passing_.setInterval(kPassing);
  connect(&passing_, &QTimer::timeout, this, &RecentKeys::note);
  connect(workspace.openKeys(), &OpenKeys::currentChanged, this, &RecentKeys::look);
  connect(workspace.openKeys(), &OpenKeys::tabsChanged, this, &RecentKeys::look);
  connect(&connections, &ConnectionsModel::countChanged, this, &RecentKeys::forgetGone);
  restore();
}

/// Each is the connection's id and the key in base64, with a blank between.
void RecentKeys::restore() {
  const QStringList kept = preferences_.kept(kKeptAs, {}).toStringList();
  for (const auto& line : kept) {
    const auto key = fromBase64(line.section(' ', 1).toStdString());
    if (key && entries_.size() < kMost) entries_.push_back({line.section(' ', 0, 0), *key});
  }
}

void RecentKeys::keep() {
  QStringList lines;
  for (const auto& entry : entries_) lines.append(entry.connectionId + ' ' + toText(toBase64(entry.key)));
  preferences_.keep(kKeptAs, lines);
}

void RecentKeys::look() {
  std::optional<Entry> seen;
  if (workspace_.active() && workspace_.document()->isOpen())
    seen = {workspace_.connectionId(), workspace_.document()->key()};
  if (seen == inSight_) return;
  inSight_ = seen;
  seen ? passing_.start() : passing_.stop();
}

void RecentKeys::note() {
  if (!inSight_ || inSight_->key.size() > kLongestBytes) return;
  if (!entries_.empty() && entries_.front() == *inSight_) return;
  std::erase(entries_, *inSight_);
  entries_.push_front(*inSight_);
  if (entries_.size() > kMost) entries_.pop_back();
  keep();
}

/// What is shown while the profiles cannot be read is not what there is.
void RecentKeys::forgetGone() {
  if (!connections_.loaded() || connections_.error().present()) return;
  const auto gone = [this](const Entry& entry) { return connections_.find(entry.connectionId) == nullptr; };
  if (std::erase_if(entries_, gone) > 0) keep();
}

QVariantList RecentKeys::list() const {
  QVariantList all;
  for (const auto& entry : entries_) {
    all.append(QVariantMap{{"connectionId", entry.connectionId},
                           {"connection", connections_.nameOf(entry.connectionId)},
                           {"key", toText(toBase64(entry.key))},
                           {"text", toShown(entry.key)},
                           {"inSight", inSight_ == entry}});
  }
  return all;
}

void RecentKeys::open(const QString& connectionId, const QString& key) {
  const auto bytes = fromBase64(key.toStdString());
  if (!bytes) return;
  if (workspace_.connectionId() != connectionId) workspace_.open(connectionId);
  if (workspace_.connectionId() == connectionId) workspace_.openKeys()->open(*bytes);
}

}  // namespace cachify::ui
