#include "actions/workflows/templates.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "actions/frames.hpp"
#include "actions/workflows/parameters.hpp"
#include "domain/profile.hpp"
#include "events/decode.hpp"
#include "events/workflow_events.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

using domain::WorkflowTemplate;

namespace {

std::unexpected<Error> noSuchTemplate(std::string_view idOrName) {
  return fail(Error{
      .code = ErrorCode::notFound,
      .message = fmt::format("there is no workflow template '{}'; `cachify workflows templates list` shows "
                             "them",
                             escapeForDisplay(idOrName))}
                  .with("template", escapeForDisplay(idOrName)));
}

std::unexpected<Error> isBuiltIn(const WorkflowTemplate& form) {
  return fail(Error{.code = ErrorCode::unauthorized,
                    .message = fmt::format(
                        "'{}' is built in and stays as it is; duplicate it and change the copy", form.name)}
                  .with("template", form.id));
}

template <class Event>
Result<void> foldForm(const log::Frame& frame, std::size_t i, std::map<std::string, KnownTemplate>& custom) {
  auto event = events::decodeAs<Event>(frame.schemaVersion, frame.payloads[i]);
  if (!event) return std::unexpected(event.error());
  const std::string id = event->form.id;
  custom[id] = {std::move(event->form), event->parametersPack};
  return {};
}

Result<void> foldTemplateEvent(const log::Frame& frame, std::size_t i,
                               std::map<std::string, KnownTemplate>& custom) {
  switch (static_cast<events::EventType>(frame.type)) {
    case events::EventType::workflowTemplateCreated:
      return foldForm<events::TemplateCreated>(frame, i, custom);
    case events::EventType::workflowTemplateUpdated:
      return foldForm<events::TemplateUpdated>(frame, i, custom);
    case events::EventType::workflowTemplateDeleted: {
      const auto event = events::decodeAs<events::TemplateDeleted>(frame.schemaVersion, frame.payloads[i]);
      if (!event) return std::unexpected(event.error());
      custom.erase(event->templateId);
      return {};
    }
    default:
      return {};
  }
}

}  // namespace

Result<void> TemplateState::refresh() {
  for (;;) {
    const auto frames = reader_.streamFrom(events::kWorkflowsStream, version_ + 1, kFramesAtOnce);
    if (!frames) return std::unexpected(frames.error());
    for (const auto& frame : *frames) {
      for (std::size_t i = 0; i < frame.payloads.size(); ++i) {
        if (auto ok = foldTemplateEvent(frame, i, custom_); !ok) return ok;
      }
      version_ = frame.firstStreamVersion + frame.payloads.size() - 1;
    }
    if (frames->size() < kFramesAtOnce) return {};
  }
}

Result<TemplateState::All> TemplateState::all() {
  const std::scoped_lock lock(mutex_);
  if (auto ok = refresh(); !ok) return std::unexpected(ok.error());
  All all{.streamVersion = version_};
  for (const auto& form : domain::builtInTemplates()) all.templates.push_back({form, {}});
  const auto customBegin = static_cast<std::ptrdiff_t>(all.templates.size());
  for (const auto& [id, known] : custom_) all.templates.push_back(known);
  std::sort(all.templates.begin() + customBegin, all.templates.end(), [](const auto& a, const auto& b) {
    return domain::nameKey(a.form.name) < domain::nameKey(b.form.name);
  });
  return all;
}

Result<KnownTemplate> TemplateState::find(std::string_view idOrName) {
  const auto known = all();
  if (!known) return std::unexpected(known.error());
  const std::string wanted = domain::nameKey(idOrName);
  for (const auto& one : known->templates) {
    if (one.form.id == idOrName || domain::nameKey(one.form.name) == wanted) return one;
  }
  return noSuchTemplate(idOrName);
}

void Templates::record(std::string operation, const std::string& name, const Error* error) const {
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  recorder_.record(trace, {.action = std::move(operation), .keyOrPattern = name}, error);
}

Task<void> Templates::append(log::FrameDraft frame, std::vector<log::SealedChunk> chunks,
                             std::uint64_t version) {
  log::AppendRequest request;
  request.conditions.push_back(log::StreamCondition::unchangedSince(frame.stream, version));
  request.frames.push_back(std::move(frame));
  request.chunks = std::move(chunks);
  Result<log::AppendReceipt> receipt = co_await actions::append(context_.log, std::move(request));
  if (!receipt) co_return std::unexpected(receipt.error());
  co_return Result<void>();
}

