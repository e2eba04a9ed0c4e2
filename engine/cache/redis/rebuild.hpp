#pragma once

#include "cache/redis/pipeline.hpp"
#include "domain/value.hpp"

namespace cachify::cache::redis {

/// The commands that make `value` at a key that is absent. A stream comes back with its entries and their
/// ids, but without consumer groups: they have no logical form.
void addRebuild(Pipeline& pipeline, BytesView key, const domain::LogicalValue& value);

}  // namespace cachify::cache::redis
