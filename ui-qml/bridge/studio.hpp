#pragma once
// The one object QML starts from: the engine's state, and everything that is shown of it.

#include <QObject>
#include <QQmlEngine>
#include <QTimer>
#include <QUrl>
#include <filesystem>
#include <memory>

#include "alert_centre.hpp"
#include "audit_log.hpp"
#include "connection_exchange.hpp"
#include "connection_form.hpp"
#include "connections_model.hpp"
#include "language.hpp"
#include "observatory.hpp"
#include "plugins_desk.hpp"
#include "preferences.hpp"
#include "recent_keys.hpp"
#include "studio_error.hpp"
#include "workflow_desk.hpp"
#include "workspace.hpp"

namespace cachify::studio {
class Sandbox;
}

namespace cachify::ui {

class EngineHost;

class Studio : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_SINGLETON
  Q_PROPERTY(QString state READ state NOTIFY stateChanged)
  Q_PROPERTY(cachify::ui::StudioError error READ error NOTIFY stateChanged)
  Q_PROPERTY(QString version READ version CONSTANT)
  Q_PROPERTY(QString dataDirectory READ dataDirectory CONSTANT)
  Q_PROPERTY(QString secretStore READ secretStore NOTIFY stateChanged)
  Q_PROPERTY(QString secretFile READ secretFile NOTIFY stateChanged)
  Q_PROPERTY(QString logPosition READ logPosition NOTIFY logMoved)
  Q_PROPERTY(int viewsBehind READ viewsBehind NOTIFY viewsBehindChanged)
  Q_PROPERTY(bool sandboxStarting READ sandboxStarting NOTIFY sandboxChanged)
  Q_PROPERTY(bool sandboxRunning READ sandboxRunning NOTIFY sandboxChanged)
  Q_PROPERTY(cachify::ui::ConnectionsModel* connections READ connections CONSTANT)
  Q_PROPERTY(cachify::ui::ConnectionForm* form READ form CONSTANT)
  Q_PROPERTY(cachify::ui::ConnectionExchange* exchange READ exchange CONSTANT)
  Q_PROPERTY(cachify::ui::Workspace* workspace READ workspace CONSTANT)
  Q_PROPERTY(cachify::ui::RecentKeys* recentKeys READ recentKeys CONSTANT)
  Q_PROPERTY(cachify::ui::AuditLog* audit READ audit CONSTANT)
  Q_PROPERTY(cachify::ui::WorkflowDesk* workflows READ workflows CONSTANT)
  Q_PROPERTY(cachify::ui::Observatory* observatory READ observatory CONSTANT)
  Q_PROPERTY(cachify::ui::AlertCentre* alerts READ alerts CONSTANT)
  Q_PROPERTY(cachify::ui::Preferences* preferences READ preferences CONSTANT)
  Q_PROPERTY(cachify::ui::PluginsDesk* plugins READ plugins CONSTANT)

 public:
  /// Opens the engine at once. There is one a process, and QML's is that one.
  explicit Studio(const std::filesystem::path& dataDirectory, QObject* parent = nullptr);
  ~Studio() override;
  static Studio* create(QQmlEngine* qmlEngine, QJSEngine* jsEngine);

  [[nodiscard]] QString state() const { return state_; }
  [[nodiscard]] StudioError error() const { return error_; }
  [[nodiscard]] QString version() const;
  [[nodiscard]] QString dataDirectory() const;
  /// keychain, file, keyFile or memory; empty until it is known.
  [[nodiscard]] QString secretStore() const { return secretStore_; }
  /// Where the store is one.
  [[nodiscard]] QString secretFile() const { return secretFile_; }
  [[nodiscard]] QString logPosition() const { return logPosition_; }
  /// Events of the log that the read models lack still, though a look ago they were behind already: what only
  /// just came is on its way into them.
  [[nodiscard]] int viewsBehind() const { return viewsBehind_; }
  [[nodiscard]] bool sandboxStarting() const { return sandboxStarting_; }
  [[nodiscard]] bool sandboxRunning() const { return sandbox_ != nullptr; }
  [[nodiscard]] ConnectionsModel* connections() { return connections_.get(); }
  [[nodiscard]] ConnectionForm* form() { return form_.get(); }
  [[nodiscard]] ConnectionExchange* exchange() { return exchange_.get(); }
  [[nodiscard]] Workspace* workspace() { return workspace_.get(); }
  [[nodiscard]] RecentKeys* recentKeys() { return recentKeys_.get(); }
  [[nodiscard]] AuditLog* audit() { return audit_.get(); }
  [[nodiscard]] WorkflowDesk* workflows() { return workflows_.get(); }
  [[nodiscard]] Observatory* observatory() { return observatory_.get(); }
  [[nodiscard]] AlertCentre* alerts() { return alerts_.get(); }
  [[nodiscard]] Preferences* preferences() { return preferences_.get(); }
  [[nodiscard]] PluginsDesk* plugins() { return plugins_.get(); }

  Q_INVOKABLE void retry();
  /// Real servers with sample data, gone with this process; their profiles are added. At once, or as soon as
  /// the log is open.
  Q_INVOKABLE void startSandbox();
  /// The parts that are not empty, as a screen reader says them.
  Q_INVOKABLE [[nodiscard]] QString spoken(const QStringList& parts) const;
  /// The word for a status of the log or of a run, in the app's language.
  Q_INVOKABLE [[nodiscard]] QString statusText(const QString& status) const;
  Q_INVOKABLE void copy(const QString& text);
  /// Of a file that a dialog gave: its path, and whether there is one.
  Q_INVOKABLE [[nodiscard]] QString filePath(const QUrl& file) const;
  Q_INVOKABLE [[nodiscard]] bool fileExists(const QUrl& file) const;

 signals:
  void stateChanged();
  void logMoved();
  void viewsBehindChanged();
  /// Texts are to be asked for again.
  void languageChanged();
  void sandboxChanged();
  void sandboxReady(const QString& redisId);
  void failed(const cachify::ui::StudioError& error);

 private:
  void useLanguage();
  void opened();
  void runSandbox();
  void watchLog();
  void watchViews();
  void watchLinks();
  void learnSecretStore();
  void restoreSession();
  void keepSession();

  std::unique_ptr<EngineHost> host_;
  std::unique_ptr<Preferences> preferences_;
  Language language_;
  std::unique_ptr<ConnectionsModel> connections_;
  std::unique_ptr<ConnectionForm> form_;
  std::unique_ptr<ConnectionExchange> exchange_;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<RecentKeys> recentKeys_;
  std::unique_ptr<AuditLog> audit_;
  std::unique_ptr<WorkflowDesk> workflows_;
  std::unique_ptr<Observatory> observatory_;
  std::unique_ptr<AlertCentre> alerts_;
  std::unique_ptr<PluginsDesk> plugins_;
  std::shared_ptr<studio::Sandbox> sandbox_;
  QString state_ = QStringLiteral("opening");
  StudioError error_;
  QString secretStore_;
  QString secretFile_;
  QString logPosition_;
  QTimer logTimer_;
  bool viewsAsked_ = false;
  bool linksAsked_ = false;
  std::uint64_t seenHead_ = 0;  ///< of the log, when the views were looked at last
  int viewsBehind_ = 0;
  bool sandboxStarting_ = false;
  bool sessionRestored_ = false;
};

}  // namespace cachify::ui
