// ttlNormalize: matching keys of any type get the same time to live; their values are not touched.

#include <cachify/workflow_kind.hpp>

namespace {

using namespace cachify::plugin;

constexpr std::int64_t kMostSeconds = 31'536'000;  // a year

struct Settings {
  explicit Settings(const Parameters& parameters) : pattern(parameters.text("/pattern")) {
    if (pattern.empty()) throw Refused("pattern", "a pattern is needed; * means every key");
    if (parameters.has("/ttlSeconds")) ttlSeconds = parameters.integer("/ttlSeconds", 1, kMostSeconds);
    if (parameters.has("/limit"))
      limit = static_cast<std::uint64_t>(parameters.integer("/limit", 1, INT64_MAX));
    if (parameters.has("/onlyWithoutTtl")) onlyWithoutTtl = parameters.boolean("/onlyWithoutTtl");
  }
  std::string pattern;
  std::int64_t ttlSeconds = 3600;
  std::uint64_t limit = KeyPlan::kNoLimit;
  bool onlyWithoutTtl = false;
};

class TtlPlan : public KeyPlan {
 public:
  TtlPlan(Cache cache, const Settings& settings)
      : KeyPlan(cache, settings.pattern, settings.limit,
                settings.onlyWithoutTtl ? Needs::facts : Needs::names),
        ttlMs_(settings.ttlSeconds * 1000),
        onlyWithoutTtl_(settings.onlyWithoutTtl) {}

 private:
  std::optional<Item> itemFor(std::string_view key, const KeyFacts& facts) override {
    const bool isGone = facts.type == KeyType::none;
    if (onlyWithoutTtl_ && (isGone || facts.ttlMs)) return std::nullopt;
    return Item::setTtl(key, ttlMs_);
  }

  std::int64_t ttlMs_;
  bool onlyWithoutTtl_;
};

struct TtlNormalize : WorkflowKind {
  static Description describe() {
    return {"ttlNormalize", "Normalize TTLs",
            "Gives the keys that match a pattern the same time to live. Values stay as they are.",
            R"json({
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "properties": {
        "pattern": {"type": "string", "minLength": 1, "title": "Pattern", "examples": ["session:*"],
                    "description": "Glob pattern: * any text, ? any byte, [abc] one of these; a backslash takes the next byte as it is"},
        "ttlSeconds": {"type": "integer", "minimum": 1, "maximum": 31536000, "default": 3600, "title": "TTL in seconds",
                       "description": "From now on, up to a year"},
        "limit": {"type": "integer", "minimum": 1, "title": "Limit", "description": "At most so many keys; all if it is left out"},
        "onlyWithoutTtl": {"type": "boolean", "default": false, "title": "Only without TTL",
                           "description": "Leaves keys alone that expire already"}
      },
      "required": ["pattern"],
      "additionalProperties": false
    })json",
            false};
  }
  static void validate(const Parameters& parameters) { Settings{parameters}; }
  static std::unique_ptr<Plan> open(const Parameters& parameters, Cache cache) {
    return std::make_unique<TtlPlan>(cache, Settings(parameters));
  }
};

}  // namespace

CACHIFY_WORKFLOW_KIND(TtlNormalize)
