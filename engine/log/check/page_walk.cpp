#include "log/check/page_walk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "log/wire.hpp"

namespace cachify::log {
namespace {

constexpr std::uint16_t kBranchFlag = 0x01;
constexpr std::uint16_t kLeafFlag = 0x02;
constexpr std::uint16_t kOverflowFlag = 0x04;
constexpr std::uint16_t kBigDataFlag = 0x01;
constexpr std::uint16_t kSubTreeFlag = 0x02;
constexpr std::size_t kNodeHeaderBytes = 8;

int compareKeys(KeyOrder order, BytesView a, BytesView b) {
  if (order == KeyOrder::bytes || a.size() != 8 || b.size() != 8) return a.compare(b);
  const auto x = getLittle<std::uint64_t>(a.data());
  const auto y = getLittle<std::uint64_t>(b.data());
  return x < y ? -1 : x > y ? 1 : 0;
}

}  // namespace

struct PageWalk::Node {
  std::size_t at = 0;     ///< offset in its page
  std::size_t bytes = 0;  ///< header, key and data, rounded up to even
  std::uint16_t flags = 0;
  BytesView key{};
  BytesView data{};           ///< what stands in the page; of a big value: its page number
  std::size_t dataBytes = 0;  ///< of the value
  std::uint64_t child = 0;    ///< of a branch
};

struct PageWalk::Walk {
  RawTree tree;
  KeyOrder order;
  const Visit& visit;
  RawTree found{};
  bool any = false;
  bool whole = true;  ///< no part was left out
  BytesView lastKey{};
  BytesView lowest{};  ///< the next key must not be below: what the branch above says
  bool bounded = false;
};

PageWalk::PageWalk(BytesView file, const RawMeta& meta) : file_(file), meta_(meta) {
  // A page beyond the file's end cannot be read, but may be free: keep room for what the meta page claims,
  // within reason.
  used_.resize(
      static_cast<std::size_t>(std::min(meta.lastPage + 1, file.size() / meta.pageSize + (1U << 20))));
  for (std::size_t i = 0; i < 2 && i < used_.size(); ++i) used_[i] = true;
}

void PageWalk::addFault(std::uint64_t page, std::string what) {
  if (faults_.size() < kMaxFaults) faults_.push_back({page, std::move(what)});
}

BytesView PageWalk::bytesOf(std::uint64_t page, std::uint64_t count) const {
  const std::uint64_t there = file_.size() / meta_.pageSize;
  if (page >= there || count > there - page) return {};
  return file_.substr(page * meta_.pageSize, count * meta_.pageSize);
}

bool PageWalk::take(std::uint64_t page, std::uint64_t count, std::uint64_t namedBy) {
  if (page < 2 || page > meta_.lastPage || count == 0 || count > meta_.lastPage + 1 - page ||
      page + count > used_.size()) {
    addFault(namedBy,
             fmt::format("it names page {} (and {} in all), which is outside the file", page, count));
    return false;
  }
  for (std::uint64_t i = page; i < page + count; ++i) {
    if (used_[i]) {
      addFault(namedBy, fmt::format("it names page {}, which is in use already", i));
      return false;
    }
    used_[i] = true;
  }
  return true;
}

void PageWalk::walk(const RawTree& tree, KeyOrder order, const Visit& visit) {
  Walk state{.tree = tree, .order = order, .visit = visit};
  if (tree.root != kNoPage && take(tree.root, 1, tree.root)) walkPage(state, tree.root, 1);
  checkTotals(state);
}

void PageWalk::checkTotals(const Walk& walk) {
  const RawTree& said = walk.tree;
  const RawTree& found = walk.found;
  const bool same = said.branchPages == found.branchPages && said.leafPages == found.leafPages &&
                    said.overflowPages == found.overflowPages && said.entries == found.entries;
  const bool emptyOk = said.root != kNoPage || said.depth == 0;
  if (walk.whole && (!same || !emptyOk))
    addFault(said.root == kNoPage ? 0 : said.root, "the tree's counts are not what was found");
}

void PageWalk::walkPage(Walk& walk, std::uint64_t page, unsigned level) {
  const BytesView bytes = bytesOf(page);
  const bool leaf = level == walk.tree.depth;
  std::vector<Node> nodes;
  if (bytes.empty()) {
    addFault(page, "it lies beyond the end of the file");
  } else if (getLittle<std::uint64_t>(bytes.data()) != page) {
    addFault(page, "its header holds another page's number");
  } else if (getLittle<std::uint16_t>(bytes.data() + 10) != (leaf ? kLeafFlag : kBranchFlag)) {
    addFault(page, fmt::format("its header does not say that it is a {}", leaf ? "leaf" : "branch"));
  } else if (nodesOf(page, leaf, nodes)) {
    ++(leaf ? walk.found.leafPages : walk.found.branchPages);
    return leaf ? walkLeaf(walk, page, nodes) : walkBranch(walk, page, level, nodes);
  }
  walk.whole = false;
}

bool PageWalk::nodesOf(std::uint64_t page, bool leaf, std::vector<Node>& nodes) {
  const BytesView bytes = bytesOf(page);
  const std::size_t lower = getLittle<std::uint16_t>(bytes.data() + 12);
  // A page of 64 KiB keeps 0 for its own size.
  const std::size_t rawUpper = getLittle<std::uint16_t>(bytes.data() + 14);
  const std::size_t upper = rawUpper == 0 ? bytes.size() : rawUpper;
  if (lower < kPageHeaderBytes + 2 || lower % 2 != 0 || upper < lower || upper > bytes.size()) {
    addFault(page, "its bounds are impossible");
    return false;
  }
  std::size_t total = 0;
  for (std::size_t at = kPageHeaderBytes; at < lower; at += 2) {
    Node node{.at = getLittle<std::uint16_t>(bytes.data() + at)};
    const auto outside = [&](std::size_t length) {
      return node.at < upper || node.at % 2 != 0 || node.at + length > bytes.size();
    };
    if (outside(kNodeHeaderBytes)) {
      addFault(page, "an entry lies outside it");
      return false;
    }
    const char* const start = bytes.data() + node.at;
    const std::size_t low = getLittle<std::uint16_t>(start);
    const std::size_t high = getLittle<std::uint16_t>(start + 2);
    node.flags = getLittle<std::uint16_t>(start + 4);
    const std::size_t keyBytes = getLittle<std::uint16_t>(start + 6);
    node.dataBytes = leaf ? low | high << 16 : 0;
    node.child = low | high << 16 | std::uint64_t{node.flags} << 32;
    const std::size_t dataHere = leaf && (node.flags & kBigDataFlag) != 0 ? 8 : node.dataBytes;
    node.bytes = (kNodeHeaderBytes + keyBytes + dataHere + 1) / 2 * 2;
    if (outside(kNodeHeaderBytes + keyBytes + dataHere) || (leaf && node.flags > kSubTreeFlag)) {
      addFault(page, "an entry's lengths or flags are impossible");
      return false;
    }
    node.key = bytes.substr(node.at + kNodeHeaderBytes, keyBytes);
    node.data = bytes.substr(node.at + kNodeHeaderBytes + keyBytes, dataHere);
    total += node.bytes;
    nodes.push_back(node);
  }
  std::vector<std::pair<std::size_t, std::size_t>> places;
  places.reserve(nodes.size());
  for (const Node& node : nodes) places.emplace_back(node.at, node.bytes);
  std::ranges::sort(places);
  std::size_t end = upper;
  for (const auto& [at, length] : places) {
    if (at != end) {
      addFault(page, "its entries overlap or leave a hole");
      return false;
    }
    end = at + length;
  }
  if (end != bytes.size() || total != bytes.size() - upper) {
    addFault(page, "its entries do not fill it to the end");
    return false;
  }
  return true;
}

void PageWalk::walkBranch(Walk& walk, std::uint64_t page, unsigned level, const std::vector<Node>& nodes) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i > 0) {
      if (walk.any && compareKeys(walk.order, walk.lastKey, nodes[i].key) >= 0)
        addFault(page, "a key in it does not part its children");
      walk.lowest = nodes[i].key;
      walk.bounded = true;
    }
    if (take(nodes[i].child, 1, page)) {
      walkPage(walk, nodes[i].child, level + 1);
    } else {
      walk.whole = false;
    }
  }
}

