#include "plugins_desk.hpp"

#include <algorithm>

#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using plugin_host::FoundPlugin;
using plugin_host::PluginManifest;

namespace {

QString capabilitiesOf(const PluginManifest& manifest) {
  QStringList names;
  for (const auto capability : manifest.capabilities) names.append(toText(wireName(capability)));
  return names.join(QStringLiteral(", "));
}

QVariantList pluginRecord(const FoundPlugin& plugin) {
  const PluginManifest manifest = plugin.manifest.value_or(PluginManifest{});
  const QString folder = toShown(plugin.folder.filename().string());
  const bool isWhole = !plugin.refusal;
  const bool isKnown = plugin.manifest.has_value();
  const bool isRevocable = isKnown && isWhole && plugin.standing != plugin_host::Standing::untrusted &&
                           plugin.standing != plugin_host::Standing::revoked;
  return {toText(manifest.id),
          manifest.name.empty() ? folder : toShown(manifest.name),
          toShown(manifest.version),
          toShown(manifest.description),
          isKnown ? toText(wireName(manifest.kind)) : QString(),
          toShown(manifest.provides),
          toShown(manifest.vendor),
          toShown(manifest.license),
          isKnown ? QStringLiteral("%1.%2").arg(manifest.abi.major).arg(manifest.abi.minor) : QString(),
          capabilitiesOf(manifest),
          toText(wireName(plugin.origin)),
          toText(plugin.status()),
          plugin.usable(),
          isWhole ? QString() : toShown(plugin.refusal->message),
          toShown(plugin.folder.string()),
          isWhole ? toText(toHex(plugin.digest)) : QString(),
          static_cast<int>(plugin.faultsInRow),
          isWhole && !plugin.usable(),
          isRevocable,
          QByteArray::fromStdString(plugin.folder.string())};
}

}  // namespace

PluginsDesk::PluginsDesk(EngineHost& host, QObject* parent)
    : QObject(parent),
      host_(host),
      list_({"pluginId", "name",   "version",      "description", "kind",      "provides", "vendor",
             "license",  "abi",    "capabilities", "origin",      "status",    "usable",   "refusal",
             "folder",   "digest", "faults",       "canTrust",    "canRevoke", "path"}) {}

void PluginsDesk::load() {
  using Found = std::vector<FoundPlugin>;
  host_.ask<Found>(
      this, [](studio::Engine& engine) { return engine.wait(engine.plugins().list()); },
      [this](Result<Found> found) {
        error_ = found ? StudioError() : StudioError(found.error());
        loaded_ = loaded_ || found.has_value();
        if (found) {
          std::vector<QVariantList> rows;
          std::ranges::transform(*found, std::back_inserter(rows), &pluginRecord);
          list_.merge(std::move(rows));
        }
        emit changed();
      });
}

void PluginsDesk::trust(int row, const QString& seenDigest) {
  if (busy_ || !list_.value(row, "canTrust").toBool()) return;
  busy_ = true;
  emit changed();
  const QString name = list_.value(row, "name").toString();
  host_.ask<void>(
      this,
      [path = list_.value(row, "path").toByteArray().toStdString(),
       digest = seenDigest.toStdString()](studio::Engine& engine) -> Result<void> {
        const auto found = engine.wait(engine.plugins().trust(path, digest));
        if (!found) return std::unexpected(found.error());
        return {};
      },
      [this, name](Result<void> done) {
        if (done) emit trusted(name);
        settled(std::move(done));
      });
}

void PluginsDesk::revoke(int row) {
  if (busy_ || !list_.value(row, "canRevoke").toBool()) return;
  busy_ = true;
  emit changed();
  const QString name = list_.value(row, "name").toString();
  host_.ask<void>(
      this,
      [id = list_.value(row, "pluginId").toString().toStdString()](studio::Engine& engine) -> Result<void> {
        const auto done = engine.wait(engine.plugins().revoke(id));
        return done ? Result<void>() : std::unexpected(done.error());
      },
      [this, name](Result<void> done) {
        if (done) emit revoked(name);
        settled(std::move(done));
      });
}

void PluginsDesk::settled(Result<void> done) {
  busy_ = false;
  emit changed();
  if (!done) emit failed(StudioError(done.error()));
  load();
}

}  // namespace cachify::ui
