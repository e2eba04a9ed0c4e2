#include "cache/redis/cluster/scan_state.hpp"

#include <algorithm>

#include "cache/read_range.hpp"
#include "cache/redis/number.hpp"

namespace cachify::cache::redis {
namespace {

/// Up to here a node's uncovered slots are swept one by one; beyond, a scan of the node costs less.
constexpr std::size_t kMaxSweptSlots = 512;

constexpr std::string_view kPrefix = "c1|";
constexpr std::string_view kDone = "!";

std::string_view cut(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return part;
}

bool isNodeId(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

}  // namespace

ScanState::Node* ScanState::byId(std::string_view id) {
  const auto found = std::ranges::find(nodes_, id, &Node::id);
  return found == nodes_.end() ? nullptr : &*found;
}

void ScanState::follow(const SlotMap& map) {
  wanted_ |= map.assigned();
  for (Node& node : nodes_) {
    const ClusterNode* now = map.byId(node.id);
    node.covered &= now == nullptr ? SlotSet() : now->slots;
  }
  std::erase_if(nodes_, [&map](const Node& node) { return map.byId(node.id) == nullptr; });
  const SlotSet open = uncovered(map);
  for (const ClusterNode& node : map.masters) {
    const bool many = (open & node.slots).count() > kMaxSweptSlots;
    Node* known = byId(node.id);
    if (known == nullptr && many) nodes_.push_back({.id = node.id, .covered = node.slots, .cursor = {}});
    // A scan that has not begun covers whatever the node has by then; one that is through can begin again.
    if (known != nullptr && known->done && many)
      *known = {.id = node.id, .covered = node.slots, .cursor = {}};
    if (known != nullptr && !known->done && known->cursor.empty()) known->covered = node.slots;
  }
}

SlotSet ScanState::uncovered(const SlotMap& map) const {
  SlotSet open = map.assigned();
  for (const Node& node : nodes_) open &= ~node.covered;
  return open;
}

void ScanState::swept(const std::string& nodeId, const SlotSet& slots) {
  Node* node = byId(nodeId);
  if (node == nullptr)
    node = &nodes_.emplace_back(Node{.id = nodeId, .covered = {}, .cursor = {}, .done = true});
  node->covered |= slots;
}

bool ScanState::allDone() const {
  return std::ranges::all_of(nodes_, &Node::done);
}

std::uint64_t ScanState::total() const {
  std::uint64_t sum = 0;
  for (const Node& node : nodes_) sum += node.total;
  return sum;
}

std::string ScanState::encode() const {
  std::string text = std::string(kPrefix) + toText(wanted_);
  for (const Node& node : nodes_) {
    text += '|' + node.id + ',' + toText(node.covered) + ',' + std::to_string(node.total) + ',';
    text += node.done ? kDone : std::string_view(node.cursor);
  }
  return text;
}

Result<ScanState> ScanState::decode(std::string_view text) {
  ScanState state;
  if (text.empty()) return state;
  const auto wrong = noSuchCursor(text);
  if (!text.starts_with(kPrefix)) return wrong;
  text.remove_prefix(kPrefix.size());
  const auto wanted = parseSlotSet(cut(text, '|'));
  if (!wanted) return wrong;
  state.wanted_ = *wanted;
  while (!text.empty()) {
    std::string_view part = cut(text, '|');
    const auto id = cut(part, ',');
    const auto covered = parseSlotSet(cut(part, ','));
    const auto total = parseNumber(cut(part, ','));
    if (!isNodeId(id) || !covered || !total) return wrong;
    const bool done = part == kDone;
    state.nodes_.push_back({.id = std::string(id),
                            .covered = *covered,
                            .cursor = done ? std::string() : std::string(part),
                            .done = done,
                            .total = *total});
  }
  return state;
}

}  // namespace cachify::cache::redis
