#pragma once

#include "cache/memcached/item_reads.hpp"
#include "cache/memcached/mutation_plan.hpp"

namespace cachify::cache::memcached {

/// Stores the item under its new name, then deletes the old one, each on condition that the key is still as
/// in `source` and `target`. Memcached has nothing that changes two keys at once: for a moment both names
/// exist. When the old one was changed in that moment, the new one is put back as it was and the answer is
/// `changed`; should that fail as well, because somebody changed the new one too, it is `unknown`.
boost::asio::awaitable<ApplyOutcome> runRename(MemcachedConnection& connection, ServerFacts facts,
                                               domain::RenameMutation mutation, std::optional<Item> source,
                                               std::optional<Item> target, CallContext context);

/// What the item must still be for a command to take effect; nothing to go by where the server has no CAS.
[[nodiscard]] Guard guardOf(const std::optional<Item>& item);

}  // namespace cachify::cache::memcached
