#pragma once

#include <vector>

#include "core/digest.hpp"

namespace cachify::plugin_host {

/// The packages that were built together with this program (target cachify_bundled_plugins): its build trusts
/// them.
[[nodiscard]] std::vector<Digest> bundledPlugins();

}  // namespace cachify::plugin_host
