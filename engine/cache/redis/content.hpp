#pragma once
// The commands that read a value of each type, and what their replies say. No I/O.

#include <optional>

#include "cache/cache_session.hpp"
#include "cache/redis/pipeline.hpp"
#include "cache/redis/reply.hpp"
#include "domain/value.hpp"

namespace cachify::cache::redis {

/// False for the types whose content has no logical form here (json, other).
[[nodiscard]] bool hasLogicalForm(domain::ValueType type);

/// The type a TYPE reply names; `other` for types of modules, and where the user may not ask.
[[nodiscard]] domain::ValueType typeOf(const Reply& reply);

/// STRLEN, HLEN, LLEN …: bytes of a string, elements of a collection. For types with a logical form.
void addLength(Pipeline& pipeline, domain::ValueType type, BytesView key);

/// One command that reads all of it, atomically. For types with a logical form.
void addWholeContent(Pipeline& pipeline, domain::ValueType type, BytesView key);

/// One command that reads one element. CONFLICT where values of this type have no such element.
[[nodiscard]] Result<void> addElementRead(Pipeline& pipeline, domain::ValueType type, BytesView key,
                                          const ElementName& element);
/// The collection that the element makes by itself; an empty one where it is not there.
[[nodiscard]] domain::LogicalValue elementIn(domain::ValueType type, const ElementName& element, Reply reply);

/// Likewise of several named elements of a hash, a set or a sorted set; one reply each.
[[nodiscard]] domain::LogicalValue elementsIn(domain::ValueType type, const std::vector<Bytes>& names,
                                              std::span<Reply> replies);

/// Reads a RedisJSON value, or the part of it that `element` names by its path.
[[nodiscard]] Result<void> addJsonRead(Pipeline& pipeline, BytesView key,
                                       const std::optional<ElementName>& element);

/// The value in the reply to such a command, or to the data part of a paged one (LRANGE, HSCAN's second
/// element …). INTERNAL_ERROR when the reply has another form; a nil or an error must have been dealt with
/// before.
[[nodiscard]] Result<domain::LogicalValue> contentIn(domain::ValueType type, Reply reply);

}  // namespace cachify::cache::redis
