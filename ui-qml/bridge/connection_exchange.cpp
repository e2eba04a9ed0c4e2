#include "connection_exchange.hpp"

#include <QFileInfo>
#include <QJsonDocument>
#include <algorithm>
#include <boost/json/serialize.hpp>

#include "connections_model.hpp"
#include "engine_host.hpp"
#include "file_content.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using domain::ConnectionProfile;
using events::ExportedProfile;

namespace {

/// Thousands of profiles; whatever is larger is no such file.
constexpr qint64 kMaxExchangeBytes = 16LL * 1024 * 1024;

Result<int> writeProfiles(studio::Engine& engine, const QString& path) {
  const auto all = engine.control().all();
  if (!all) return std::unexpected(all.error());
  const std::string text = boost::json::serialize(events::exportProfiles(all->profiles));
  const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(text));
  const auto written =
      writePrivately(path, [&](const WritePart& write) { return write(document.toJson().toStdString()); });
  if (!written) return std::unexpected(written.error());
  return smallCount(all->profiles.size());
}

std::string keyOf(const QString& name) {
  return domain::nameKey(name.trimmed().toStdString());
}

bool lacksSecret(const ExportedProfile& profile) {
  return profile.hadPassword || profile.hadKeyPassphrase;
}

}  // namespace

struct ConnectionExchange::FileRead {
  std::vector<events::ExportedEntry> entries;
  std::set<std::string> namesHere;
};

ConnectionExchange::ConnectionExchange(EngineHost& host, ConnectionsModel& connections, QObject* parent)
    : QObject(parent),
      host_(host),
      connections_(connections),
      list_({"name", "original", "address", "engine", "environment", "tls", "ssh", "lacksSecret", "isHere",
             "taken", "problem", "fault"}) {}

int ConnectionExchange::chosen() const {
  return smallCount(static_cast<std::uint64_t>(std::ranges::count_if(entries_, &Entry::isTaken)));
}

bool ConnectionExchange::ready() const {
  const auto stands = [this](const Entry& entry) { return !entry.isTaken || problemOf(entry).isEmpty(); };
  return !busy_ && chosen() > 0 && std::ranges::all_of(entries_, stands);
}

void ConnectionExchange::setBusy(bool busy) {
  busy_ = busy;
  emit changed();
}

void ConnectionExchange::write(const QUrl& file) {
  const QString path = pathOf(file);
  host_.ask<int>(
      this, [path](studio::Engine& engine) { return writeProfiles(engine, path); },
      [this, path](Result<int> count) {
        if (!count) return emit failed(StudioError(count.error()));
        emit exported(*count, QFileInfo(path).fileName());
      });
}

void ConnectionExchange::read(const QUrl& file) {
  clear();
  const QString path = pathOf(file);
  fileName_ = QFileInfo(path).fileName();
  setBusy(true);
  host_.ask<FileRead>(
      this,
      [path](studio::Engine& engine) -> Result<FileRead> {
        const auto text =
            contentOf(path, kMaxExchangeBytes,
                      QStringLiteral("this is no file of exported connections: it is too large"));
        if (!text) return std::unexpected(text.error());
        auto entries = events::readExportedEntries(*text);
        if (!entries) return std::unexpected(entries.error());
        const auto all = engine.control().all();
        if (!all) return std::unexpected(all.error());
        FileRead read{.entries = std::move(*entries), .namesHere = {}};
        for (const auto& profile : all->profiles) read.namesHere.insert(domain::nameKey(profile.name));
        return read;
      },
      [this, asked = asked_](Result<FileRead> read) {
        if (asked != asked_) return;
        if (read) show(std::move(*read));
        error_ = read ? StudioError() : StudioError(read.error());
        setBusy(false);
      });
}

void ConnectionExchange::show(FileRead read) {
  namesHere_ = std::move(read.namesHere);
  for (auto& [name, profile] : read.entries) {
    if (!profile) {
      entries_.push_back({.original = toShown(name), .fault = toText(profile.error().message)});
      continue;
    }
    const QString good = toText(profile->profile.name);
    const bool isHere = namesHere_.contains(keyOf(good));
    entries_.push_back({.read = *std::move(profile), .original = good, .name = good, .isTaken = !isHere});
  }
  judge();
}

QString ConnectionExchange::problemOf(const Entry& entry) const {
  if (entry.name.trimmed().isEmpty()) return tr("It needs a name.");
  const std::string key = keyOf(entry.name);
  if (namesHere_.contains(key)) return tr("A connection of this name is here already.");
  const auto isSame = [&](const Entry& other) {
    return &other != &entry && other.isTaken && keyOf(other.name) == key;
  };
  return std::ranges::any_of(entries_, isSame) ? tr("Another one is to have this name.") : QString();
}

void ConnectionExchange::judge() {
  std::vector<QVariantList> rows;
  for (const Entry& entry : entries_) {
    const ConnectionProfile& profile = entry.read.profile;
    const bool isValid = entry.fault.isEmpty();
    rows.push_back({entry.name, entry.original, isValid ? addressText(profile) : QString(),
                    toText(domain::wireName(profile.engine)), toText(domain::wireName(profile.environment)),
                    tlsText(profile), toShown(profile.ssh.destination), lacksSecret(entry.read),
                    isValid && namesHere_.contains(keyOf(entry.original)), entry.isTaken, problemOf(entry),
                    entry.fault});
  }
  list_.merge(std::move(rows));
  emit changed();
}

void ConnectionExchange::take(int row, bool taken) {
  if (row < 0 || row >= list_.count()) return;
  auto& entry = entries_[static_cast<std::size_t>(row)];
  entry.isTaken = taken && entry.fault.isEmpty();
  judge();
}

void ConnectionExchange::rename(int row, const QString& name) {
  if (row < 0 || row >= list_.count()) return;
  entries_[static_cast<std::size_t>(row)].name = name;
  judge();
}

void ConnectionExchange::import() {
  if (!ready()) return;
  std::vector<ConnectionProfile> drafts;
  QStringList lacking;
  for (const Entry& entry : entries_) {
    if (!entry.isTaken) continue;
    drafts.push_back(entry.read.profile);
    drafts.back().name = entry.name.trimmed().toStdString();
    if (lacksSecret(entry.read)) lacking.append(entry.name.trimmed());
  }
  setBusy(true);
  using Added = std::vector<ConnectionProfile>;
  host_.ask<Added>(
      this,
      [drafts = std::move(drafts)](studio::Engine& engine) {
        return engine.wait(engine.connections().addAll(drafts));
      },
      [this, lacking](Result<Added> added) {
        error_ = added ? StudioError() : StudioError(added.error());
        setBusy(false);
        if (!added) return;
        clear();
        connections_.reload();
        emit imported(smallCount(added->size()), lacking);
      });
}

void ConnectionExchange::clear() {
  ++asked_;
  busy_ = false;
  entries_.clear();
  namesHere_.clear();
  list_.assign({});
  fileName_.clear();
  error_ = {};
  emit changed();
}

}  // namespace cachify::ui
