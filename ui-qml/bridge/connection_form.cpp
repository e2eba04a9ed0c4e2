#include "connection_form.hpp"

#include <QPointer>
#include <utility>

#include "connections_model.hpp"
#include "core/invalid_value.hpp"
#include "engine_host.hpp"
#include "preferences.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using domain::ConnectionProfile;

namespace {

const QString kPassword = QStringLiteral("password");
const QString kKeyPassphrase = QStringLiteral("tls.keyPassphrase");

QString forgetting(const QString& field) {
  return field + QStringLiteral(".forget");
}

/// Of a secret that was typed, or an empty one where the stored one is to be forgotten; nothing keeps it.
std::optional<SecretText> givenSecret(const QVariantMap& values, const QString& field) {
  const QString text = values.value(field).toString();
  if (text.isEmpty() && !values.value(forgetting(field)).toBool()) return std::nullopt;
  return SecretText(toBytes(text));
}

actions::SecretChange changeOf(const QVariantMap& values, const QString& field) {
  auto given = givenSecret(values, field);
  if (!given) return actions::KeepSecret{};
  if (given->empty()) return actions::ClearSecret{};
  return *std::move(given);
}

QVariantMap valuesOf(const ConnectionProfile& profile) {
  QStringList tags;
  for (const auto& tag : profile.tags) tags.append(toText(tag));
  return {{"name", toText(profile.name)},
          {"engine", toText(domain::wireName(profile.engine))},
          {"host", toText(profile.host)},
          {"port", profile.port == 0 ? QString() : QString::number(profile.port)},
          {"unixSocket", toText(profile.unixSocket)},
          {"dbIndex", QString::number(profile.dbIndex)},
          {"topology", toText(domain::wireName(profile.topology))},
          {"sentinelMaster", toText(profile.sentinelMaster)},
          {"username", toText(profile.username)},
          {kPassword, QString()},
          {forgetting(kPassword), false},
          {"tls.enabled", profile.tls.enabled},
          {"tls.verify", profile.tls.verify},
          {"tls.caFile", toText(profile.tls.caFile)},
          {"tls.certFile", toText(profile.tls.certFile)},
          {"tls.keyFile", toText(profile.tls.keyFile)},
          {"tls.serverName", toText(profile.tls.serverName)},
          {kKeyPassphrase, QString()},
          {forgetting(kKeyPassphrase), false},
          {"ssh.destination", toText(profile.ssh.destination)},
          {"ssh.port", profile.ssh.port == 0 ? QString() : QString::number(profile.ssh.port)},
          {"ssh.configFile", toText(profile.ssh.configFile)},
          {"environment", toText(domain::wireName(profile.environment))},
          {"tags", tags.join(", ")},
          {"readOnly", profile.readOnly},
          {"forceReadOnly", profile.forceReadOnly},
          {"timeoutMs", QString::number(profile.timeout.count())},
          {"retryMaxAttempts", QString::number(profile.retry.maxAttempts)},
          {"retryBackoffMs", QString::number(profile.retry.backoff.count())},
          {"retryBackoffStrategy", toText(domain::wireName(profile.retry.strategy))},
          {"keySeparator", toText(profile.keySeparator)},
          {"slowOpThresholdMs", QString::number(profile.slowOpThreshold.count())}};
}

/// Tells the window's thread of each stage as it ends.
class StageTeller final : public StageObserver {
 public:
  StageTeller(EngineHost& host, std::function<void(const StageReport&)> tell)
      : host_(host), tell_(std::move(tell)) {}

  void began(Stage, const std::string&) override {}
  void ended(const StageReport& report) override {
    host_.answerLater([tell = tell_, report] { tell(report); });
  }

 private:
  EngineHost& host_;
  std::function<void(const StageReport&)> tell_;
};

std::vector<QVariantList> stageRows(const std::vector<StageReport>& reports) {
  std::vector<QVariantList> rows;
  for (const auto& stage : reports) {
    rows.push_back({toText(wireName(stage.stage)), toShown(stage.target),
                    stage.error ? QStringLiteral("failed") : QStringLiteral("done"),
                    latencyText(stage.duration), stage.error ? toText(stage.error->message) : QString()});
  }
  return rows;
}

/// Numbers of a form; the first that is none stays as the error.
class FormNumbers {
 public:
  static constexpr std::string_view kWholeNumber = "a whole number";

  explicit FormNumbers(const QVariantMap& values) : values_(values) {}

