// deleteByPattern: every key that matches goes.

#include <cachify/workflow_kind.hpp>

namespace {

using namespace cachify::plugin;

class DeletePlan : public KeyPlan {
 public:
  using KeyPlan::KeyPlan;

 private:
  std::optional<Item> itemFor(std::string_view key, const KeyFacts&) override { return Item::remove(key); }
};

struct Settings {
  explicit Settings(const Parameters& parameters) : pattern(parameters.text("/pattern")) {
    if (pattern.empty()) throw Refused("pattern", "a pattern is needed; * means every key");
    if (parameters.has("/limit"))
      limit = static_cast<std::uint64_t>(parameters.integer("/limit", 1, INT64_MAX));
  }
  std::string pattern;
  std::uint64_t limit = KeyPlan::kNoLimit;
};

struct DeleteByPattern : WorkflowKind {
  static Description describe() {
    return {"deleteByPattern", "Delete by pattern", "Deletes the keys that match a pattern.", R"json({
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "properties": {
        "pattern": {"type": "string", "minLength": 1, "title": "Pattern", "examples": ["session:*"],
                    "description": "Glob pattern: * any text, ? any byte, [abc] one of these; a backslash takes the next byte as it is"},
        "limit": {"type": "integer", "minimum": 1, "title": "Limit", "description": "At most so many keys; all if it is left out"}
      },
      "required": ["pattern"],
      "additionalProperties": false
    })json"};
  }
  static void validate(const Parameters& parameters) { Settings{parameters}; }
  static std::unique_ptr<Plan> open(const Parameters& parameters, Cache cache) {
    const Settings settings(parameters);
    return std::make_unique<DeletePlan>(cache, settings.pattern, settings.limit);
  }
};

}  // namespace

CACHIFY_WORKFLOW_KIND(DeleteByPattern)
