#pragma once
// What the engine takes from its surroundings: directories, environment variables, who the user is.

#include <filesystem>
#include <string>

#include "core/result.hpp"
#include "log/frame.hpp"
#include "secrets/secret_store.hpp"

namespace cachify::studio {

/// Makes the directory with mode 0700 if it is not there. INTERNAL_ERROR when that fails.
[[nodiscard]] Result<void> makePrivateDirectory(const std::filesystem::path& directory);
[[nodiscard]] secrets::StoreChoice storeChoice(const std::filesystem::path& dataDirectory);
[[nodiscard]] log::Actor currentActor(const std::string& surface);

}  // namespace cachify::studio
