#include "studio/engine.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <future>
#include <thread>

#include "actions/observe/engine_samples.hpp"
#include "actions/session_lock.hpp"
#include "plugin_host/bundled_plugins.hpp"
#include "secrets/secret_store.hpp"
#include "studio/environment.hpp"

namespace cachify::studio {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

/// D-Bus, key derivation and SQLite at once, seldom more.
constexpr std::size_t kBlockingThreads = 2;
constexpr std::chrono::milliseconds kRulesPeriod{10'000};
constexpr std::chrono::milliseconds kDeliveryPeriod{2'000};
constexpr std::chrono::milliseconds kRecoveryPeriod{5'000};
/// Nothing more is brought to a publisher in one round after so long.
constexpr std::chrono::milliseconds kDeliveryRound{20'000};

plugin_host::PluginHostOptions pluginOptions(const actions::Context& context, actions::PluginTrust& trust) {
  const fs::path program = siblingProgram("cachify-plugin-host");
  return {.executor = context.net,
          .searchPath = plugin_host::defaultSearchPath(program.parent_path(), context.dataDirectory),
          .program = program,
          .bundled = plugin_host::bundledPlugins(),
          .ledger = trust,
          .limits = {},
          .onLog = [](std::string_view level, const std::string& line) {
            // What it only mentions is for whoever looks for a fault.
            const bool matters = level == "warning" || level == "error";
            spdlog::log(matters ? spdlog::level::warn : spdlog::level::debug, "plugin {}", line);
          }};
}

/// A log that was there and is gone must not be replaced by a fresh one in silence: profiles and policies
/// went with it.
Result<void> refuseLostLog(const fs::path& dataDirectory) {
  std::error_code error;
  const fs::path file = logDirectory(dataDirectory) / "data.mdb";
  const bool lost = !fs::exists(file, error) || fs::file_size(file, error) == 0;
  if (!lost || !fs::exists(dataDirectory / "views" / "CURRENT", error)) return {};
  return fail(
      Error{.code = ErrorCode::internalError,
            .message = "the event log " + file.string() +
                       " is gone or empty, but this data directory had one: put it back from a backup, or "
                       "choose another data directory (--data-dir) to start anew"}
          .with("damaged", true)
          .with("kind", std::string("truncated")));
}

}  // namespace

/// Members are made top down and go bottom up: nothing outlives what it uses.
struct Engine::Parts {
  Parts(EngineOptions options, std::unique_ptr<log::EventLog> openLog,
        std::unique_ptr<views::ReadModels> openViews, std::unique_ptr<secrets::SecretStore> openSecrets,
        actions::SessionLock sessionLock)
      : log(std::move(openLog)),
        views(std::move(openViews)),
        secrets(std::move(openSecrets)),
        lock(std::move(sessionLock)),
        context{.log = *log,
                .views = *views,
                .secrets = *secrets,
                .alerts = alertSettings,
                .clock = clock,
                .net = net.get_executor(),
                .blocking = blocking,
                .actor = currentActor(options.surface),
                .session = lock.id(),
                .dataDirectory = options.dataDirectory} {
    addChores();
  }

  /// What the holder of the duty lease does; see actions/duty.hpp.
  void addChores() {
    constexpr auto kSamplePeriod = actions::EngineSamples::kPeriod;
    duty.add({"samples", kSamplePeriod, [this](std::stop_token stop) { return samples.health(stop); }});
    duty.add({"slow logs", kSamplePeriod, [this](std::stop_token stop) { return samples.slowLogs(stop); }});
    duty.add({"alert rules", kRulesPeriod, [this](std::stop_token) { return applyAlertRules(); }});
    duty.add(
        {"alert delivery", kDeliveryPeriod, [this](std::stop_token stop) { return deliverAlerts(stop); }});
    duty.add({"recovery", kRecoveryPeriod, [this](std::stop_token) { return recoverDead(); }});
  }
  actions::Task<void> applyAlertRules() {
    const Result<std::vector<actions::RuleReading>> readings = co_await alertRules.evaluate(true);
    if (!readings) co_return std::unexpected(readings.error());
    co_return Result<void>();
  }
  /// Of processes that died since this one began.
  actions::Task<void> recoverDead() {
    const auto recover = [this] { return actions::recoverDeadSessions(context); };
    const Result<actions::RecoveryReport> report = co_await actions::onPool(blocking, recover);
    if (!report) co_return std::unexpected(report.error());
    co_return Result<void>();
  }
  actions::Task<void> deliverAlerts(std::stop_token stop) {
    const CallContext call = CallContext::within(kDeliveryRound, std::move(stop));
    const Result<actions::DeliveryReport> report = co_await alertDelivery.deliverDue(call);
    if (!report) co_return std::unexpected(report.error());
    co_return Result<void>();
  }

  SystemClock clock;
  std::unique_ptr<log::EventLog> log;
  std::unique_ptr<views::ReadModels> views;
  std::unique_ptr<secrets::SecretStore> secrets;
  actions::SessionLock lock;
  asio::io_context net{1};
  asio::thread_pool blocking{kBlockingThreads};
  actions::AlertSettings alertSettings{*log};
  actions::Context context;
  actions::RecoveryReport recovered;
  actions::ControlState control{*log};
  actions::Gate gate{control};
  actions::Recorder recorder{context, control};
  actions::VaultKeeper vault{context};
  actions::SessionPool sessions{context};
  actions::ConnectionWatch watch{context, control, sessions, lock};
  actions::EngineSamples samples{context, control, sessions, watch};
  actions::KeyEventIntake keyEvents{context, sessions};
  actions::Duty duty{context};
  actions::Mutator mutator{context, gate, sessions, vault, recorder};
  actions::Connections connections{context, control, sessions, recorder};
  actions::Keys keys{context, sessions, mutator, recorder};
  actions::Rollback rollback{context, sessions, mutator, vault, recorder};
  actions::PluginTrust pluginTrust{context};
  plugin_host::PluginHost pluginHost{pluginOptions(context, pluginTrust)};
  actions::Plugins plugins{context, pluginTrust, pluginHost, recorder};
  actions::TemplateState templateState{*log};
  actions::ParameterKeeper parameters{context, vault};
  actions::Templates templates{context, templateState, pluginHost, parameters, recorder};
  actions::Workflows workflows{
      {context, control, gate, sessions, vault, recorder, pluginHost, templateState, parameters}};
  actions::Alerts alerts{context, recorder};
  actions::AlertRules alertRules{context, alertSettings, control, recorder};
  actions::AlertDelivery alertDelivery{context, alertSettings, pluginHost};
  actions::AlertPublishers alertPublishers{context, alertSettings, pluginHost, alertDelivery, recorder};
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(net);
  std::jthread thread{[this] { net.run(); }};
};

Result<std::unique_ptr<Engine>> Engine::open(EngineOptions options) {
  if (auto ok = makePrivateDirectory(options.dataDirectory); !ok) return std::unexpected(ok.error());
  if (auto ok = refuseLostLog(options.dataDirectory); !ok) return std::unexpected(ok.error());
  auto lock =
      actions::SessionLock::create(options.dataDirectory / "sessions", SessionId::make(SystemClock().now()));
  if (!lock) return std::unexpected(lock.error());
  auto log = log::EventLog::open(
      {.directory = logDirectory(options.dataDirectory), .mapSizeBytes = options.logMapSizeBytes});
  if (!log) {
    lock->retire();
    return std::unexpected(log.error());
  }
  auto views = views::ReadModels::open({.directory = options.dataDirectory / "views", .reader = log->get()});
  if (!views) {
    lock->retire();
    return std::unexpected(views.error());
  }
  auto secrets = secrets::openSecretStore(storeChoice(options.dataDirectory));
  if (!secrets) {
    lock->retire();
    return std::unexpected(secrets.error());
  }
  auto parts = std::make_unique<Parts>(std::move(options), std::move(*log), std::move(*views),
                                       std::move(*secrets), std::move(*lock));
  auto recovered = actions::recoverDeadSessions(parts->context);
  std::unique_ptr<Engine> engine(new Engine(std::move(parts)));
  if (!recovered) return std::unexpected(recovered.error());
  engine->parts_->recovered = *recovered;
  return engine;
}

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Engine::~Engine() {
  asio::post(parts_->net, [this] {
    parts_->duty.stop();
    parts_->keyEvents.stop();
    parts_->watch.stop();
    parts_->sessions.closeAll();
    parts_->alertDelivery.close();
    parts_->pluginHost.close();
  });
  parts_->work.reset();
  parts_->thread.join();
  parts_->blocking.join();
  // Without a flush the outcome of this session's acts may still be missing: the next process then looks for
  // it.
  if (parts_->log->flush()) parts_->lock.retire();
}

Result<void> Engine::runBlocking(const std::function<asio::awaitable<void>()>& body) {
  std::promise<Result<void>> done;
  asio::co_spawn(parts_->net, body, [&done](const std::exception_ptr& thrown) {
    if (!thrown) return done.set_value({});
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
      done.set_value(fail(ErrorCode::internalError, error.what()));
    }
  });
  return done.get_future().get();
}

actions::ControlState& Engine::control() {
  return parts_->control;
}
actions::Connections& Engine::connections() {
  return parts_->connections;
}
actions::ConnectionWatch& Engine::watch() {
  return parts_->watch;
}
actions::Duty& Engine::duty() {
  return parts_->duty;
}
actions::KeyEventIntake& Engine::keyEvents() {
  return parts_->keyEvents;
}
actions::Keys& Engine::keys() {
  return parts_->keys;
}
actions::Rollback& Engine::rollback() {
  return parts_->rollback;
}
actions::Plugins& Engine::plugins() {
  return parts_->plugins;
}
actions::Workflows& Engine::workflows() {
  return parts_->workflows;
}
actions::Alerts& Engine::alerts() {
  return parts_->alerts;
}
actions::AlertRules& Engine::alertRules() {
  return parts_->alertRules;
}
actions::AlertPublishers& Engine::alertPublishers() {
  return parts_->alertPublishers;
}
actions::AlertDelivery& Engine::alertDelivery() {
  return parts_->alertDelivery;
}
actions::AlertSettings& Engine::alertSettings() {
  return parts_->alertSettings;
}
actions::Templates& Engine::templates() {
  return parts_->templates;
}
actions::TemplateState& Engine::templateState() {
  return parts_->templateState;
}
log::EventLog& Engine::log() {
  return *parts_->log;
}
views::ReadModels& Engine::views() {
  return *parts_->views;
}
SessionId Engine::session() const {
  return parts_->lock.id();
}
SecretStorePlace Engine::secretStore() const {
  return {.kind = std::string(secrets::wireName(parts_->secrets->kind())), .file = parts_->secrets->file()};
}
const actions::RecoveryReport& Engine::recovered() const {
  return parts_->recovered;
}

}  // namespace cachify::studio