  /// `allowed`: what domain::validate would say of one that T cannot hold.
  template <class T>
  T read(const char* field, T otherwise, std::string_view allowed = kWholeNumber) {
    const QString text = values_.value(QLatin1String(field)).toString().trimmed();
    if (text.isEmpty()) return otherwise;
    bool good = false;
    const qlonglong number = text.toLongLong(&good);
    if (good && std::in_range<T>(number)) return static_cast<T>(number);
    if (!error_) error_ = invalidValue(field, toBytes(text), good ? allowed : kWholeNumber).error();
    return otherwise;
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  const QVariantMap& values_;
  std::optional<Error> error_;
};

}  // namespace

ConnectionForm::ConnectionForm(EngineHost& host, ConnectionsModel& connections,
                               const Preferences& preferences, QObject* parent)
    : QObject(parent),
      host_(host),
      connections_(connections),
      preferences_(preferences),
      stages_({"stage", "target", "state", "took", "message"}) {
  show({});
}

ConnectionForm::~ConnectionForm() {
  stop_.request_stop();
}

void ConnectionForm::turn() {
  ++turn_;
  stop_.request_stop();
  busy_ = testing_ = false;
}

void ConnectionForm::show(const ConnectionProfile& profile, const QString& password) {
  turn();
  profile_ = profile;
  values_ = valuesOf(profile);
  values_[kPassword] = password;
  shownValues_ = values_;
  error_ = {};
  verdict_.clear();
  stages_.assign({});
  emit changed();
}

ConnectionProfile ConnectionForm::withDefaults(ConnectionProfile profile) const {
  profile.timeout = std::chrono::milliseconds(preferences_.newTimeoutMs());
  return profile;
}

void ConnectionForm::startNew() {
  show(withDefaults({}));
}

void ConnectionForm::leave() {
  turn();
  for (const QString& secret : {kPassword, kKeyPassphrase}) values_[secret] = QString();
  shownValues_ = values_;
  emit changed();
}

void ConnectionForm::startEdit(const QString& id) {
  if (const auto* known = connections_.find(id)) show(*known);
}

std::optional<domain::ParsedUrl> ConnectionForm::parsed(const QString& url) {
  auto parsed = domain::parseConnectionUrl(toBytes(url.trimmed()));
  if (parsed) return *std::move(parsed);
  setError(StudioError(parsed.error()));
  return {};
}

bool ConnectionForm::understands(const QString& url) {
  return parsed(url).has_value();
}

bool ConnectionForm::paste(const QString& url) {
  auto read = parsed(url);
  if (!read) return false;
  auto& [profile, password] = *read;
  if (profile.name.empty()) profile.name = profile.host;
  show(withDefaults(std::move(profile)), password ? toText(*password) : QString());
  return true;
}

void ConnectionForm::set(const QString& field, const QVariant& value) {
  if (values_.value(field) == value) return;
  values_[field] = value;
  if (field == "environment" && isNew() && preferences_.newProdIsReadOnly())
    values_["readOnly"] = value == toText(domain::wireName(domain::Environment::prod));
  if (error_.field == field) error_ = {};
  emit changed();
}

Result<ConnectionProfile> ConnectionForm::described() const {
  ConnectionProfile profile = profile_;
  const auto text = [this](const char* field) {
    return toBytes(values_.value(QLatin1String(field)).toString());
  };
  const auto flag = [this](const char* field) { return values_.value(QLatin1String(field)).toBool(); };
  const auto engine = domain::parseCacheEngine(text("engine"));
  const auto topology = domain::parseTopology(text("topology"));
  const auto environment = domain::parseEnvironment(text("environment"));
  const auto strategy = domain::parseBackoffStrategy(text("retryBackoffStrategy"));
  if (!engine) return std::unexpected(engine.error());
  if (!topology) return std::unexpected(topology.error());
  if (!environment) return std::unexpected(environment.error());
  if (!strategy) return std::unexpected(strategy.error());
  FormNumbers numbers(values_);
  profile.name = text("name");
  profile.engine = *engine;
  profile.topology = *topology;
  profile.environment = *environment;
  profile.unixSocket = text("unixSocket");
  profile.host = profile.unixSocket.empty() ? text("host") : std::string();
  profile.port = profile.unixSocket.empty() ? numbers.read<std::uint16_t>("port", 0, domain::kAllowedPort)
                                            : std::uint16_t{0};
  const bool isRedis = profile.engine == domain::CacheEngine::redis;  // the form shows no others these fields
  profile.dbIndex = isRedis ? numbers.read<std::uint32_t>("dbIndex", 0, domain::kAllowedDbIndex) : 0;
  if (!isRedis) profile.topology = domain::Topology::standalone;
  profile.sentinelMaster = text("sentinelMaster");
  profile.username = text("username");
  profile.tls.enabled = flag("tls.enabled");
  profile.tls.verify = flag("tls.verify");
  profile.tls.caFile = text("tls.caFile");
  profile.tls.certFile = text("tls.certFile");
  profile.tls.keyFile = text("tls.keyFile");
  profile.tls.serverName = text("tls.serverName");
  profile.ssh.destination = text("ssh.destination");
  profile.ssh.port = numbers.read<std::uint16_t>("ssh.port", 0, domain::kAllowedSshPort);
  profile.ssh.configFile = text("ssh.configFile");
  profile.tags.clear();
  for (const QString& tag : values_.value("tags").toString().split(',', Qt::SkipEmptyParts))
    profile.tags.push_back(toBytes(tag.trimmed()));
  profile.readOnly = flag("readOnly");
  profile.forceReadOnly = flag("forceReadOnly");
  profile.timeout = std::chrono::milliseconds(numbers.read<std::int64_t>("timeoutMs", 5000));
  profile.retry.maxAttempts = numbers.read<std::uint32_t>("retryMaxAttempts", 1, domain::kAllowedAttempts);
  profile.retry.backoff = std::chrono::milliseconds(numbers.read<std::int64_t>("retryBackoffMs", 250));
  profile.retry.strategy = *strategy;
  profile.keySeparator = text("keySeparator");
  profile.slowOpThreshold = std::chrono::milliseconds(numbers.read<std::int64_t>("slowOpThresholdMs", 750));
  if (numbers.error()) return std::unexpected(*numbers.error());
  profile = domain::normalized(std::move(profile));
  if (auto ok = domain::validate(profile); !ok) return std::unexpected(ok.error());
  return profile;
}

void ConnectionForm::setError(StudioError error) {
  error_ = std::move(error);
  emit changed();
}

void ConnectionForm::saveEnded(const Result<ConnectionProfile>& profile, bool isShown) {
  if (profile) connections_.reload();
  if (!isShown) {
    if (!profile) emit failed(StudioError(profile.error()));
    return;
  }
  busy_ = false;
  if (!profile) return setError(StudioError(profile.error()));
  emit changed();
  emit saved(toText(profile->id.toString()));
}

void ConnectionForm::save() {
  auto profile = described();
  if (!profile) return setError(StudioError(profile.error()));
  busy_ = true;
  emit changed();
  const actions::SecretChanges secrets(changeOf(values_, kPassword), changeOf(values_, kKeyPassphrase));
  host_.ask<ConnectionProfile>(
      this,
      [profile = *profile, secrets, isNew = isNew()](studio::Engine& engine) {
        auto& connections = engine.connections();
        return engine.wait(isNew ? connections.add(profile, secrets) : connections.edit(profile, secrets));
      },
      [this, turn = turn_](Result<ConnectionProfile> done) { saveEnded(done, turn == turn_); });
}

void ConnectionForm::test() {
  auto profile = described();
  if (!profile) return setError(StudioError(profile.error()));
  busy_ = testing_ = true;
  verdict_.clear();
  error_ = {};
  stages_.assign({});
  emit changed();
  stop_ = std::stop_source();
  const actions::TypedSecrets typed{.password = givenSecret(values_, kPassword),
                                    .tlsKeyPassphrase = givenSecret(values_, kKeyPassphrase)};

  const auto told = std::make_shared<actions::StageList>();
  const auto stages = std::make_shared<StageTeller>(
      host_, [this, guard = QPointer(this), turn = turn_, told](const StageReport& report) {
        if (!guard || turn != turn_) return;
        told->ended(report);
        stages_.merge(stageRows(told->reports()));
      });
  host_.ask<actions::TestReport>(
      this,
      [profile = *profile, typed, stop = stop_.get_token(), stages](studio::Engine& engine) {
        return engine.wait(engine.connections().test(profile, typed, stop, stages));
      },
      [this, turn = turn_](Result<actions::TestReport> report) {
        if (turn == turn_) testEnded(report);
      });
}

void ConnectionForm::testEnded(const Result<actions::TestReport>& report) {
  busy_ = testing_ = false;
  if (!report) return setError(StudioError(report.error()));
  const auto& server = report->server;
  verdict_ = tr("%1 %2, a ping takes %3")
                 .arg(toShown(server.role), toShown(server.version), latencyText(server.latency));
  emit changed();
}

void ConnectionForm::cancelTest() {
  stop_.request_stop();
}

void ConnectionForm::remove(const QString& id) {
  const auto parsed = ConnectionId::parse(toBytes(id));
  if (!parsed) return;
  host_.ask<ConnectionProfile>(
      this, [id = *parsed](studio::Engine& engine) { return engine.wait(engine.connections().remove(id)); },
      [this, id](Result<ConnectionProfile> done) {
        if (!done) return emit failed(StudioError(done.error()));
        connections_.reload();
        emit removed(id);
      });
}

void ConnectionForm::duplicate(const QString& id) {
  const auto* known = connections_.find(id);
  if (known == nullptr) return;
  host_.ask<ConnectionProfile>(
      this,
      [from = known->id, name = toBytes(tr("%1 copy").arg(toText(known->name)))](studio::Engine& engine) {
        return engine.wait(engine.connections().duplicate(from, name));
      },
      [this](Result<ConnectionProfile> done) { saveEnded(done, false); });
}

}  // namespace cachify::ui
