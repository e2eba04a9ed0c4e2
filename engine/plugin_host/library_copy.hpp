#pragma once

#include "core/bytes.hpp"
#include "core/descriptor.hpp"
#include "core/digest.hpp"
#include "core/result.hpp"

namespace cachify::plugin_host {

/// The bytes in memory of their own, named by the digest and sealed: nobody can change them any more,
/// whatever happens to the file they came from. INTERNAL_ERROR when memory is short.
[[nodiscard]] Result<Descriptor> sealedCopy(BytesView library, const Digest& digest);

}  // namespace cachify::plugin_host
