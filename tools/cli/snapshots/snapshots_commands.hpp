#pragma once
// The commands of `cachify snapshots`; each file beside this one adds its own.

#include "command.hpp"

namespace cachify::cli {

void addSnapshotsReads(CommandGroup& snapshots);
void addSnapshotsDiff(CommandGroup& snapshots);
void addSnapshotsRestore(CommandGroup& snapshots);

/// VALIDATION_ERROR naming the field `id`.
[[nodiscard]] Result<SnapshotId> parseSnapshotId(const std::string& text);

}  // namespace cachify::cli
