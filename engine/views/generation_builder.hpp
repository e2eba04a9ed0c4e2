#pragma once
// Computing the read models from nothing, into a file that nobody else has open.

#include <filesystem>

#include "core/result.hpp"
#include "log/event_reader.hpp"
#include "views/read_models.hpp"
#include "views/views_directory.hpp"

namespace cachify::views {

/// Makes `file` from the whole log, or from its part up to `limit`. Secondary indexes come last.
[[nodiscard]] Result<RebuildReport> buildFile(const std::filesystem::path& file,
                                              const log::EventReader& reader, const ReplayLimit& limit = {});

/// Builds a new generation, makes it the current one and removes what nobody uses. The caller holds the
/// rebuild lock. On an error the current generation stays.
[[nodiscard]] Result<RebuildReport> buildGeneration(const ViewsDirectory& directory,
                                                    const log::EventReader& reader);

}  // namespace cachify::views