void PageWalk::walkLeaf(Walk& walk, std::uint64_t page, const std::vector<Node>& nodes) {
  for (const Node& node : nodes) {
    if ((walk.any && compareKeys(walk.order, walk.lastKey, node.key) >= 0) ||
        (walk.bounded && compareKeys(walk.order, node.key, walk.lowest) < 0)) {
      addFault(page, "its keys are out of order");
    }
    walk.bounded = false;
    walk.any = true;
    walk.lastKey = node.key;
    ++walk.found.entries;
    const bool big = (node.flags & kBigDataFlag) != 0;
    const BytesView value = big ? bigValue(walk, page, node) : node.data;
    if (big && value.empty()) continue;
    walk.visit(node.key, value, node.flags == kSubTreeFlag);
  }
}

BytesView PageWalk::bigValue(Walk& walk, std::uint64_t from, const Node& node) {
  const auto without = [&](std::uint64_t page, std::string what) {
    walk.whole = false;
    addFault(page, std::move(what));
    return BytesView();
  };
  const auto page = getLittle<std::uint64_t>(node.data.data());
  const std::uint64_t needed = (kPageHeaderBytes - 1 + node.dataBytes) / meta_.pageSize + 1;
  const BytesView head = bytesOf(page);
  if (head.empty() || page < 2)
    return without(from, fmt::format("it names page {}, which is outside the file", page));
  const std::uint64_t pages = getLittle<std::uint32_t>(head.data() + 12);
  if (getLittle<std::uint64_t>(head.data()) != page ||
      getLittle<std::uint16_t>(head.data() + 10) != kOverflowFlag || pages < needed) {
    return without(page, "it is not the large value that its table names");
  }
  const BytesView all = bytesOf(page, needed);
  if (all.empty()) return without(page, "the large value in it is cut off by the end of the file");
  if (!take(page, pages, page)) {
    walk.whole = false;
    return {};
  }
  walk.found.overflowPages += pages;
  return all.substr(kPageHeaderBytes, node.dataBytes);
}

