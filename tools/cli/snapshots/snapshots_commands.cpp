#include "snapshots/snapshots_commands.hpp"

#include <fmt/format.h>

#include "commands.hpp"

namespace cachify::cli {

void addSnapshotsCommands(CommandGroup& root) {
  CommandGroup group =
      root.group("snapshots", "Keys as they were before each change: list, show, diff, restore");
  addSnapshotsReads(group);
  addSnapshotsDiff(group);
  addSnapshotsRestore(group);
}

Result<SnapshotId> parseSnapshotId(const std::string& text) {
  auto id = SnapshotId::parse(text);
  if (id) return id;
  const std::string shown = escapeForDisplay(text.substr(0, 100));
  return fail(
      Error{.code = ErrorCode::validationError,
            .message = fmt::format("'{}' is not a snapshot's id; `cachify snapshots list` shows them", shown)}
          .with("field", std::string("id"))
          .with("value", shown));
}

}  // namespace cachify::cli
