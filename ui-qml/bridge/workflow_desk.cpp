#include "workflow_desk.hpp"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "engine_host.hpp"
#include "studio/engine.hpp"
#include "text.hpp"
#include "workspace.hpp"

namespace cachify::ui {

using actions::RunReport;

namespace {

constexpr std::size_t kPlanRows = 1000;

struct DeskTemplates {
  std::vector<actions::KnownTemplate> templates;
  std::vector<plugin_host::KindDescription> kinds;
};

Result<DeskTemplates> deskTemplates(studio::Engine& engine) {
  auto all = engine.templateState().all();
  if (!all) return std::unexpected(all.error());
  auto kinds = engine.wait(engine.workflows().kinds({}));
  if (!kinds) return std::unexpected(kinds.error());
  return DeskTemplates{std::move(all->templates), std::move(*kinds)};
}

QString fieldText(const QJsonValue& value) {
  if (value.isArray()) return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
  if (value.isBool()) return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
  if (value.isDouble()) return QString::number(value.toDouble(), 'f', 0);
  return value.toString();
}

QVariantList planRow(const actions::PlannedStep& step) {
  QString type;
  QString size;
  if (step.facts) {
    type = toText(domain::wireName(step.facts->type));
    if (step.facts->sizeBytes) size = sizeText(*step.facts->sizeBytes);
  }
  return {toShown(step.item.key), toText(domain::wireName(step.item.action)), type, size,
          step.item.ttl ? durationText(*step.item.ttl) : QString()};
}

QString totalsText(const domain::RunTotals& totals) {
  return QObject::tr("%1 done, %2 failed, %3 skipped")
      .arg(countText(totals.succeeded), countText(totals.failed), countText(totals.skipped));
}

QVariantList executionRow(const views::ExecutionRow& row) {
  return {toText(row.id.toString()), timeText(row.startedAt), toShown(row.name), toText(row.kind),
          toText(row.status), row.dryRun, row.undoes.isNil(),
          QObject::tr("%1 of %2").arg(countText(row.succeeded), countText(row.total)),
          durationText(std::chrono::duration_cast<std::chrono::milliseconds>(row.duration)), toShown(row.message)};
}

}  // namespace

WorkflowDesk::WorkflowDesk(EngineHost& host, Workspace& workspace, QObject* parent)
    : QObject(parent),
      host_(host),
      workspace_(workspace),
      templates_({"templateId", "name", "kind", "summary", "builtIn"}),
      fields_({"name", "title", "description", "type", "required", "text"}),
      plan_({"key", "action", "type", "size", "ttl"}),
      history_({"executionId", "time", "name", "kind", "status", "dryRun", "undoable", "totals", "took", "message"}) {}

WorkflowDesk::~WorkflowDesk() { stop_.request_stop(); }

void WorkflowDesk::load() {
  host_.ask<DeskTemplates>(this, &deskTemplates, [this](Result<DeskTemplates> found) {
    if (!found) {
      error_ = StudioError(found.error());
      return emit progressChanged();
    }
    std::vector<QVariantList> rows;
    schemas_.clear();
    for (const auto& known : found->templates) {
      const auto kind = std::ranges::find(found->kinds, known.form.kind, &plugin_host::KindDescription::kind);
      const bool usable = kind != found->kinds.end();
      rows.push_back({toText(known.form.id), toShown(known.form.name), toText(known.form.kind),
                      usable ? toShown(kind->summary) : tr("no plugin provides it"), known.form.isBuiltIn()});
      schemas_.push_back(usable ? toText(kind->parametersSchema) : QString());
    }
    templates_.assign(std::move(rows));
    loadHistory();
  });
}

void WorkflowDesk::choose(int row) {
  if (row < 0 || row >= templates_.count()) return;
  chosen_ = templates_.value(row, "templateId").toString();
  destructive_ = templates_.value(row, "kind").toString() != "warmupSet";
  planId_.clear();
  planText_.clear();
  planTotal_ = 0;
  plan_.assign({});
  outcome_.clear();
  error_ = {};
  progressText_.clear();
  showForm(schemas_[static_cast<std::size_t>(row)].toStdString(), "{}");
  emit chosenChanged();
  emit planChanged();
  emit progressChanged();
}

void WorkflowDesk::showForm(const std::string& schema, const std::string& parameters) {
  const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(schema)).object();
  const auto given = QJsonDocument::fromJson(QByteArray::fromStdString(parameters)).object();
  const auto properties = object.value("properties").toObject();
  const auto required = object.value("required").toArray();
  std::vector<QVariantList> rows;
  for (auto at = properties.begin(); at != properties.end(); ++at) {
    const auto property = at.value().toObject();
    const auto value = given.contains(at.key()) ? given.value(at.key()) : property.value("default");
    rows.push_back({at.key(), property.value("title").toString(at.key()), property.value("description").toString(),
                    property.value("type").toString("string"), required.contains(at.key()), fieldText(value)});
  }
  // What must be given comes first.
  std::ranges::stable_sort(rows, [](const QVariantList& a, const QVariantList& b) { return a[4].toBool() && !b[4].toBool(); });
  fields_.assign(std::move(rows));
}

