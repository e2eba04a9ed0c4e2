#include "listed_entries.hpp"

#include "shared/base64_text.hpp"

namespace warmup {

using cachify::plugin::Parameters;
using cachify::plugin::Refused;

namespace {

/// As text or, under the same name with "Base64", as bytes.
std::string bytesAt(const Parameters& parameters, const std::string& pointer) {
  const std::string encoded = pointer + "Base64";
  if (!parameters.has(encoded)) return parameters.text(pointer);
  auto bytes = plugins::fromBase64(parameters.text(encoded));
  if (!bytes) throw Refused(Parameters::fieldOf(encoded), Parameters::fieldOf(encoded) + " is not base64");
  return std::move(*bytes);
}

}  // namespace

ListedEntries::ListedEntries(const Parameters& parameters) {
  if (!parameters.isArray("/entries")) throw Refused("entries", "entries must be a list");
  const std::uint64_t size = parameters.size("/entries");
  for (std::uint64_t i = 0; i < size; ++i) {
    const std::string at = "/entries/" + std::to_string(i);
    Entry& entry = entries_.emplace_back();
    entry.key = bytesAt(parameters, at + "/key");
    entry.value = bytesAt(parameters, at + "/value");
    if (parameters.has(at + "/ttlSeconds"))
      entry.ttlSeconds = parameters.integer(at + "/ttlSeconds", 1, kMostTtlSeconds);
  }
}

bool ListedEntries::next(Entry& entry) {
  if (at_ == entries_.size()) return false;
  entry = std::move(entries_[at_++]);
  return true;
}

}  // namespace warmup
