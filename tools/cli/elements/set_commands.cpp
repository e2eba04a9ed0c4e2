// set add, remove, has, list

#include "elements/element_reads.hpp"
#include "elements/elements_commands.hpp"

namespace cachify::cli {
namespace {

Outcome addMembers(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  auto members = named->allBytes();
  if (!members) return std::unexpected(members.error());
  return runEdit(context, edit, named->key(), domain::AddMembers{*std::move(members)}, "added to",
                 {"new members", ResultWords::Form::number});
}

Outcome removeMembers(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  auto members = named->allBytes();
  if (!members) return std::unexpected(members.error());
  return runEdit(context, edit, named->key(), domain::RemoveMembers{*std::move(members)}, "removed from",
                 {"removed", ResultWords::Form::number});
}

Outcome hasMember(CommandContext& context, const ElementArguments& arguments) {
  return runElementLook(context, arguments, domain::ValueType::set);
}

Outcome listMembers(CommandContext& context, const PageArguments& arguments) {
  return runElementPage(context, arguments, domain::ValueType::set);
}

}  // namespace

void addSetCommands(CommandGroup& root) {
  CommandGroup set = root.group("set", "Members of a set: add, remove, has, list");

  auto add = set.add<EditArguments>("add", "Add members; a key that is not there is made", &addMembers);
  add.options.addTo(add.app, "MEMBER", "The members");

  auto remove =
      set.add<EditArguments>("remove", "Remove members; the key goes with the last one", &removeMembers);
  remove.options.addTo(remove.app, "MEMBER", "The members");

  auto has =
      set.add<ElementArguments>("has", "Say whether a member is there; exit code 4 if not", &hasMember);
  has.options.addTo(has.app, "MEMBER", "The member");

  auto list = set.add<PageArguments>("list", "Show the members, a page at a time", &listMembers);
  list.options.addTo(list.app);
}

}  // namespace cachify::cli
