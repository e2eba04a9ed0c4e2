#pragma once
// The tables of a log as the pages of its file tell them, without LMDB.

#include <array>
#include <optional>

#include "log/check/page_walk.hpp"
#include "log/rows.hpp"

namespace cachify::log {

class RawTables {
 public:
  RawTables(BytesView file, const RawMeta& meta) : walk_(file, meta) { findTables(meta); }

  /// Every row in key order. A table that is not there has none.
  void each(Table table, const std::function<void(BytesView key, BytesView value)>& visit);
  void walkFreePages() { walk_.walkFreePages(); }
  /// Of the pages walked so far; and of tables that are missing or unknown.
  [[nodiscard]] const std::vector<PageFault>& faults() const { return walk_.faults(); }
  [[nodiscard]] const std::vector<std::string>& tableFaults() const { return tableFaults_; }

 private:
  void findTables(const RawMeta& meta);

  PageWalk walk_;
  std::array<std::optional<RawTree>, kTables.size()> trees_;
  std::vector<std::string> tableFaults_;
};

}  // namespace cachify::log
