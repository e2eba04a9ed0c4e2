#pragma once

#include "cache/cache_session.hpp"

namespace cachify::cache {

/// The part of `value` that `range` asks for. A string's cursor is a byte offset, a collection's the index of
/// the next element, so a collection that shrinks between pages may skip elements. VALIDATION_ERROR for a
/// cursor that no page gave. At least one element is answered however large it is. Fills value, sizeBytes and
/// nextCursor.
[[nodiscard]] Result<ReadValue> pageOf(const domain::LogicalValue& value, const ReadRange& range);

}  // namespace cachify::cache
