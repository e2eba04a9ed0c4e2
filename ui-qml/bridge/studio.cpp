#include "studio.hpp"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <map>
#include <utility>

#include "engine_host.hpp"
#include "file_content.hpp"
#include "studio/engine.hpp"
#include "studio/sandbox.hpp"
#include "text.hpp"

namespace cachify::ui {

using domain::ConnectionProfile;

namespace {

Studio* theStudio = nullptr;

QString preferencesFile(const std::filesystem::path& dataDirectory) {
  return toText((dataDirectory / "app.ini").string());
}

struct SandboxStarted {
  std::shared_ptr<studio::Sandbox> sandbox;
  ConnectionId redis{};
};

struct ViewsPlace {
  log::Position position = 0;
  log::Position head = 0;  ///< of the log, looked at later
};

Result<ViewsPlace> placeOfViews(studio::Engine& engine) {
  const auto position = engine.views().position();
  if (!position) return std::unexpected(position.error());
  const auto head = engine.log().head();
  if (!head) return std::unexpected(head.error());
  return ViewsPlace{.position = *position, .head = head->lastPosition};
}

/// Profiles of an earlier sandbox, whose servers are gone, make room.
Result<SandboxStarted> startWithProfiles(studio::Engine& engine) {
  auto sandbox = studio::Sandbox::start();
  if (!sandbox) return std::unexpected(sandbox.error());
  SandboxStarted started{.sandbox = std::move(*sandbox)};
  for (auto& draft : {started.sandbox->redisProfile(), started.sandbox->memcachedProfile()}) {
    if (const auto old = engine.control().find(draft.name)) {
      if (auto gone = engine.wait(engine.connections().remove(old->profile.id)); !gone)
        return std::unexpected(gone.error());
    }
    auto added = engine.wait(engine.connections().add(draft, actions::KeepSecret{}));
    if (!added) return std::unexpected(added.error());
    if (added->engine == domain::CacheEngine::redis) started.redis = added->id;
  }
  return started;
}

}  // namespace

Studio::Studio(const std::filesystem::path& dataDirectory, QObject* parent)
    : QObject(parent),
      host_(std::make_unique<EngineHost>(dataDirectory)),
      preferences_(std::make_unique<Preferences>(preferencesFile(dataDirectory))),
      connections_(std::make_unique<ConnectionsModel>(*host_)),
      form_(std::make_unique<ConnectionForm>(*host_, *connections_, *preferences_)),
      exchange_(std::make_unique<ConnectionExchange>(*host_, *connections_)),
      workspace_(std::make_unique<Workspace>(*host_, *connections_)),
      recentKeys_(std::make_unique<RecentKeys>(*preferences_, *connections_, *workspace_)),
      audit_(std::make_unique<AuditLog>(*host_)),
      workflows_(std::make_unique<WorkflowDesk>(*host_, *workspace_)),
      observatory_(std::make_unique<Observatory>(*host_, *connections_)),
      alerts_(std::make_unique<AlertCentre>(*host_, *connections_)),
      plugins_(std::make_unique<PluginsDesk>(*host_)) {
  theStudio = this;
  language_.use(preferences_->language());
  connect(preferences_.get(), &Preferences::changed, this, &Studio::useLanguage);
  connect(host_.get(), &EngineHost::opened, this, &Studio::opened);
  connect(host_.get(), &EngineHost::failed, this, [this](const Error& error) {
    state_ = QStringLiteral("failed");
    error_ = StudioError(error);
    emit stateChanged();
  });
  connect(workspace_.get(), &Workspace::connectionChanged, this, &Studio::keepSession);
  connect(workspace_->openKeys(), &OpenKeys::tabsChanged, this, &Studio::keepSession);
  connect(connections_.get(), &ConnectionsModel::countChanged, this, &Studio::restoreSession);
  // What went wrong wherever is told in one place.
  connect(workspace_.get(), &Workspace::failed, this, &Studio::failed);
  connect(workspace_->openKeys(), &OpenKeys::failed, this, &Studio::failed);
  connect(workflows_.get(), &WorkflowDesk::failed, this, &Studio::failed);
  connect(alerts_.get(), &AlertCentre::failed, this, &Studio::failed);
  connect(alerts_->rules(), &AlertRulesDesk::failed, this, &Studio::failed);
  connect(alerts_->publishers(), &AlertPublishersDesk::failed, this, &Studio::failed);
  connect(connections_.get(), &ConnectionsModel::failed, this, &Studio::failed);
  connect(exchange_.get(), &ConnectionExchange::failed, this, &Studio::failed);
  connect(plugins_.get(), &PluginsDesk::failed, this, &Studio::failed);
  logTimer_.setInterval(1000);
  connect(this, &Studio::logMoved, connections_.get(), &ConnectionsModel::learnUse);
  connect(this, &Studio::logMoved, alerts_.get(), &AlertCentre::logMoved);
  connect(this, &Studio::logMoved, observatory_.get(), &Observatory::logMoved);
  for (const auto settled : {&PluginsDesk::trusted, &PluginsDesk::revoked}) {
    connect(plugins_.get(), settled, workflows_.get(), &WorkflowDesk::load);
    connect(plugins_.get(), settled, alerts_->publishers(), &AlertPublishersDesk::load);
  }
  connect(&logTimer_, &QTimer::timeout, this, &Studio::watchLog);
  connect(&logTimer_, &QTimer::timeout, this, &Studio::watchViews);
  connect(&logTimer_, &QTimer::timeout, this, &Studio::watchLinks);
  host_->open();
}

Studio::~Studio() {
  sessionRestored_ = false;
  // What is shown goes before what feeds it, and the engine before the sandbox's servers.
  plugins_.reset();
  alerts_.reset();
  observatory_.reset();
  workflows_.reset();
  audit_.reset();
  recentKeys_.reset();
  workspace_.reset();
  exchange_.reset();
  form_.reset();
  connections_.reset();
  host_.reset();
  theStudio = nullptr;
}

Studio* Studio::create(QQmlEngine*, QJSEngine*) {
  QJSEngine::setObjectOwnership(theStudio, QJSEngine::CppOwnership);
  return theStudio;
}

QString Studio::version() const {
  return QStringLiteral(CACHIFY_VERSION);
}
QString Studio::dataDirectory() const {
  return toText(host_->dataDirectory().string());
}

void Studio::useLanguage() {
  if (!language_.use(preferences_->language())) return;
  emit languageChanged();
  if (state_ != QLatin1String("ready")) return;
  connections_->reload();
  if (alerts_->watching()) alerts_->load();
  if (observatory_->watching()) observatory_->load();
}

void Studio::retry() {
  state_ = QStringLiteral("opening");
  emit stateChanged();
  host_->open();
}

void Studio::opened() {
  state_ = QStringLiteral("ready");
  error_ = {};
  connections_->reload();
  learnSecretStore();
  logTimer_.start();
  watchLog();
  if (sandboxStarting_) runSandbox();
  emit stateChanged();
}

/// The connection and the keys that were open when the program ended.
void Studio::restoreSession() {
  if (sessionRestored_ || !connections_->loaded()) return;
  const QString id = preferences_->kept("connection", {}).toString();
  const QStringList keys = preferences_->kept("keys", {}).toStringList();
  sessionRestored_ = true;
  if (id.isEmpty() || connections_->find(id) == nullptr) return;
  workspace_->open(id);
  for (const auto& key : keys) {
    const auto bytes = fromBase64(key.toStdString());
    if (!bytes) continue;
    workspace_->openKeys()->open(*bytes);
    workspace_->openKeys()->pin();
  }
}

void Studio::keepSession() {
  if (!sessionRestored_) return;
  QStringList keys;
  for (const auto& key : workspace_->openKeys()->keys()) keys.append(toText(toBase64(key)));
  preferences_->keep("connection", workspace_->connectionId());
  preferences_->keep("keys", keys);
}

void Studio::learnSecretStore() {
  host_->ask<studio::SecretStorePlace>(
      this, [](studio::Engine& engine) -> Result<studio::SecretStorePlace> { return engine.secretStore(); },
      [this](Result<studio::SecretStorePlace> place) {
        if (!place) return;
        secretStore_ = toText(place->kind);
        secretFile_ = toText(place->file.string());
        emit stateChanged();
      });
}

void Studio::watchLog() {
  host_->ask<log::LogHead>(
      this, [](studio::Engine& engine) { return engine.log().head(); },
      [this](Result<log::LogHead> head) {
        if (!head) return;
        const QString position = countText(head->lastPosition);
        if (position == logPosition_) return;
        logPosition_ = position;
        emit logMoved();
      });
}

/// A damaged file of theirs is rebuilt before it tells: no second look meanwhile.
void Studio::watchViews() {
  if (viewsAsked_) return;
  viewsAsked_ = true;
  host_->ask<ViewsPlace>(
      this, [](studio::Engine& engine) { return placeOfViews(engine); },
      [this](Result<ViewsPlace> place) {
        viewsAsked_ = false;
        if (!place) return;
        const bool isLate = place->position < std::exchange(seenHead_, place->head);
        const int behind = isLate ? smallCount(place->head - place->position) : 0;
        if (std::exchange(viewsBehind_, behind) != behind) emit viewsBehindChanged();
      });
}

void Studio::watchLinks() {
  if (linksAsked_) return;
  linksAsked_ = true;
  using Links = std::vector<actions::LinkStatus>;
  host_->ask<Links>(
      this, [](studio::Engine& engine) { return engine.wait(engine.watch().links()); },
      [this](Result<Links> links) {
        linksAsked_ = false;
        if (!links) return;
        for (const auto& link : *links) {
          connections_->setLink(link);
          workspace_->follow(link);
        }
      });
}

void Studio::startSandbox() {
  if (sandboxStarting_ || sandbox_) return;
  sandboxStarting_ = true;
  emit sandboxChanged();
  if (state_ == QLatin1String("ready")) runSandbox();
}

void Studio::runSandbox() {
  host_->ask<SandboxStarted>(this, &startWithProfiles, [this](Result<SandboxStarted> started) {
    sandboxStarting_ = false;
    if (started) sandbox_ = started->sandbox;
    emit sandboxChanged();
    if (!started) return emit failed(StudioError(started.error()));
    const QString id = toText(started->redis.toString());
    // The list must know it before anybody opens it.
    connect(
        connections_.get(), &ConnectionsModel::countChanged, this, [this, id] { emit sandboxReady(id); },
        Qt::SingleShotConnection);
    connections_->reload();
  });
}

QString Studio::spoken(const QStringList& parts) const {
  QStringList said = parts;
  said.removeAll(QString());
  return said.join(QStringLiteral(", "));
}

QString Studio::statusText(const QString& status) const {
  const std::map<QString, QString> words{
      {"success", tr("success")},         {"error", tr("error")},         {"blocked", tr("blocked")},
      {"unknown", tr("unknown")},         {"applied", tr("applied")},     {"running", tr("running")},
      {"interrupted", tr("interrupted")}, {"cancelled", tr("cancelled")}, {"aborted", tr("aborted")},
      {"succeeded", tr("succeeded")},     {"failed", tr("failed")},       {"skipped", tr("skipped")}};
  const auto word = words.find(status);
  return word == words.end() ? status : word->second;
}

void Studio::copy(const QString& text) {
  auto* clipboard = QGuiApplication::clipboard();
  text.isEmpty() ? clipboard->clear() : clipboard->setText(text);
}

QString Studio::filePath(const QUrl& file) const {
  return pathOf(file);
}

bool Studio::fileExists(const QUrl& file) const {
  return QFileInfo::exists(pathOf(file));
}

}  // namespace cachify::ui
