#pragma once
// The composition root, and the one header front ends include: it exposes the acts, the log and the read
// models.
//
// Threads: acts are coroutines of the engine's network thread. `wait` runs one from any other thread and
// blocks; the acts' objects themselves are touched only through it. The log and the read models may be used
// from any thread.

#include <boost/asio/awaitable.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "actions/alerts/alert_publishers.hpp"
#include "actions/alerts/alert_rules.hpp"
#include "actions/alerts/alerts.hpp"
#include "actions/audit.hpp"
#include "actions/connection_watch.hpp"
#include "actions/connections.hpp"
#include "actions/duty.hpp"
#include "actions/keys.hpp"
#include "actions/observe/key_event_intake.hpp"
#include "actions/plugins.hpp"
#include "actions/recovery.hpp"
#include "actions/rollback.hpp"
#include "actions/stage_list.hpp"
#include "actions/workflows/workflows.hpp"
#include "core/result.hpp"
#include "log/event_log.hpp"
#include "views/dashboard.hpp"
#include "views/history_events.hpp"
#include "views/key_snapshots.hpp"
#include "views/query.hpp"
#include "views/time_columns.hpp"
#include "views/workflow_executions.hpp"

namespace cachify::studio {

struct EngineOptions {
  std::filesystem::path dataDirectory;  ///< made if it is not there, readable by the user only
  std::string surface = "cli";          ///< of the actor: app, cli
  std::uint64_t logMapSizeBytes = 256ULL << 30;
};

/// $CACHIFY_DATA_DIR, else cachify-studio below $XDG_DATA_HOME or ~/.local/share.
[[nodiscard]] std::filesystem::path defaultDataDirectory();
/// Where the log's files lie in a data directory.
[[nodiscard]] std::filesystem::path logDirectory(const std::filesystem::path& dataDirectory);
/// A program of ours that is installed beside the running one.
[[nodiscard]] std::filesystem::path siblingProgram(std::string_view name);

struct SecretStorePlace {
  std::string kind;            ///< keychain, file, keyFile, memory
  std::filesystem::path file;  ///< where it is a file of ours; empty otherwise
};

class Engine {
 public:
  /// Opens log, read models and secret store, takes a session lock, and records what crashed sessions left
  /// open. Secret store and passphrase come from CACHIFY_SECRET_STORE and CACHIFY_VAULT_PASSPHRASE.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(EngineOptions options);
  /// Ends what is under way as cancelled, flushes the log, gives the session lock back.
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  [[nodiscard]] actions::ControlState& control();
  [[nodiscard]] actions::Connections& connections();
  [[nodiscard]] actions::ConnectionWatch& watch();
  /// What one process does for all of a data directory; nothing of it is done before `begin`.
  [[nodiscard]] actions::Duty& duty();
  [[nodiscard]] actions::KeyEventIntake& keyEvents();
  [[nodiscard]] actions::Keys& keys();
  [[nodiscard]] actions::Rollback& rollback();
  [[nodiscard]] actions::Plugins& plugins();
  [[nodiscard]] actions::Workflows& workflows();
  [[nodiscard]] actions::Alerts& alerts();
  [[nodiscard]] actions::AlertRules& alertRules();
  [[nodiscard]] actions::AlertPublishers& alertPublishers();
  [[nodiscard]] actions::AlertDelivery& alertDelivery();
  /// From any thread.
  [[nodiscard]] actions::AlertSettings& alertSettings();
  [[nodiscard]] actions::Templates& templates();
  /// What templates there are, from any thread.
  [[nodiscard]] actions::TemplateState& templateState();
  [[nodiscard]] log::EventLog& log();
  [[nodiscard]] views::ReadModels& views();
  /// Asks the read models, once everything is in them up to the head of the log. From any thread; blocks.
  template <class T>
  [[nodiscard]] Result<T> query(const std::function<Result<T>(sqlite3&)>& ask) {
    return views::query<T>(views(), log(), ask);
  }
  [[nodiscard]] SessionId session() const;
  /// Where passwords are kept now. From any thread; may block.
  [[nodiscard]] SecretStorePlace secretStore() const;
  [[nodiscard]] const actions::RecoveryReport& recovered() const;

  /// Runs an act to its end. Not from the network thread.
  template <class T>
  [[nodiscard]] Result<T> wait(actions::Task<T> task) {
    Result<T> answer = fail(ErrorCode::internalError, "the act did not end");
    const auto ran =
        runBlocking([&]() -> boost::asio::awaitable<void> { answer = co_await std::move(task); });
    if (!ran) return std::unexpected(ran.error());
    return answer;
  }

 private:
  struct Parts;
  explicit Engine(std::unique_ptr<Parts> parts);
  Result<void> runBlocking(const std::function<boost::asio::awaitable<void>()>& body);

  std::unique_ptr<Parts> parts_;
};

}  // namespace cachify::studio
