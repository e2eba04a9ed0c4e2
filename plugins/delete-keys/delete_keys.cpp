// deleteKeys: just the keys that are listed, those that are not there left out.

#include <algorithm>
#include <cachify/workflow_kind.hpp>

#include "shared/base64_text.hpp"

namespace {

using namespace cachify::plugin;

/// "/keys", and "/keysBase64" for those that are no text, one after the other.
class ListedKeys {
 public:
  explicit ListedKeys(const Parameters& parameters) {
    read(parameters, "/keys", [](std::string text, const std::string&) { return text; });
    read(parameters, "/keysBase64", [](const std::string& text, const std::string& pointer) {
      auto bytes = plugins::fromBase64(text);
      if (!bytes)
        throw Refused(Parameters::fieldOf(pointer), Parameters::fieldOf(pointer) + " is not base64");
      return std::move(*bytes);
    });
    if (keys.empty()) throw Refused("keys", "no key is listed");
  }
  std::vector<std::string> keys;

 private:
  template <class Convert>
  void read(const Parameters& parameters, const std::string& list, Convert convert) {
    if (!parameters.has(list)) return;
    const auto count = parameters.size(list);
    keys.reserve(keys.size() + count);
    for (std::uint64_t at = 0; at < count; ++at) {
      const std::string pointer = list + '/' + std::to_string(at);
      keys.push_back(convert(parameters.text(pointer), pointer));
      if (keys.back().empty()) throw Refused(Parameters::fieldOf(pointer), "a key is empty");
    }
  }
};

class DeleteKeysPlan : public Plan {
 public:
  DeleteKeysPlan(Cache cache, std::vector<std::string> keys) : cache_(cache), keys_(std::move(keys)) {}

  bool next(Sink& sink) override {
    if (at_ == described_) describeSome();
    for (; at_ < described_; ++at_) {
      if (facts_[at_ - first_].type == KeyType::none) continue;
      if (!sink.push(Item::remove(keys_[at_]))) return true;
    }
    return at_ < keys_.size();
  }

 private:
  static constexpr std::size_t kKeysAtOnce = 10'000;

  void describeSome() {
    first_ = at_;
    described_ = std::min(keys_.size(), first_ + kKeysAtOnce);
    Keys names;
    for (std::size_t at = first_; at < described_; ++at) names.push_back(toBytes(keys_[at]));
    facts_ = cache_.describe(names);
  }

  Cache cache_;
  std::vector<std::string> keys_;
  std::vector<KeyFacts> facts_;  ///< of those from `first_` up to `described_`
  std::size_t first_ = 0;
  std::size_t described_ = 0;
  std::size_t at_ = 0;
};

struct DeleteKeys : WorkflowKind {
  static Description describe() {
    return {"deleteKeys", "Delete keys", "Deletes the keys of a list.", R"json({
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "properties": {
        "keys": {"type": "array", "items": {"type": "string"}, "title": "Keys", "description": "Which keys; one that is not there is left out",
                 "x-cachify-value": true},
        "keysBase64": {"type": "array", "items": {"type": "string"}, "title": "Keys (base64)", "description": "Keys that are not text",
                       "x-cachify-value": true}
      },
      "additionalProperties": false,
      "examples": [{"keys": ["user:1", "user:2"]}]
    })json"};
  }
  static void validate(const Parameters& parameters) { ListedKeys{parameters}; }
  static std::unique_ptr<Plan> open(const Parameters& parameters, Cache cache) {
    return std::make_unique<DeleteKeysPlan>(cache, ListedKeys(parameters).keys);
  }
};

}  // namespace

CACHIFY_WORKFLOW_KIND(DeleteKeys)
