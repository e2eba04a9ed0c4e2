// list get, push, insert, set, remove, list

#include "elements/element_reads.hpp"
#include "elements/elements_commands.hpp"
#include "options/number.hpp"

namespace cachify::cli {
namespace {

using domain::End;
using domain::ValueChange;

constexpr ResultWords kNewLength{"new length", ResultWords::Form::number};

struct ListGetOptions {
  ElementArguments elements;
  bool raw = false;
};
struct PushOptions {
  EditArguments edit;
  ValueOption value;
  bool left = false;
};
struct InsertOptions {
  EditArguments edit;
  bool after = false;
};

Outcome getItem(CommandContext& context, const ListGetOptions& options) {
  const auto named = options.elements.resolve();
  if (!named) return std::unexpected(named.error());
  if (auto ok = named->mustBe(1); !ok) return std::unexpected(ok.error());
  const auto index = parseInteger("index", named->text(0));
  if (!index) return std::unexpected(index.error());
  return runElementLook(context, options.elements.connection,
                        {.type = domain::ValueType::list,
                         .key = named->key(),
                         .element = cache::ElementAt{*index},
                         .raw = options.raw});
}

Outcome pushItems(CommandContext& context, const PushOptions& options) {
  const auto named = options.edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  auto items = named->allBytes();
  if (!items) return std::unexpected(items.error());
  if (options.value.given()) {
    if (auto ok = named->mustBe(0); !ok) return std::unexpected(ok.error());
    auto value = options.value.resolve(std::nullopt);
    if (!value) return std::unexpected(value.error());
    items->push_back(*std::move(value));
  }
  domain::PushItems change{.end = options.left ? End::left : End::right, .items = *std::move(items)};
  return runEdit(context, options.edit, named->key(), ValueChange(std::move(change)), "pushed to",
                 kNewLength);
}

Result<ValueChange> insertionOf(const NamedElements& named, bool after) {
  if (auto ok = named.mustBe(2); !ok) return std::unexpected(ok.error());
  auto pivot = named.bytes(0);
  if (!pivot) return std::unexpected(pivot.error());
  auto item = named.bytes(1);
  if (!item) return std::unexpected(item.error());
  return domain::InsertItem{after ? End::right : End::left, *std::move(pivot), *std::move(item)};
}

Outcome insertItem(CommandContext& context, const InsertOptions& options) {
  const auto named = options.edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  return runEdit(context, options.edit, named->key(), insertionOf(*named, options.after), "inserted into",
                 kNewLength);
}

Result<ValueChange> replacementOf(const NamedElements& named) {
  if (auto ok = named.mustBe(3); !ok) return std::unexpected(ok.error());
  const auto index = parseInteger("index", named.text(0));
  if (!index) return std::unexpected(index.error());
  auto expected = named.bytes(1);
  if (!expected) return std::unexpected(expected.error());
  auto item = named.bytes(2);
  if (!item) return std::unexpected(item.error());
  return domain::ReplaceItem{*index, *std::move(expected), *std::move(item)};
}

Outcome replaceItem(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  return runEdit(context, edit, named->key(), replacementOf(*named), "changed an item of", {});
}

Result<ValueChange> removalOf(const NamedElements& named) {
  if (auto ok = named.mustBe(2); !ok) return std::unexpected(ok.error());
  const auto index = parseInteger("index", named.text(0));
  if (!index) return std::unexpected(index.error());
  auto expected = named.bytes(1);
  if (!expected) return std::unexpected(expected.error());
  return domain::RemoveItem{*index, *std::move(expected)};
}

Outcome removeItem(CommandContext& context, const EditArguments& edit) {
  const auto named = edit.elements.resolve();
  if (!named) return std::unexpected(named.error());
  return runEdit(context, edit, named->key(), removalOf(*named), "removed an item of", kNewLength);
}

Outcome listItems(CommandContext& context, const PageArguments& arguments) {
  return runElementPage(context, arguments, domain::ValueType::list);
}

}  // namespace

void addListCommands(CommandGroup& root) {
  CommandGroup list = root.group("list", "Items of a list: get, push, insert, set, remove, list");

  auto get = list.add<ListGetOptions>("get", "Show the item at an index; -1 is the last", &getItem);
  get.options.elements.addTo(get.app, "INDEX", "The index");
  get.app.addFlag("--raw", get.options.raw, "The item's bytes as they are, and nothing else");

  auto push =
      list.add<PushOptions>("push", "Add items at the end; a key that is not there is made", &pushItems);
  push.options.edit.addTo(push.app, "ITEM", "The items, one after the other");
  push.options.value.addTo(push.app);
  push.app.addFlag("--left", push.options.left, "At the beginning instead");

  auto insert =
      list.add<InsertOptions>("insert", "Add an item before the first one that equals PIVOT", &insertItem);
  insert.options.edit.addTo(insert.app, "PIVOT ITEM", "The item to go by, and the new one");
  insert.app.addFlag("--after", insert.options.after, "Behind it instead");

  auto set = list.add<EditArguments>("set", "Change the item at an index if it still is OLD", &replaceItem);
  set.options.addTo(set.app, "INDEX OLD NEW", "Where, what must be there, and what is to be");

  auto remove =
      list.add<EditArguments>("remove", "Remove the item at an index if it still is OLD", &removeItem);
  remove.options.addTo(remove.app, "INDEX OLD", "Where, and what must be there");

  auto items = list.add<PageArguments>("list", "Show the items, a page at a time", &listItems);
  items.options.addTo(items.app);
  addText(items.app, "--from", items.options.from, "Index of the first one; negative: from the end")
      .typeName("INDEX");
}

}  // namespace cachify::cli
