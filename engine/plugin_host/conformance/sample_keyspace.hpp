#pragma once
// A cache that is made up, for planning over it: keys of every type, ordinary and odd ones.

#include <map>

#include "plugin_host/workflow_kind.hpp"

namespace cachify::plugin_host {

class SampleKeyspace final : public PlanServices {
 public:
  /// So many ordinary keys ("user:17"), and a few odd ones: empty, with NUL, not UTF-8, long.
  explicit SampleKeyspace(std::size_t ordinaryKeys);

  /// From that call on (0: the first) every service fails.
  void failFrom(std::size_t call) { failFrom_ = call; }
  [[nodiscard]] std::size_t calls() const { return calls_; }
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

  Task<ScanPage> scan(Bytes pattern, std::string cursor, std::uint32_t limit, CallContext context) override;
  Task<std::vector<KeyFacts>> describe(std::vector<Bytes> keys, CallContext context) override;
  Task<std::optional<Bytes>> read(Bytes key, std::uint64_t maxBytes, CallContext context) override;

 private:
  Result<void> count();

  std::vector<Bytes> keys_;  ///< in the order of a scan
  std::map<Bytes, KeyFacts, std::less<>> facts_;
  std::size_t calls_ = 0;
  std::size_t failFrom_ = SIZE_MAX;
};

}  // namespace cachify::plugin_host
