#pragma once

#include "cache/redis/pipeline.hpp"
#include "domain/value.hpp"

namespace cachify::cache::redis {

/// The commands that make `value` at a key that is absent. A stream comes back with its entries and their
/// ids, but without consumer groups: they have no logical form.
void addRebuild(Pipeline& pipeline, BytesView key, const domain::LogicalValue& value);

/// The commands that make the elements of a part (see Capture::elements) what they were, and leave the others
/// and the TTL alone. What was there comes before what was not, so that the key never goes in between.
void addPart(Pipeline& pipeline, const domain::Capture& part);

}  // namespace cachify::cache::redis
