#pragma once
// A change of a part of a value as one Redis command, and what its reply means. No I/O.
//
// What needs a look before the act (is the item still the expected one?) is a script, so that look and act
// are one step, in a transaction and without.

#include "cache/cache_session.hpp"
#include "cache/redis/pipeline.hpp"
#include "cache/redis/reply.hpp"

namespace cachify::cache::redis {

/// How to read the reply.
enum class EditReply : std::uint8_t {
  count,              ///< a number, said as it is
  countElseNotFound,  ///< 0: none of the elements is there
  countElseConflict,  ///< 0: a condition was not met
  insertion,          ///< 0 and less: no key, no pivot
  text,               ///< a number or score or id, said as it is; nil: a condition was not met
  checked,            ///< of our scripts: NOTFOUND, CONFLICT, else a number or nothing to say
  perField,           ///< a number for each field; -2: not there
};

/// Adds just one command.
[[nodiscard]] EditReply addEdit(Pipeline& pipeline, BytesView key, const domain::ValueChange& change);

/// `applied` with the result, or `refused`. For a reply that is no error.
[[nodiscard]] ApplyOutcome outcomeOfEdit(EditReply kind, const Reply& reply);

/// What an error says where it is the answer to an edit.
[[nodiscard]] Error editRefused(std::string_view text);

}  // namespace cachify::cache::redis
