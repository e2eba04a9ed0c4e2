#pragma once
// How far a scan of a whole cluster is. No I/O.

#include <string>
#include <vector>

#include "cache/redis/cluster/slot_map.hpp"

namespace cachify::cache::redis {

/// A key that was there throughout is found if its slot is covered: listed, from its beginning to its end, at
/// the one node that had it. A slot that changes its node loses its cover and gets it back at the new node,
/// by a sweep of that slot, or by a scan of that node if it is new here and has many such slots. What the new
/// node's earlier keys and the sweep have in common comes twice. (A slot that moves away and back between two
/// looks at the map is not noticed.)
class ScanState {
 public:
  struct Node {
    std::string id;
    SlotSet covered;     ///< slots that this node's scan covers, once it is through
    std::string cursor;  ///< of its next page; empty: from the start
    bool done = false;
    std::uint64_t total = 0;  ///< keys it said to have
  };

  /// From the start, with no node yet.
  ScanState() = default;

  /// Takes away the cover of slots that are no longer where they were scanned, and gives nodes that are new
  /// here, and that have more than a few uncovered slots, a scan of their own.
  void follow(const SlotMap& map);
  /// Slots that `map` has and no node covers.
  [[nodiscard]] SlotSet uncovered(const SlotMap& map) const;
  /// Slots that were there once and that nobody has now.
  [[nodiscard]] SlotSet orphaned(const SlotMap& map) const { return wanted_ & ~map.assigned(); }
  /// These slots were listed at that node.
  void swept(const std::string& nodeId, const SlotSet& slots);
  [[nodiscard]] bool allDone() const;
  [[nodiscard]] std::uint64_t total() const;

  [[nodiscard]] std::vector<Node>& nodes() { return nodes_; }
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }

  /// Printable ASCII: "c1|<wanted slots>|<node>,<covered slots>,<total>,<cursor or ! when done>|…".
  [[nodiscard]] std::string encode() const;
  /// Empty text is the start. VALIDATION_ERROR for what `encode` did not make.
  [[nodiscard]] static Result<ScanState> decode(std::string_view text);

 private:
  [[nodiscard]] Node* byId(std::string_view id);

  SlotSet wanted_;
  std::vector<Node> nodes_;
};

}  // namespace cachify::cache::redis
