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

namespace {

/// Before the name of a kind that stands in the list for itself; the ids of templates have no colon.
const QString kKindItself = QStringLiteral("kind:");
/// The workspace gives it the keys that were marked; nobody types them here.
constexpr std::string_view kOfMarkedKeys = "deleteKeys";

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
  if (value.isArray())
    return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Indented));
  if (value.isObject())
    return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Indented));
  if (value.isBool()) return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
  if (value.isDouble()) return QString::number(value.toDouble(), 'f', 0);
  return value.toString();
}

QStringList choicesOf(const QJsonObject& property) {
  QStringList choices;
  const auto listed = property.value("enum").toArray();
  for (const auto& choice : listed) choices.append(choice.toString());
  return choices;
}

/// As the kind's schema wants it; what cannot be read stays a text, for the engine to complain of.
QJsonValue jsonOf(const QString& text, const QString& type) {
  if (type == "boolean") return text == "true";
  if (type == "string") return text;
  const auto read = QJsonDocument::fromJson('[' + text.toUtf8() + ']').array();
  return read.size() == 1 ? read.first() : QJsonValue(text);
}

}  // namespace

WorkflowDesk::WorkflowDesk(EngineHost& host, Workspace& workspace, QObject* parent)
    : QObject(parent),
      host_(host),
      workspace_(workspace),
      run_(host, [&workspace] { return workspace.profile(); }),
      templates_({"templateId", "name", "kind", "summary", "builtIn"}),
      fields_({"name", "title", "description", "type", "required", "choices", "text"}),
      history_({"executionId", "time", "name", "kind", "status", "dryRun", "undoable", "resumable", "totals",
                "took", "message", "parameters", "here"}),
      steps_({"key", "action", "status", "attempts", "message"}),
      inspectedPlan_(host) {
  connect(&inspectedPlan_, &RunPlan::failed, this, &WorkflowDesk::failed);
  connect(&workspace_, &Workspace::connectionChanged, this, [this] {
    if (run_.connection() != workspace_.profile().id) run_.clear();
  });
  connect(&run_, &BulkRun::progressChanged, this, [this] {
    if (std::exchange(wasRunning_, run_.running()) && !run_.running()) loadHistory();
  });
}

void WorkflowDesk::load() {
  host_.ask<DeskTemplates>(this, &deskTemplates, [this](Result<DeskTemplates> found) {
    if (!found) return emit failed(StudioError(found.error()));
    kinds_.clear();
    for (const auto& kind : found->kinds)
      kinds_.push_back({toText(kind.kind), toText(kind.parametersSchema), kind.isDestructive});
    std::vector<QVariantList> rows;
    templateParameters_.clear();
    for (const auto& known : found->templates) {
      const auto kind = std::ranges::find(found->kinds, known.form.kind, &plugin_host::KindDescription::kind);
      rows.push_back({toText(known.form.id), toShown(known.form.name), toText(known.form.kind),
                      kind != found->kinds.end() ? toShown(kind->summary) : tr("no plugin provides it"),
                      known.form.isBuiltIn()});
      templateParameters_.push_back(toText(known.form.parameters));
    }
    // A kind that nobody made a template of yet, such as that of a plugin just trusted, is run as it comes.
    for (const auto& kind : found->kinds) {
      const auto isOfKind = [&](const actions::KnownTemplate& known) { return known.form.kind == kind.kind; };
      if (kind.kind == kOfMarkedKeys || std::ranges::any_of(found->templates, isOfKind)) continue;
      const QString name = toText(kind.kind);
      rows.push_back({kKindItself + name, kind.title.empty() ? name : toShown(kind.title), name,
                      toShown(kind.summary), true});
      templateParameters_.push_back(QStringLiteral("{}"));
    }
    templates_.assign(std::move(rows));
    loadHistory();
  });
}

const WorkflowDesk::KindForm* WorkflowDesk::formOf(const QString& kind) const {
  const auto found = std::ranges::find(kinds_, kind, &KindForm::kind);
  return found == kinds_.end() ? nullptr : &*found;
}

