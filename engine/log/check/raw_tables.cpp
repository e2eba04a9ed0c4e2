#include "log/check/raw_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cachify::log {
void RawTables::findTables(const RawMeta& meta) {
  walk_.walk(meta.main, KeyOrder::bytes, [this](BytesView key, BytesView value, bool named) {
    const auto spec =
        std::ranges::find_if(kTables, [&](const TableSpec& table) { return key == table.name; });
    if (spec == kTables.end() || !named || value.size() != kTreeRecordBytes) {
      tableFaults_.push_back(fmt::format("there is an unknown table '{}'", escapeForDisplay(key)));
      return;
    }
    const RawTree tree = RawTree::parse(value.data());
    if (tree.flags != (spec->integerKey ? RawTree::kIntegerKeyFlag : 0) || tree.pad != 0) {
      tableFaults_.push_back(fmt::format("the flags of table '{}' are not what they must be", spec->name));
    }
    trees_[static_cast<std::size_t>(spec - kTables.begin())] = tree;
  });
  for (std::size_t i = 0; i < kTables.size(); ++i) {
    if (!trees_[i]) tableFaults_.push_back(fmt::format("table '{}' is not there", kTables[i].name));
  }
}

void RawTables::each(Table table, const std::function<void(BytesView key, BytesView value)>& visit) {
  if (!trees_[table]) return;
  walk_.walk(*trees_[table], kTables[table].integerKey ? KeyOrder::integer : KeyOrder::bytes,
             [&](BytesView key, BytesView value, bool) { visit(key, value); });
}

}  // namespace cachify::log