void WorkflowDesk::setField(int row, const QString& text) {
  if (row < 0 || row >= fields_.count() || fields_.value(row, "text") == text) return;
  const auto field = fields_.get(row);
  fields_.replace(row, {field["name"], field["title"], field["description"], field["type"], field["required"], text});
  if (planId_.isEmpty()) return;
  planId_.clear();  // it was of other parameters
  emit planChanged();
}

std::string WorkflowDesk::parameters() const {
  QJsonObject object;
  for (int row = 0; row < fields_.count(); ++row) {
    const QString text = fields_.value(row, "text").toString();
    const QString type = fields_.value(row, "type").toString();
    const QString name = fields_.value(row, "name").toString();
    if (text.isEmpty()) continue;
    bool isNumber = false;
    const qlonglong number = text.toLongLong(&isNumber);
    if (type == "integer" && isNumber) {
      object[name] = number;
    } else if (type == "boolean") {
      object[name] = text == "true";
    } else if (type == "array") {
      object[name] = QJsonDocument::fromJson(text.toUtf8()).array();
    } else {
      object[name] = text;
    }
  }
  return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

void WorkflowDesk::start(Start work, std::function<void(const RunReport&)> ended) {
  if (running_) return;
  running_ = true;
  progress_ = 0;
  progressText_ = tr("starting");
  outcome_.clear();
  error_ = {};
  emit progressChanged();
  stop_ = std::stop_source();
  actions::RunWatch watch{.stop = stop_.get_token()};
  watch.onProgress = [this](const actions::RunProgress& progress) {
    QMetaObject::invokeMethod(this, [this, progress] { tell(progress); }, Qt::QueuedConnection);
  };
  host_.ask<RunReport>(
      this, [work = std::move(work), watch](studio::Engine& engine) { return work(engine, watch); },
      [this, ended = std::move(ended)](Result<RunReport> report) {
        running_ = false;
        if (!report) {
          error_ = StudioError(report.error());
        } else {
          progress_ = 1;
          outcomeGood_ = report->status == domain::RunStatus::success;
          outcome_ = totalsText(report->totals) + tr(" in %1").arg(durationText(
                         std::chrono::duration_cast<std::chrono::milliseconds>(report->duration)));
          if (!report->message.empty()) outcome_ += ". " + toShown(report->message);
          ended(*report);
        }
        emit progressChanged();
        loadHistory();
      });
}

void WorkflowDesk::tell(const actions::RunProgress& progress) {
  if (!running_) return;
  if (progress.expectedTotal && *progress.expectedTotal > 0)
    progress_ = static_cast<double>(progress.totals.done()) / static_cast<double>(*progress.expectedTotal);
  progressText_ = tr("%1 · %2/s").arg(totalsText(progress.totals), countText(static_cast<std::uint64_t>(progress.stepsPerSecond)));
  if (progress.remaining) progressText_ += tr(" · %1 left").arg(durationText(*progress.remaining));
  emit progressChanged();
}

void WorkflowDesk::dryRun() {
  actions::RunRequest request{.profile = workspace_.profile(), .templateName = chosen_.toStdString(),
                              .parameters = parameters()};
  start([request](studio::Engine& engine, actions::RunWatch watch) {
          return engine.wait(engine.workflows().preview(request, std::move(watch)));
        },
        [this](const RunReport& report) {
          planId_ = toText(report.id.toString());
          planTotal_ = static_cast<int>(std::min<std::uint64_t>(report.totals.total, 2'000'000'000));
          planText_ = tr("%1 keys would be changed").arg(countText(report.totals.total));
          outcome_.clear();
          emit planChanged();
          loadPlan();
        });
}

void WorkflowDesk::loadPlan() {
  const auto id = ExecutionId::parse(planId_.toStdString());
  if (!id) return;
  host_.ask<actions::PlannedPage>(
      this,
      [id = *id](studio::Engine& engine) {
        return engine.wait(engine.workflows().plannedSteps(id, 0, kPlanRows));
      },
      [this](Result<actions::PlannedPage> page) {
        if (!page) {
          error_ = StudioError(page.error());
          return emit progressChanged();
        }
        std::vector<QVariantList> rows;
        for (const auto& step : page->steps) rows.push_back(planRow(step));
        plan_.assign(std::move(rows));
      });
}

void WorkflowDesk::run(const QString& confirmation) {
  const auto plan = ExecutionId::parse(planId_.toStdString());
  if (!plan) return;
  actions::RunRequest request{.profile = workspace_.profile(), .plan = *plan};
  if (!confirmation.isEmpty()) request.consent.confirmation = toBytes(confirmation);
  start([request](studio::Engine& engine, actions::RunWatch watch) {
          return engine.wait(engine.workflows().run(request, std::move(watch)));
        },
        [this](const RunReport&) {
          planId_.clear();
          plan_.assign({});
          emit planChanged();
        });
}

void WorkflowDesk::cancel() { stop_.request_stop(); }

void WorkflowDesk::rollBack(const QString& executionId, const QString& confirmation) {
  const auto id = ExecutionId::parse(executionId.toStdString());
  if (!id) return;
  actions::Consent consent;
  if (!confirmation.isEmpty()) consent.confirmation = toBytes(confirmation);
  start([id = *id, consent](studio::Engine& engine, actions::RunWatch watch) {
          return engine.wait(engine.workflows().rollBack(id, false, {}, consent, std::move(watch)));
        },
        [](const RunReport&) {});
}

void WorkflowDesk::loadHistory() {
  host_.ask<views::ExecutionPage>(
      this,
      [](studio::Engine& engine) -> Result<views::ExecutionPage> {
        const auto head = engine.log().head();
        if (!head) return std::unexpected(head.error());
        if (auto ok = engine.views().catchUp(head->lastPosition); !ok) return std::unexpected(ok.error());
        views::ExecutionPage page;
        auto read = engine.views().read([&](sqlite3& db) -> Result<void> {
          auto listed = views::listExecutions(db, {.limit = 200});
          if (!listed) return std::unexpected(listed.error());
          page = std::move(*listed);
          return {};
        });
        if (!read) return std::unexpected(read.error());
        return page;
      },
      [this](Result<views::ExecutionPage> page) {
        if (!page) return;
        std::vector<QVariantList> rows;
        for (const auto& row : page->rows) rows.push_back(executionRow(row));
        history_.assign(std::move(rows));
      });
}

}  // namespace cachify::ui
