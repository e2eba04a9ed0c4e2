// workflows templates list, create, update, delete, duplicate

#include <fmt/format.h>

#include "output/json_text.hpp"
#include "output/table.hpp"
#include "workflows/run_options.hpp"
#include "workflows/workflows_commands.hpp"

namespace cachify::cli {

using domain::WorkflowTemplate;

namespace {

struct ListTemplatesOptions {};
struct CreateTemplateOptions {
  std::string name;
  std::string kind;
  ParameterOptions parameters;
  bool noApproval = false;
};
struct UpdateTemplateOptions {
  std::string form;
  OptionalText name;
  ParameterOptions parameters;
  OptionalText approval;
};
struct DeleteTemplateOptions {
  std::string form;
};
struct DuplicateTemplateOptions {
  std::string form;
  std::string name;
};

json::object toJson(const WorkflowTemplate& form) {
  json::object object{{"id", form.id},
                      {"name", form.name},
                      {"kind", form.kind},
                      {"parameters", form.parameters},
                      {"requiresApprovalOnProd", form.requiresApprovalOnProd},
                      {"supportsDryRun", form.supportsDryRun},
                      {"builtIn", form.isBuiltIn()}};
  if (form.isBuiltIn()) return object;
  object["createdAt"] = toIso8601(form.createdAt);
  object["updatedAt"] = toIso8601(form.updatedAt);
  return object;
}

Outcome tell(CommandContext& context, const Result<WorkflowTemplate>& form, std::string_view did) {
  if (!form) return std::unexpected(form.error());
  if (context.output().json()) {
    context.output().document(toJson(*form));
  } else {
    context.output().done(fmt::format("{} template '{}' ({})", did, escapeForDisplay(form->name), form->id));
  }
  return ExitCode::done;
}

Outcome listTemplates(CommandContext& context, const ListTemplatesOptions&) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  const auto all = (*engine)->templateState().all();
  if (!all) return std::unexpected(all.error());
  Output& output = context.output();
  if (output.json()) {
    json::array rows;
    for (const auto& known : all->templates) rows.push_back(toJson(known.form));
    output.document(json::object{{"templates", std::move(rows)}});
    return ExitCode::done;
  }
  Table table({{"NAME"}, {"KIND"}, {"PARAMETERS"}, {"ID"}});
  for (const auto& known : all->templates)
    table.add({escapeForDisplay(known.form.name), known.form.kind, escapeForDisplay(known.form.parameters),
               known.form.id});
  table.print(output);
  return ExitCode::done;
}

Outcome createTemplate(CommandContext& context, const CreateTemplateOptions& options) {
  auto parameters = options.parameters.resolve();
  if (!parameters) return std::unexpected(parameters.error());
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  WorkflowTemplate form{.name = options.name, .kind = options.kind, .parameters = std::move(*parameters)};
  form.requiresApprovalOnProd = !options.noApproval;
  return tell(context, (*engine)->wait((*engine)->templates().create(std::move(form))), "created");
}

Outcome updateTemplate(CommandContext& context, const UpdateTemplateOptions& options) {
  actions::TemplateChange change{.name = options.name};
  if (!options.parameters.parameters.empty() || options.parameters.file) {
    auto parameters = options.parameters.resolve();
    if (!parameters) return std::unexpected(parameters.error());
    change.parameters = std::move(*parameters);
  }
  if (options.approval) {
    if (*options.approval != "yes" && *options.approval != "no")
      return fail(ErrorCode::validationError, "--approval-on-prod is yes or no");
    change.requiresApprovalOnProd = *options.approval == "yes";
  }
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return tell(context, (*engine)->wait((*engine)->templates().update(options.form, std::move(change))),
              "updated");
}

Outcome deleteTemplate(CommandContext& context, const DeleteTemplateOptions& options) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return tell(context, (*engine)->wait((*engine)->templates().remove(options.form)), "deleted");
}

Outcome duplicateTemplate(CommandContext& context, const DuplicateTemplateOptions& options) {
  const auto engine = context.engine();
  if (!engine) return std::unexpected(engine.error());
  return tell(context, (*engine)->wait((*engine)->templates().duplicate(options.form, options.name)),
              "created");
}

}  // namespace

void addWorkflowTemplates(CommandGroup& workflows) {
  CommandGroup group =
      workflows.group("templates", "Saved parameters for a kind: list, create, update, delete, duplicate");
  group.add<ListTemplatesOptions>("list", "All there are", &listTemplates);

  auto create = group.add<CreateTemplateOptions>("create", "Save one", &createTemplate);
  addText(create.app, "--name", create.options.name, "1 to 80 characters, unique ignoring case")
      .typeName("NAME");
  addText(create.app, "--kind", create.options.kind, "A kind of work").typeName("K");
  create.options.parameters.addTo(create.app);
  create.app.addFlag("--no-approval-on-prod", create.options.noApproval,
                     "A run on prod asks for no more than the gate does");

  auto update = group.add<UpdateTemplateOptions>("update", "Change one", &updateTemplate);
  addText(update.app, "TEMPLATE", update.options.form, "Name or id");
  addText(update.app, "--name", update.options.name, "A new name").typeName("NAME");
  update.options.parameters.addTo(update.app);
  addText(update.app, "--approval-on-prod", update.options.approval, "yes or no").typeName("YN");

  auto remove =
      group.add<DeleteTemplateOptions>("delete", "Delete one; what was run from it stays", &deleteTemplate);
  addText(remove.app, "TEMPLATE", remove.options.form, "Name or id");

  auto copy =
      group.add<DuplicateTemplateOptions>("duplicate", "A copy under another name", &duplicateTemplate);
  addText(copy.app, "TEMPLATE", copy.options.form, "Name or id");
  addText(copy.app, "--name", copy.options.name, "Of the copy").typeName("NAME");
}

}  // namespace cachify::cli
