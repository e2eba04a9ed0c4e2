// A whole workflow kind: keys above a size that would stay for ever go after an hour.

#include <cachify/workflow_kind.hpp>

using namespace cachify::plugin;

class ExpireBigPlan : public KeyPlan {
 public:
  ExpireBigPlan(Cache cache, std::string pattern, std::uint64_t leastBytes)
      : KeyPlan(cache, std::move(pattern), kNoLimit, Needs::facts), leastBytes_(leastBytes) {}

 private:
  std::optional<Item> itemFor(std::string_view key, const KeyFacts& facts) override {
    if (facts.ttlMs || facts.sizeBytes.value_or(0) < leastBytes_) return std::nullopt;
    return Item::setTtl(key, 3'600'000);
  }
  std::uint64_t leastBytes_;
};

struct ExpireBig : WorkflowKind {
  static Description describe() {
    return {"expireBig", "Expire big keys", "Big keys that would stay for ever go after an hour.",
            R"({"type": "object",
                "properties": {"pattern": {"type": "string", "minLength": 1, "default": "*", "title": "Pattern"},
                               "leastBytes": {"type": "integer", "minimum": 1, "default": 1048576, "title": "From bytes"}}})",
            false};
  }
  static std::unique_ptr<Plan> open(const Parameters& p, Cache cache) {
    return std::make_unique<ExpireBigPlan>(cache, p.text("/pattern"), p.integer("/leastBytes", 1, INT64_MAX));
  }
  static void validate(const Parameters& p) { p.text("/pattern"), p.integer("/leastBytes", 1, INT64_MAX); }
};

CACHIFY_WORKFLOW_KIND(ExpireBig)
