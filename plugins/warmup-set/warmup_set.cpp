// warmupSet: sets keys to values, from the parameters themselves or from a file.

#include <cachify/workflow_kind.hpp>

#include "csv_file.hpp"
#include "json_lines_file.hpp"
#include "listed_entries.hpp"

namespace {

using namespace cachify::plugin;

/// What lies in the file, by its name or as it is said.
bool isCsv(const Parameters& parameters, std::string_view path) {
  const std::string format = parameters.has("/format") ? parameters.text("/format") : std::string("auto");
  if (format == "csv") return true;
  if (format == "jsonl") return false;
  if (format != "auto") throw Refused("format", "format must be auto, jsonl or csv");
  constexpr std::string_view kEnding = ".csv";
  return path.size() > kEnding.size() && path.substr(path.size() - kEnding.size()) == kEnding;
}

void checkOnlyOne(const Parameters& parameters) {
  const bool both = parameters.has("/entries") && parameters.has("/file");
  if (both) throw Refused("file", "either entries or a file, not both");
  const bool none = !parameters.has("/entries") && !parameters.has("/file");
  if (none) throw Refused("entries", "nothing to set: give entries or a file");
}

std::unique_ptr<warmup::EntrySource> sourceOf(const Parameters& parameters) {
  checkOnlyOne(parameters);
  if (!parameters.has("/file")) return std::make_unique<warmup::ListedEntries>(parameters);
  const std::string path = parameters.text("/file");
  if (isCsv(parameters, path)) return std::make_unique<warmup::CsvFile>(path);
  return std::make_unique<warmup::JsonLinesFile>(path);
}

class WarmupPlan : public Plan {
 public:
  explicit WarmupPlan(std::unique_ptr<warmup::EntrySource> source) : source_(std::move(source)) {}

  bool next(Sink& sink) override {
    if (const auto total = source_->total()) sink.expectTotal(*total);
    for (; isPending_ || source_->next(entry_); isPending_ = false) {
      const auto ttlMs = entry_.ttlSeconds ? std::optional(*entry_.ttlSeconds * 1000) : std::nullopt;
      isPending_ = true;
      if (!sink.push(Item::setValue(entry_.key, entry_.value, ttlMs))) return true;
    }
    return false;
  }

 private:
  std::unique_ptr<warmup::EntrySource> source_;
  warmup::Entry entry_;
  bool isPending_ = false;  ///< the entry was read, and not yet taken
};

struct WarmupSet : WorkflowKind {
  static Description describe() {
    return {"warmupSet", "Warm up", "Sets keys to values from a list or a file (JSON lines or CSV).", R"json({
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "properties": {
        "entries": {
          "type": "array",
          "title": "Entries",
          "description": "What to set",
          "items": {
            "type": "object",
            "properties": {
              "key": {"type": "string", "title": "Key", "description": "The key"},
              "keyBase64": {"type": "string", "title": "Key (base64)", "description": "The key's bytes, in place of key"},
              "value": {"type": "string", "title": "Value", "description": "The value", "x-cachify-value": true},
              "valueBase64": {"x-cachify-value": true, "type": "string", "title": "Value (base64)", "description": "The value's bytes, in place of value"},
              "ttlSeconds": {"type": ["integer", "null"], "minimum": 1, "maximum": 3153600000, "title": "TTL in seconds",
                             "description": "No expiry if it is left out"}
            },
            "additionalProperties": false
          }
        },
        "file": {"type": "string", "minLength": 1, "title": "File",
                 "description": "In place of entries: a file with an entry a line, as JSON or as CSV with the columns key,value,ttlSeconds"},
        "format": {"type": "string", "enum": ["auto", "jsonl", "csv"], "default": "auto", "title": "Format of the file",
                   "description": "auto: CSV if the name ends in .csv, else JSON lines"}
      },
      "additionalProperties": false,
      "examples": [{"entries": [{"key": "greeting", "value": "hello", "ttlSeconds": 3600}, {"key": "colour", "value": "blue"}]}]
    })json"};
  }
  static void validate(const Parameters& parameters) {
    checkOnlyOne(parameters);
    // A file may not be there yet when a template is made.
    if (parameters.has("/file")) {
      (void)isCsv(parameters, parameters.text("/file"));
    } else {
      warmup::ListedEntries{parameters};
    }
  }
  static std::unique_ptr<Plan> open(const Parameters& parameters, Cache) {
    return std::make_unique<WarmupPlan>(sourceOf(parameters));
  }
};

}  // namespace

CACHIFY_WORKFLOW_KIND(WarmupSet)
