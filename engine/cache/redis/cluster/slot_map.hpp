#pragma once
// Who has which slots. Read from CLUSTER SLOTS (one node's view of all) and CLUSTER NODES (each node's view
// of itself, which is the surest). No I/O.

#include <optional>
#include <string>
#include <vector>

#include "cache/redis/cluster/slot_set.hpp"
#include "cache/redis/reply.hpp"

namespace cachify::cache::redis {

struct NodeAddress {
  std::string host;
  std::uint16_t port = 0;

  /// "host:port"; the host may be empty, and may be IPv6 without brackets, as Redis writes it.
  [[nodiscard]] static std::optional<NodeAddress> parse(std::string_view text);
  auto operator<=>(const NodeAddress&) const = default;
};

struct ClusterNode {
  std::string id;
  NodeAddress address;
  SlotSet slots;
};

struct SlotMap {
  std::vector<ClusterNode> masters;   ///< those that have slots
  std::vector<NodeAddress> replicas;  ///< further nodes that can be asked for the map

  [[nodiscard]] const ClusterNode* ownerOf(std::uint16_t slot) const;
  [[nodiscard]] const ClusterNode* byId(std::string_view id) const;
  [[nodiscard]] SlotSet assigned() const;

  /// `asked`: stands in for an empty host. INTERNAL_ERROR for a reply of unknown form.
  [[nodiscard]] static Result<SlotMap> fromClusterSlots(const Reply& reply, const NodeAddress& asked);
};

/// What one node says of itself.
struct OwnSlots {
  std::string id;
  bool master = false;
  std::uint64_t configEpoch = 0;  ///< of two nodes that claim a slot, the greater has it
  SlotSet slots;
  struct Migrating {
    std::uint16_t slot = 0;
    NodeAddress to;
  };
  std::vector<Migrating> migrating;

  /// From the line "… myself,… …" of CLUSTER NODES, and the addresses of the others; nothing if there is
  /// none.
  [[nodiscard]] static std::optional<OwnSlots> fromClusterNodes(std::string_view text);
};

/// `map` corrected by what its nodes say of themselves.
[[nodiscard]] SlotMap corrected(SlotMap map, const std::vector<OwnSlots>& views);

}  // namespace cachify::cache::redis
