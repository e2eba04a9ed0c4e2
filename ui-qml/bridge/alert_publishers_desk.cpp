#include "alert_publishers_desk.hpp"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"

namespace cachify::ui {

using actions::PublisherChange;
using actions::PublisherStatus;

namespace {

using Publishers = std::vector<PublisherStatus>;

Result<Publishers> knownPublishers(studio::Engine& engine) {
  return engine.wait(engine.alertPublishers().list({}));
}

QJsonObject jsonObject(const QString& text) {
  return QJsonDocument::fromJson(text.toUtf8()).object();
}

QString jsonText(const QJsonValue& value) {
  if (value.isBool()) return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
  if (value.isDouble()) return QString::number(value.toDouble(), 'g', 15);
  return value.toString();
}

QJsonValue jsonValue(const QString& type, const QString& text) {
  if (text.isEmpty()) return QJsonValue::Null;  // takes the parameter away
  bool isNumber = false;
  const qlonglong number = text.toLongLong(&isNumber);
  if (type == "integer" && isNumber) return number;
  if (type == "boolean") return text == "true";
  return text;
}

Result<std::int64_t> formNumber(const QVariantMap& form, const char* field) {
  bool isNumber = false;
  const qlonglong number = form.value(QLatin1String(field)).toString().trimmed().toLongLong(&isNumber);
  if (isNumber && number > 0 && number <= 3'600'000) return number;
  return fail(Error{.code = ErrorCode::validationError,
                    .message = QObject::tr("A whole number above zero is needed here.").toStdString()}
                  .with("field", std::string(field)));
}

struct TestOutcome {
  bool isDelivered = false;
  QString message;
};

}  // namespace

AlertPublishersDesk::AlertPublishersDesk(EngineHost& host, QObject* parent)
    : QObject(parent),
      host_(host),
      list_({"publisher", "title", "summary", "active", "minSeverity", "delivered", "retrying", "parked",
             "lastDelivered", "nextAt", "lastProblem", "problem", "configured", "form", "schema",
             "parameters", "secrets"}),
      fields_({"name", "title", "description", "type", "required", "secret", "kept", "text"}) {}

void AlertPublishersDesk::load() {
  loading_ = true;
  host_.ask<Publishers>(this, &knownPublishers, [this](Result<Publishers> known) {
    loading_ = false;
    error_ = known ? StudioError() : StudioError(known.error());
    loaded_ = loaded_ || known.has_value();
    if (known) {
      std::vector<QVariantList> rows;
      for (const auto& status : *known) rows.push_back(record(status));
      list_.merge(std::move(rows));
    }
    emit changed();
  });
}

void AlertPublishersDesk::refresh() {
  if (!loading_) load();
}

QVariantList AlertPublishersDesk::record(const PublisherStatus& status) const {
  const auto& settings = status.settings;
  const QVariantMap form{{"publisher", toText(settings.publisher)},
                         {"title", toShown(status.title)},
                         {"minSeverity", toText(domain::wireName(settings.minSeverity))},
                         {"maxAttempts", QString::number(settings.retry.maxAttempts)},
                         {"backoffMs", QString::number(settings.retry.backoff.count())}};
  QStringList secrets;
  for (const auto& [field, ref] : settings.secretRefs) secrets.append(toText(field));
  const auto& done = status.deliveries;
  return {toText(settings.publisher),
          status.title.empty() ? toShown(settings.publisher) : toShown(status.title),
          toShown(status.summary),
          settings.enabled,
          toText(domain::wireName(settings.minSeverity)),
          smallCount(done.delivered),
          smallCount(done.retrying),
          smallCount(done.parked),
          done.lastDeliveredAt ? timeText(*done.lastDeliveredAt) : QString(),
          done.nextAt ? timeText(*done.nextAt) : QString(),
          toShown(done.lastProblem),
          status.problem ? toShown(status.problem->message) : QString(),
          status.isConfigured,
          form,
          toText(status.configurationSchema),
          toText(settings.parameters),
          secrets};
}

void AlertPublishersDesk::switchPublisher(const QString& publisher, bool enabled) {
  host_.ask<void>(
      this,
      [name = publisher.toStdString(), enabled](studio::Engine& engine) -> Result<void> {
        auto done =
            engine.wait(engine.alertPublishers().configure(name, PublisherChange{.enabled = enabled}));
        if (!done) return std::unexpected(done.error());
        return {};
      },
      [this](Result<void> done) {
        if (!done) emit failed(StudioError(done.error()));
        load();
      });
}

void AlertPublishersDesk::test(const QString& publisher) {
  host_.ask<TestOutcome>(
      this,
      [name = publisher.toStdString()](studio::Engine& engine) -> Result<TestOutcome> {
        const auto delivery = engine.wait(engine.alertPublishers().test(name, {}));
        if (!delivery) return std::unexpected(delivery.error());
        return TestOutcome{.isDelivered = delivery->outcome == plugin_host::Delivery::Outcome::delivered,
                           .message = toShown(delivery->message)};
      },
      [this, publisher](Result<TestOutcome> outcome) {
        if (!outcome) return emit tested(publisher, false, toText(outcome.error().message));
        emit tested(publisher, outcome->isDelivered, outcome->message);
      });
}

void AlertPublishersDesk::replayParked(const QString& publisher) {
  host_.ask<std::uint64_t>(
      this,
      [name = publisher.toStdString()](studio::Engine& engine) {
        return engine.wait(engine.alertPublishers().replay(name, {}));
      },
      [this, publisher](Result<std::uint64_t> count) {
        if (!count) return emit failed(StudioError(count.error()));
        emit replayed(publisher, static_cast<int>(*count));
        load();
      });
}

void AlertPublishersDesk::startEdit(const QString& publisher) {
  if (const int row = list_.find("publisher", publisher); row >= 0) {
    form_ = list_.value(row, "form").toMap();
    showFields(list_.value(row, "schema").toString(), list_.value(row, "parameters").toString(),
               list_.value(row, "secrets").toStringList());
  }
  formError_ = {};
  emit formChanged();
}

void AlertPublishersDesk::endEdit() {
  fields_.assign({});
}

void AlertPublishersDesk::showFields(const QString& schema, const QString& parameters,
                                     const QStringList& kept) {
  const QJsonObject whole = jsonObject(schema);
  const QJsonObject properties = whole.value("properties").toObject();
  const QJsonArray required = whole.value("required").toArray();
  const QJsonObject given = jsonObject(parameters);
  std::vector<QVariantList> rows;
  for (auto at = properties.begin(); at != properties.end(); ++at) {
    const QJsonObject property = at.value().toObject();
    const bool isSecret = property.value("writeOnly").toBool();
    const QString text =
        isSecret ? QString()
                 : jsonText(given.contains(at.key()) ? given.value(at.key()) : property.value("default"));
    rows.push_back({at.key(), property.value("title").toString(at.key()),
                    property.value("description").toString(), property.value("type").toString("string"),
                    required.contains(at.key()), isSecret, kept.contains(at.key()), text});
  }
  std::ranges::stable_sort(
      rows, [](const QVariantList& a, const QVariantList& b) { return a[4].toBool() && !b[4].toBool(); });
  fields_.assign(std::move(rows));
}

void AlertPublishersDesk::set(const QString& field, const QString& value) {
  if (form_.value(field).toString() == value) return;
  form_[field] = value;
  emit formChanged();
}

void AlertPublishersDesk::setField(int row, const QString& text) {
  if (row < 0 || row >= fields_.count() || fields_.value(row, "text") == text) return;
  fields_.set(row, "text", text);
}

Result<PublisherChange> AlertPublishersDesk::changeOfForm() const {
  PublisherChange change{.enabled = true};
  const auto severity =
      domain::parseSeverity("minSeverity", form_.value("minSeverity").toString().toStdString());
  if (!severity) return std::unexpected(severity.error());
  change.minSeverity = *severity;
  const auto attempts = formNumber(form_, "maxAttempts");
  if (!attempts) return std::unexpected(attempts.error());
  change.maxAttempts = static_cast<std::uint32_t>(*attempts);
  const auto backoff = formNumber(form_, "backoffMs");
  if (!backoff) return std::unexpected(backoff.error());
  change.backoff = std::chrono::milliseconds(*backoff);
  QJsonObject parameters;
  for (int row = 0; row < fields_.count(); ++row) {
    const QString name = fields_.value(row, "name").toString();
    const QString text = fields_.value(row, "text").toString();
    if (!fields_.value(row, "secret").toBool()) {
      parameters[name] = jsonValue(fields_.value(row, "type").toString(), text.trimmed());
    } else if (!text.isEmpty()) {
      change.secrets.emplace(name.toStdString(), SecretText(text.toStdString()));
    }
  }
  change.parameters = QJsonDocument(parameters).toJson(QJsonDocument::Compact).toStdString();
  return change;
}

void AlertPublishersDesk::save() {
  auto change = changeOfForm();
  if (!change) {
    formError_ = StudioError(change.error());
    return emit formChanged();
  }
  saving_ = true;
  formError_ = {};
  emit formChanged();
  host_.ask<void>(
      this,
      [name = form_.value("publisher").toString().toStdString(),
       change = std::move(*change)](studio::Engine& engine) -> Result<void> {
        auto done = engine.wait(engine.alertPublishers().configure(name, change));
        if (!done) return std::unexpected(done.error());
        return {};
      },
      [this](Result<void> done) {
        saving_ = false;
        formError_ = done ? StudioError() : StudioError(done.error());
        emit formChanged();
        if (!done) return;
        endEdit();
        emit saved();
        load();
      });
}

}  // namespace cachify::ui
