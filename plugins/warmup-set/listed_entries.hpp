#pragma once

#include <cachify/plugin.hpp>
#include <vector>

#include "entry.hpp"

namespace warmup {

/// Entries that stand in the parameters themselves.
class ListedEntries final : public EntrySource {
 public:
  /// Refused, naming the entry, where one is wrong.
  explicit ListedEntries(const cachify::plugin::Parameters& parameters);

  bool next(Entry& entry) override;
  [[nodiscard]] std::optional<std::uint64_t> total() const override { return entries_.size(); }

 private:
  std::vector<Entry> entries_;
  std::size_t at_ = 0;
};

}  // namespace warmup
