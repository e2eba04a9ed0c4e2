#include "connections_model.hpp"

#include <algorithm>

#include "actions/link.hpp"
#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"
#include "views/connection_states.hpp"

namespace cachify::ui {

using domain::ConnectionProfile;

QString addressText(const ConnectionProfile& profile) {
  if (!profile.unixSocket.empty()) return toShown(profile.unixSocket);
  return QStringLiteral("%1:%2").arg(toShown(profile.host)).arg(profile.port);
}

QString tlsText(const ConnectionProfile& profile) {
  if (!profile.tls.enabled) return QStringLiteral("off");
  return profile.tls.verify ? QStringLiteral("on") : QStringLiteral("unverified");
}

QString policyText(const ConnectionProfile& profile) {
  if (profile.forceReadOnly) return QStringLiteral("forceReadOnly");
  return profile.readOnly ? QStringLiteral("readOnly") : QStringLiteral("writable");
}

/// As coarse as memory is.
QString ConnectionsModel::usedText(WallTime at) {
  const auto ago = SystemClock().now() - at;
  const auto minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(ago).count());
  if (minutes < 1) return tr("used just now");
  if (minutes < 60) return tr("used %n minute(s) ago", nullptr, minutes);
  if (minutes < 24 * 60) return tr("used %n hour(s) ago", nullptr, minutes / 60);
  return tr("used %n day(s) ago", nullptr, minutes / (24 * 60));
}

ConnectionsModel::ConnectionsModel(EngineHost& host, QObject* parent)
    : QAbstractListModel(parent), host_(host) {}

void ConnectionsModel::setFilter(const QString& filter) {
  if (filter == filter_) return;
  filter_ = filter;
  choose();
  emit filterChanged();
}

void ConnectionsModel::setGroupBy(const QString& groupBy) {
  if (groupBy == groupBy_) return;
  groupBy_ = groupBy;
  choose();
  emit filterChanged();
}

void ConnectionsModel::reload() {
  using All = actions::ControlState::All;
  host_.ask<All>(
      this, [](studio::Engine& engine) { return engine.control().all(); },
      [this](Result<All> all) {
        error_ = all ? StudioError() : StudioError(all.error());
        assign(all ? std::move(all->profiles) : std::vector<ConnectionProfile>());
      });
}

void ConnectionsModel::learnUse() {
  using States = std::vector<views::ConnectionState>;
  host_.ask<States>(
      this,
      [](studio::Engine& engine) {
        return engine.query<States>([](sqlite3& db) { return views::connectionStates(db, {}); });
      },
      [this](Result<States> states) {
        if (!states) return;
        for (const auto& state : *states) {
          if (state.seenAt) used_[toText(state.connectionId.toString())] = *state.seenAt;
        }
        if (!shown_.empty()) emit dataChanged(index(0), index(count() - 1), {LastUsedRole});
      });
}

void ConnectionsModel::setFavourite(const QString& id, bool favourite) {
  const auto* known = find(id);
  if (known == nullptr) return;
  ConnectionProfile edited = *known;
  edited.favourite = favourite;
  host_.ask<ConnectionProfile>(
      this,
      [edited](studio::Engine& engine) {
        return engine.wait(engine.connections().edit(edited, actions::KeepSecret{}));
      },
      [this](Result<ConnectionProfile> done) {
        if (!done) emit failed(StudioError(done.error()));
        reload();
      });
}

void ConnectionsModel::assign(std::vector<ConnectionProfile> profiles) {
  profiles_ = std::move(profiles);
  loaded_ = true;
  choose();
}

bool ConnectionsModel::matches(const ConnectionProfile& profile) const {
  if (filter_.isEmpty()) return true;
  QString all = toShown(profile.name) + ' ' + addressText(profile) + ' ' +
                toText(domain::wireName(profile.environment));
  for (const auto& tag : profile.tags) all += ' ' + toShown(tag);
  return all.contains(filter_, Qt::CaseInsensitive);
}

QString ConnectionsModel::groupOf(const ConnectionProfile& profile) const {
  if (groupBy_ == "tag") return profile.tags.empty() ? tr("No tag") : toShown(profile.tags.front());
  switch (profile.environment) {
    case domain::Environment::prod:
      return tr("Production");
    case domain::Environment::staging:
      return tr("Staging");
    case domain::Environment::dev:
      break;
  }
  return tr("Development");
}

