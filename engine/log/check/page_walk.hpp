#pragma once
// Walks LMDB's B+trees by reading their pages with bounds checks (mdb.c 0.9: MDB_page, MDB_node), so that no
// damage of the file can lead astray, and says which page is wrong. It is how verify reads: the library
// itself would trust the page.

#include <functional>
#include <string>
#include <vector>

#include "log/check/lmdb_file.hpp"

namespace cachify::log {

struct PageFault {
  std::uint64_t page = 0;
  std::string what;
};

enum class KeyOrder : std::uint8_t { bytes, integer };

class PageWalk {
 public:
  /// `named`: the value is a RawTree record.
  using Visit = std::function<void(BytesView key, BytesView value, bool named)>;

  PageWalk(BytesView file, const RawMeta& meta);

  /// Every entry of the tree in key order. What lies below a faulty page is left out.
  void walk(const RawTree& tree, KeyOrder order, const Visit& visit);
  /// Each page that LMDB holds for free lies in range, is free once, and is part of no tree walked before.
  void walkFreePages();

  [[nodiscard]] const std::vector<PageFault>& faults() const { return faults_; }
  /// Kept out of `faults` beyond this many.
  static constexpr std::size_t kMaxFaults = 200;

  [[nodiscard]] bool used(std::uint64_t page) const { return page < used_.size() && used_[page]; }

 private:
  struct Walk;
  struct Node;

  void walkPage(Walk& walk, std::uint64_t page, unsigned level);
  void walkBranch(Walk& walk, std::uint64_t page, unsigned level, const std::vector<Node>& nodes);
  void walkLeaf(Walk& walk, std::uint64_t page, const std::vector<Node>& nodes);
  [[nodiscard]] bool nodesOf(std::uint64_t page, bool leaf, std::vector<Node>& nodes);
  [[nodiscard]] BytesView bigValue(Walk& walk, std::uint64_t from, const Node& node);
  void checkTotals(const Walk& walk);
  [[nodiscard]] bool take(std::uint64_t page, std::uint64_t count, std::uint64_t namedBy);
  void addFault(std::uint64_t page, std::string what);
  [[nodiscard]] BytesView bytesOf(std::uint64_t page, std::uint64_t count = 1) const;

  BytesView file_;
  RawMeta meta_;
  std::vector<bool> used_;
  std::vector<PageFault> faults_;
};

/// Whether every page from `first` to the meta's last is in the free list. False, too, where the free list is
/// faulty.
[[nodiscard]] bool onlyFreePagesFrom(BytesView file, const RawMeta& meta, std::uint64_t first);

}  // namespace cachify::log