void WorkflowDesk::begin(const QString& kind, const QString& chosen, ExecutionId rerunOf,
                         const QString& parameters) {
  const auto* form = formOf(kind);
  kind_ = kind;
  chosen_ = chosen;
  rerunOf_ = rerunOf;
  destructive_ = form == nullptr || form->destructive;
  if (!run_.running() || run_.planning()) run_.clear();
  showForm(form != nullptr ? form->schema : QString(), parameters);
  emit chosenChanged();
}

void WorkflowDesk::choose(int row) {
  if (row < 0 || row >= templates_.count()) return;
  begin(templates_.value(row, "kind").toString(), templates_.value(row, "templateId").toString(), {},
        templateParameters_[static_cast<std::size_t>(row)]);
}

void WorkflowDesk::showForm(const QString& schema, const QString& parameters) {
  const auto object = QJsonDocument::fromJson(schema.toUtf8()).object();
  const auto given = QJsonDocument::fromJson(parameters.toUtf8()).object();
  const auto properties = object.value("properties").toObject();
  const auto required = object.value("required").toArray();
  std::vector<QVariantList> rows;
  for (auto at = properties.begin(); at != properties.end(); ++at) {
    const auto property = at.value().toObject();
    const auto value = given.contains(at.key()) ? given.value(at.key()) : property.value("default");
    rows.push_back({at.key(), property.value("title").toString(at.key()),
                    property.value("description").toString(), property.value("type").toString("string"),
                    required.contains(at.key()), choicesOf(property), fieldText(value)});
  }
  // What must be given comes first.
  std::ranges::stable_sort(
      rows, [](const QVariantList& a, const QVariantList& b) { return a[4].toBool() && !b[4].toBool(); });
  given_.clear();
  for (const auto& row : rows) given_.push_back(row.last().toString());
  fields_.assign(std::move(rows));
}

void WorkflowDesk::setField(int row, const QString& text) {
  if (row < 0 || row >= fields_.count() || fields_.value(row, "text") == text) return;
  fields_.set(row, "text", text);
  if (run_.planning() || !run_.planId().isEmpty()) run_.forgetPlan();  // it was of other parameters
}

std::string WorkflowDesk::parameters(bool onlyChanged) const {
  QJsonObject object;
  for (int row = 0; row < fields_.count(); ++row) {
    const QString text = fields_.value(row, "text").toString();
    const bool changed = text != given_[static_cast<std::size_t>(row)];
    if (text.isEmpty() ? !changed : onlyChanged && !changed) continue;
    object[fields_.value(row, "name").toString()] =
        text.isEmpty() ? QJsonValue() : jsonOf(text, fields_.value(row, "type").toString());
  }
  return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

void WorkflowDesk::dryRun() {
  const bool isKindItself = chosen_.startsWith(kKindItself);
  actions::RunRequest request{.profile = workspace_.profile(), .parameters = parameters(true)};
  if (isKindItself) {
    request.kind = kind_.toStdString();
  } else if (rerunOf_.isNil()) {
    request.templateName = chosen_.toStdString();
  }
  run_.preview([request, id = rerunOf_](studio::Engine& engine, actions::RunWatch watch) {
    if (id.isNil()) return engine.wait(engine.workflows().preview(request, std::move(watch)));
    return engine.wait(engine.workflows().rerun(id, true, request, std::move(watch)));
  });
}

void WorkflowDesk::saveTemplate(const QString& name) {
  domain::WorkflowTemplate form{
      .name = name.trimmed().toStdString(), .kind = kind_.toStdString(), .parameters = parameters(false)};
  host_.ask<domain::WorkflowTemplate>(
      this, [form](studio::Engine& engine) { return engine.wait(engine.templates().create(form)); },
      [this](Result<domain::WorkflowTemplate> saved) {
        if (!saved) return emit failed(StudioError(saved.error()));
        chosen_ = toText(saved->id);
        rerunOf_ = {};
        emit chosenChanged();
        load();
      });
}

void WorkflowDesk::removeTemplate(const QString& templateId) {
  host_.ask<domain::WorkflowTemplate>(
      this,
      [id = templateId.toStdString()](studio::Engine& engine) {
        return engine.wait(engine.templates().remove(id));
      },
      [this, templateId](Result<domain::WorkflowTemplate> gone) {
        if (!gone) return emit failed(StudioError(gone.error()));
        if (chosen_ == templateId) begin({}, {}, {}, "{}");
        load();
      });
}

}  // namespace cachify::ui