QString ConnectionsModel::headingAt(int row) const {
  const auto at = static_cast<std::size_t>(row);
  const QString group = groupOf(profiles_[shown_[at]]);
  return row > 0 && groupOf(profiles_[shown_[at - 1]]) == group ? QString() : group;
}

void ConnectionsModel::choose() {
  beginResetModel();
  shown_.clear();
  for (std::size_t i = 0; i < profiles_.size(); ++i) {
    if (matches(profiles_[i])) shown_.push_back(i);
  }
  std::ranges::stable_sort(shown_, [this](std::size_t a, std::size_t b) {
    if (groupBy_ == "tag") return groupOf(profiles_[a]) < groupOf(profiles_[b]);
    return profiles_[a].environment > profiles_[b].environment;
  });
  endResetModel();
  emit countChanged();
}

const ConnectionProfile* ConnectionsModel::find(const QString& id) const {
  const auto found = std::ranges::find_if(
      profiles_, [&](const ConnectionProfile& profile) { return toText(profile.id.toString()) == id; });
  return found == profiles_.end() ? nullptr : &*found;
}

QString ConnectionsModel::idAt(int row) const {
  return data(index(row), ConnectionIdRole).toString();
}

QString ConnectionsModel::idOf(const QString& name) const {
  for (const auto& profile : profiles_) {
    if (toText(profile.name) == name) return toText(profile.id.toString());
  }
  return {};
}

QVariantList ConnectionsModel::choices() const {
  QVariantList choices;
  for (const auto& profile : profiles_)
    choices.append(QVariantMap{{"value", toText(profile.id.toString())}, {"text", toShown(profile.name)}});
  std::ranges::sort(choices, {},
                    [](const QVariant& one) { return one.toMap()["text"].toString().toCaseFolded(); });
  return choices;
}

QString ConnectionsModel::nameOf(ConnectionId id) const {
  return id.isNil() ? QString() : nameOf(toText(id.toString()));
}

QString ConnectionsModel::nameOf(const QString& id) const {
  const auto* profile = find(id);
  return profile == nullptr ? QString() : toShown(profile->name);
}

void ConnectionsModel::setLink(const actions::LinkStatus& link) {
  const QString state = isAway(link)                             ? QStringLiteral("lost")
                        : link.state == actions::LinkState::open ? QStringLiteral("open")
                                                                 : QStringLiteral("unknown");
  if (std::exchange(links_[toText(link.connection.toString())], state) == state) return;
  if (!shown_.empty()) emit dataChanged(index(0), index(count() - 1), {LinkRole});
}

int ConnectionsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant ConnectionsModel::data(const QModelIndex& index, int role) const {
  if (index.row() < 0 || index.row() >= count()) return {};
  const auto& profile = profiles_[shown_[static_cast<std::size_t>(index.row())]];
  const QString id = toText(profile.id.toString());
  QStringList tags;
  switch (role) {
    case ConnectionIdRole:
      return id;
    case NameRole:
      return toShown(profile.name);
    case EngineRole:
      return toText(domain::wireName(profile.engine));
    case AddressRole:
      return addressText(profile);
    case EnvironmentRole:
      return toText(domain::wireName(profile.environment));
    case TagsRole:
      for (const auto& tag : profile.tags) tags.append(toShown(tag));
      return tags;
    case PolicyRole:
      return policyText(profile);
    case TlsRole:
      return tlsText(profile);
    case LinkRole: {
      const auto link = links_.find(id);
      return link == links_.end() ? QStringLiteral("unknown") : link->second;
    }
    case HeadingRole:
      return headingAt(index.row());
    case FavouriteRole:
      return profile.favourite;
    case LastUsedRole: {
      const auto used = used_.find(id);
      return used == used_.end() ? QString() : usedText(used->second);
    }
    default:
      return {};
  }
}

QHash<int, QByteArray> ConnectionsModel::roleNames() const {
  return {{ConnectionIdRole, "connectionId"},
          {NameRole, "name"},
          {EngineRole, "engine"},
          {AddressRole, "address"},
          {TagsRole, "tags"},
          {EnvironmentRole, "environment"},
          {PolicyRole, "policy"},
          {TlsRole, "tls"},
          {LinkRole, "link"},
          {HeadingRole, "heading"},
          {LastUsedRole, "lastUsed"},
          {FavouriteRole, "favourite"}};
}

}  // namespace cachify::ui
