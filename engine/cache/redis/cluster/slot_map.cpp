#include "cache/redis/cluster/slot_map.hpp"

#include <algorithm>
#include <limits>

#include "cache/redis/number.hpp"

namespace cachify::cache::redis {
namespace {

Error unknownForm() {
  return {.code = ErrorCode::internalError,
          .message = "the server's answer to CLUSTER SLOTS has an unknown form"};
}

/// [host, port, id, …]
std::optional<ClusterNode> nodeIn(const Reply& reply, const NodeAddress& asked) {
  if (!reply.isArray() || reply.elements.size() < 3) return std::nullopt;
  const Reply& host = reply.elements[0];
  const Reply& port = reply.elements[1];
  const bool sound = (host.isText() || host.isNil()) && port.isInteger() && reply.elements[2].isText() &&
                     port.integer > 0 && port.integer <= std::numeric_limits<std::uint16_t>::max();
  if (!sound) return std::nullopt;
  // A node that does not know its own address yet says nothing or "?".
  const bool unnamed = host.isNil() || host.text.empty() || host.text == "?";
  return ClusterNode{
      .id = reply.elements[2].text,
      .address = {.host = unnamed ? asked.host : host.text, .port = static_cast<std::uint16_t>(port.integer)},
      .slots = {}};
}

std::optional<SlotSet> rangeIn(const Reply& first, const Reply& last) {
  const auto isSlot = [](const Reply& r) {
    return r.isInteger() && r.integer >= 0 && static_cast<std::size_t>(r.integer) < kSlotCount;
  };
  if (!isSlot(first) || !isSlot(last)) return std::nullopt;
  SlotSet slots;
  for (auto slot = first.integer; slot <= last.integer; ++slot) slots.set(static_cast<std::size_t>(slot));
  return slots;
}

std::vector<std::string_view> wordsOf(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const auto blank = line.find(' ');
    if (blank != 0) words.push_back(line.substr(0, blank));
    if (blank == std::string_view::npos) break;
    line.remove_prefix(blank + 1);
  }
  return words;
}

/// The lines of CLUSTER NODES, in words:
/// id host:port@busport[,hostname] flags master ping-sent pong-received config-epoch link-state slot…
using NodeLines = std::vector<std::vector<std::string_view>>;
constexpr std::size_t kFirstSlot = 8;

NodeLines nodeLines(std::string_view text) {
  NodeLines lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (auto words = wordsOf(trimAscii(text.substr(0, end))); words.size() >= kFirstSlot)
      lines.push_back(std::move(words));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::optional<NodeAddress> addressOf(const NodeLines& lines, std::string_view id) {
  const auto found = std::ranges::find_if(lines, [id](const auto& words) { return words[0] == id; });
  if (found == lines.end()) return std::nullopt;
  return NodeAddress::parse((*found)[1].substr(0, (*found)[1].find('@')));
}

/// "[93->-292f8b365bb7edb5e285caf0b7e6ddc7265d2f4f]": 93 is on its way there.
std::optional<OwnSlots::Migrating> migratingIn(std::string_view word, const NodeLines& lines) {
  const auto arrow = word.find("->-");
  if (!word.starts_with('[') || !word.ends_with(']') || arrow == std::string_view::npos) return std::nullopt;
  const auto slot = parseNumber(word.substr(1, arrow - 1));
  auto to = addressOf(lines, word.substr(arrow + 3, word.size() - arrow - 4));
  if (!slot || *slot >= kSlotCount || !to) return std::nullopt;
  return OwnSlots::Migrating{.slot = static_cast<std::uint16_t>(*slot), .to = *std::move(to)};
}

}  // namespace

std::optional<NodeAddress> NodeAddress::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parseNumber(text.substr(colon + 1));
  if (!port || *port == 0 || *port > std::numeric_limits<std::uint16_t>::max()) return std::nullopt;
  return NodeAddress{.host = std::string(text.substr(0, colon)), .port = static_cast<std::uint16_t>(*port)};
}

const ClusterNode* SlotMap::ownerOf(std::uint16_t slot) const {
  const auto found = std::ranges::find_if(masters, [slot](const ClusterNode& n) { return n.slots[slot]; });
  return found == masters.end() ? nullptr : &*found;
}

const ClusterNode* SlotMap::byId(std::string_view id) const {
  const auto found = std::ranges::find(masters, id, &ClusterNode::id);
  return found == masters.end() ? nullptr : &*found;
}

SlotSet SlotMap::assigned() const {
  SlotSet all;
  for (const ClusterNode& node : masters) all |= node.slots;
  return all;
}

Result<SlotMap> SlotMap::fromClusterSlots(const Reply& reply, const NodeAddress& asked) {
  if (!reply.isArray()) return std::unexpected(unknownForm());
  SlotMap map;
  for (const Reply& range : reply.elements) {
    if (!range.isArray() || range.elements.size() < 3) return std::unexpected(unknownForm());
    const auto slots = rangeIn(range.elements[0], range.elements[1]);
    auto master = nodeIn(range.elements[2], asked);
    if (!slots || !master) return std::unexpected(unknownForm());
    auto known = std::ranges::find(map.masters, master->id, &ClusterNode::id);
    if (known == map.masters.end()) known = map.masters.insert(map.masters.end(), *std::move(master));
    known->slots |= *slots;
    for (std::size_t i = 3; i < range.elements.size(); ++i) {
      if (auto replica = nodeIn(range.elements[i], asked))
        map.replicas.push_back(std::move(replica->address));
    }
  }
  std::ranges::sort(map.replicas);
  const auto twice = std::ranges::unique(map.replicas);
  map.replicas.erase(twice.begin(), twice.end());
  return map;
}

std::optional<OwnSlots> OwnSlots::fromClusterNodes(std::string_view text) {
  const NodeLines lines = nodeLines(text);
  const auto found = std::ranges::find_if(
      lines, [](const auto& words) { return words[2].find("myself") != std::string_view::npos; });
  if (found == lines.end()) return std::nullopt;
  const auto& words = *found;
  OwnSlots own{.id = std::string(words[0]),
               .master = words[2].find("master") != std::string_view::npos,
               .configEpoch = parseNumber(words[6]).value_or(0),
               .slots = {},
               .migrating = {}};
  for (std::size_t i = kFirstSlot; i < words.size(); ++i) {
    if (const auto slots = parseSlotSet(words[i])) own.slots |= *slots;
    if (auto moving = migratingIn(words[i], lines)) own.migrating.push_back(*std::move(moving));
  }
  return own;
}

SlotMap corrected(SlotMap map, const std::vector<OwnSlots>& views) {
  std::vector<const OwnSlots*> ordered;
  for (const auto& view : views) ordered.push_back(&view);
  std::ranges::sort(ordered, {}, &OwnSlots::configEpoch);  // the greater epoch comes last and wins
  for (const OwnSlots* view : ordered) {
    const SlotSet claimed = view->master ? view->slots : SlotSet();
    for (ClusterNode& node : map.masters) {
      if (node.id == view->id) {
        node.slots = claimed;
      } else {
        node.slots &= ~claimed;
      }
    }
  }
  return map;
}

}  // namespace cachify::cache::redis