void PageWalk::walkFreePages() {
  walk(meta_.freePages, KeyOrder::integer, [this](BytesView key, BytesView value, bool) {
    const std::uint64_t owner = meta_.freePages.root;
    const std::size_t there = value.size() / 8;
    const std::uint64_t count = there == 0 ? 0 : getLittle<std::uint64_t>(value.data());
    if (key.size() != 8 || getLittle<std::uint64_t>(key.data()) > meta_.transaction ||
        value.size() % 8 != 0 || there == 0 || count >= there) {
      addFault(owner, "an entry of the free list is impossible");
      return;
    }
    std::uint64_t before = kNoPage;
    for (std::uint64_t i = 1; i <= count; ++i) {
      const auto page = getLittle<std::uint64_t>(value.data() + 8 * i);
      if (page >= before) addFault(owner, "the free list is out of order");
      before = page;
      if (!take(page, 1, owner)) return;
    }
  });
}

bool onlyFreePagesFrom(BytesView file, const RawMeta& meta, std::uint64_t first) {
  PageWalk pages(file, meta);
  pages.walkFreePages();
  if (!pages.faults().empty()) return false;
  for (std::uint64_t page = first; page <= meta.lastPage; ++page) {
    if (!pages.used(page)) return false;
  }
  return true;
}

}  // namespace cachify::log