Task<WorkflowTemplate> Templates::save(WorkflowTemplate form, bool isNew, std::string operation) {
  if (auto ok = domain::validate(form); !ok) co_return std::unexpected(ok.error());
  const auto known = state_.all();
  if (!known) co_return std::unexpected(known.error());
  const std::string wanted = domain::nameKey(form.name);
  for (const auto& one : known->templates) {
    if (one.form.id == form.id || domain::nameKey(one.form.name) != wanted) continue;
    co_return fail(Error{.code = ErrorCode::validationError,
                         .message = fmt::format("there is a workflow template '{}' already", one.form.name)}
                       .with("field", std::string("name"))
                       .with("value", form.name));
  }
  constexpr std::chrono::seconds kPluginPatience{30};
  const CallContext context = CallContext::within(kPluginPatience);
  Result<std::shared_ptr<plugin_host::WorkflowKind>> kind =
      co_await plugins_.workflowKind(form.kind, context);
  if (!kind) co_return std::unexpected(kind.error());
  const std::string schema = (*kind)->description().parametersSchema;
  if (auto ok = checkPartialParameters(schema, form.parameters); !ok) co_return std::unexpected(ok.error());
  form.supportsDryRun = (*kind)->description().supportsDryRun;
  Result<StoredParameters> stored = co_await parameters_.store(schema, form.parameters);
  if (!stored) co_return std::unexpected(stored.error());

  WorkflowTemplate shown = form;
  shown.parameters = stored->shown;
  const Trace trace{.correlation = Uuid::makeV7(form.updatedAt), .causation = {}};
  const std::string stream(events::kWorkflowsStream);
  log::FrameDraft frame =
      isNew ? makeFrame(context_, trace, stream, events::TemplateCreated{shown, stored->pack})
            : makeFrame(context_, trace, stream, events::TemplateUpdated{shown, stored->pack});
  Result<void> appended = co_await append(std::move(frame), std::move(stored->chunks), known->streamVersion);
  if (!appended) co_return std::unexpected(appended.error());
  record(std::move(operation), form.name, nullptr);
  co_return form;
}

Task<WorkflowTemplate> Templates::create(WorkflowTemplate form) {
  form.createdAt = context_.clock.now();
  form.updatedAt = form.createdAt;
  form.id = Uuid::makeV7(form.createdAt).toString();
  Result<WorkflowTemplate> saved = co_await save(std::move(form), true, "workflows.templates.create");
  co_return saved;
}

Task<WorkflowTemplate> Templates::update(std::string idOrName, TemplateChange change) {
  auto known = state_.find(idOrName);
  if (!known) co_return std::unexpected(known.error());
  if (known->form.isBuiltIn()) co_return isBuiltIn(known->form);
  WorkflowTemplate form = std::move(known->form);
  Result<std::string> whole = co_await parameters_.whole(form.parameters, known->parametersPack);
  if (!whole) co_return std::unexpected(whole.error());
  form.parameters = change.parameters.value_or(*whole);
  if (change.name) form.name = *change.name;
  if (change.requiresApprovalOnProd) form.requiresApprovalOnProd = *change.requiresApprovalOnProd;
  form.updatedAt = context_.clock.now();
  Result<WorkflowTemplate> saved = co_await save(std::move(form), false, "workflows.templates.update");
  co_return saved;
}

Task<WorkflowTemplate> Templates::duplicate(std::string idOrName, std::string name) {
  auto known = state_.find(idOrName);
  if (!known) co_return std::unexpected(known.error());
  WorkflowTemplate form = std::move(known->form);
  Result<std::string> whole = co_await parameters_.whole(form.parameters, known->parametersPack);
  if (!whole) co_return std::unexpected(whole.error());
  form.parameters = std::move(*whole);
  form.name = std::move(name);
  Result<WorkflowTemplate> created = co_await create(std::move(form));
  co_return created;
}

Task<WorkflowTemplate> Templates::remove(std::string idOrName) {
  const auto known = state_.all();
  if (!known) co_return std::unexpected(known.error());
  auto found = state_.find(idOrName);
  if (!found) co_return std::unexpected(found.error());
  if (found->form.isBuiltIn()) co_return isBuiltIn(found->form);
  const Trace trace{.correlation = Uuid::makeV7(context_.clock.now()), .causation = {}};
  log::FrameDraft frame = makeFrame(context_, trace, std::string(events::kWorkflowsStream),
                                    events::TemplateDeleted{found->form.id, found->form.name});
  std::vector<log::SealedChunk> none;
  Result<void> appended = co_await append(std::move(frame), std::move(none), known->streamVersion);
  if (!appended) co_return std::unexpected(appended.error());
  record("workflows.templates.delete", found->form.name, nullptr);
  co_return std::move(found->form);
}

}  // namespace cachify::actions
