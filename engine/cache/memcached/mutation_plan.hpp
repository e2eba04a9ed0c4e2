#pragma once
// Mutations as wire commands, and what the replies mean: pure functions, for everything that is one command.

#include <cstdint>

#include "cache/cache_session.hpp"
#include "cache/memcached/reply_parser.hpp"
#include "cache/memcached/server_facts.hpp"

namespace cachify::cache::memcached {

/// What an item must still be for a command to take effect.
struct Guard {
  enum class Kind : std::uint8_t { none, absent, unchanged };
  Kind kind = Kind::none;
  std::uint64_t cas = 0;  ///< for `unchanged`
};

enum class StepKind : std::uint8_t {
  store,
  remove,           ///< an absent key is as good
  removeUnchanged,  ///< under a CAS
  touch,
  checkAbsent,
  look,
  add,
  replace,
  extend,     ///< append and prepend
  increment,  ///< and decrement
};

struct Step {
  StepKind kind = StepKind::store;
  Bytes key;
  std::string request;
};

/// For a mutation that is one command: not a rename, no TTL that depends on the item (KeepTtl; a TTL change
/// under a guard), and no change of a part under a guard in text. VALIDATION_ERROR or NOT_SUPPORTED for what
/// the server would not take.
[[nodiscard]] Result<Step> planStep(const domain::Mutation& mutation, const Guard& guard,
                                    const ServerFacts& facts);

[[nodiscard]] ApplyOutcome outcomeOf(StepKind kind, const Reply& reply);

/// The answer does not tell what has become of the key: a refused store may have dropped the old value, and
/// one that was too large to be extended is answered as if it was not there.
[[nodiscard]] bool leavesDoubt(StepKind kind, const Reply& reply);
/// A doubtful outcome, once it is known whether the key is there.
[[nodiscard]] ApplyOutcome withoutDoubt(StepKind kind, ApplyOutcome doubtful, bool isThere);

/// Of a step whose answer did not come.
[[nodiscard]] ApplyOutcome outcomeOfFailure(Error error, bool sent);

[[nodiscard]] ApplyOutcome refused(Error error);
[[nodiscard]] ApplyOutcome refusedAbsent();
[[nodiscard]] ApplyOutcome changedMeanwhile();

}  // namespace cachify::cache::memcached
