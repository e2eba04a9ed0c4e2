// stream add, remove, trim, list

#include <limits>

#include "elements/element_reads.hpp"
#include "elements/elements_commands.hpp"
#include "options/number.hpp"

namespace cachify::cli {
namespace {

using domain::ValueChange;

struct AddOptions {
  EditArguments edit;
  std::string id = "*";
};
struct TrimOptions {
  EditArguments edit;
  std::string maxLength;
};

Outcome addEntry(CommandContext& context, const AddOptions& options) {
  const auto named = options.edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  auto fields = named->pairs();
  if (!fields) return std::unexpected(fields.error());
  return runEdit(context, options.edit, named->key(), domain::AddEntry{options.id, *std::move(fields)},
                 "added an entry to", {"id", ResultWords::Form::text});
}

Outcome removeEntries(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  domain::RemoveEntries change;
  for (std::size_t i = 0; i < named->count(); ++i) change.ids.push_back(named->text(i));
  return runEdit(context, edit, named->key(), ValueChange(std::move(change)), "removed entries of",
                 {"removed", ResultWords::Form::number});
}

Outcome trimStream(CommandContext& context, const TrimOptions& options) {
  const auto named = options.edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  if (auto ok = named->mustBe(0); !ok) return std::unexpected(ok.error());
  const auto length =
      parseInteger("maxLength", options.maxLength, 0, std::numeric_limits<std::int64_t>::max());
  if (!length) return std::unexpected(length.error());
  return runEdit(context, options.edit, named->key(),
                 domain::TrimEntries{static_cast<std::uint64_t>(*length)}, "trimmed",
                 {"removed", ResultWords::Form::number});
}

Outcome listEntries(CommandContext& context, const PageArguments& arguments) {
  return runElementPage(context, arguments, domain::ValueType::stream);
}

}  // namespace

void addStreamCommands(CommandGroup& root) {
  CommandGroup stream = root.group("stream", "Entries of a stream: add, remove, trim, list");

  auto add = stream.add<AddOptions>("add", "Add an entry, and say its id; an absent key is made", &addEntry);
  add.options.edit.addTo(add.app, "FIELD VALUE", "The entry's fields, each with its value");
  add.app.addOption("--id", add.options.id, "The entry's id; without, the server gives one").typeName("ID");

  auto remove = stream.add<EditArguments>("remove", "Remove entries", &removeEntries);
  remove.options.addTo(remove.app, "ID", "The entries' ids");

  auto trim = stream.add<TrimOptions>("trim", "Remove the oldest entries", &trimStream);
  trim.options.edit.addTo(trim.app, "", "");
  addText(trim.app, "--max-length", trim.options.maxLength, "How many may stay").typeName("N");

  auto list =
      stream.add<PageArguments>("list", "Show the entries, oldest first, a page at a time", &listEntries);
  list.options.addTo(list.app);
  addText(list.app, "--from", list.options.from, "Id of the first one").typeName("ID");
  list.app.addFlag("--newest-first", list.options.backwards, "Newest first; --from is the newest then");
}

}  // namespace cachify::cli
