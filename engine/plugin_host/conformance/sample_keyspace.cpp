#include "plugin_host/conformance/sample_keyspace.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/glob.hpp"

namespace cachify::plugin_host {
namespace {

constexpr std::size_t kPage = 1000;

PlanServices::KeyFacts factsOf(std::size_t number) {
  using domain::ValueType;
  PlanServices::KeyFacts facts;
  facts.type = static_cast<ValueType>(1 + number % static_cast<std::size_t>(ValueType::other));
  // Every third key never expires, and of some the server does not tell the size.
  if (number % 3 != 0) facts.ttl = std::chrono::seconds(number % 1000 + 1);
  if (number % 5 != 0) facts.sizeBytes = number % 4096;
  return facts;
}

std::vector<Bytes> oddKeys() {
  using namespace std::string_literals;
  return {""s, "nul\0inside"s, "\xff\xfe not text"s, "line\nend \x1b[31m"s, Bytes(4096, 'k'), "*[glob]?"s};
}

}  // namespace

SampleKeyspace::SampleKeyspace(std::size_t ordinaryKeys) : keys_(oddKeys()) {
  for (std::size_t i = 0; i < ordinaryKeys; ++i) keys_.push_back(fmt::format("user:{}", i));
  for (std::size_t i = 0; i < keys_.size(); ++i) facts_.emplace(keys_[i], factsOf(i));
}

Result<void> SampleKeyspace::count() {
  if (calls_++ < failFrom_) return {};
  return fail(ErrorCode::connectionFailed, "the made-up cache is gone");
}

Task<PlanServices::ScanPage> SampleKeyspace::scan(Bytes pattern, std::string cursor, std::uint32_t limit,
                                                  CallContext) {
  if (auto ok = count(); !ok) co_return std::unexpected(ok.error());
  std::size_t at = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), at);
  const std::size_t end = std::min(keys_.size(), at + std::min<std::size_t>(limit, kPage));
  ScanPage page;
  for (; at < end; ++at) {
    if (globMatches(pattern, keys_[at])) page.keys.push_back(keys_[at]);
  }
  page.scanned = end;
  page.total = keys_.size();
  if (end < keys_.size()) page.nextCursor = fmt::to_string(end);
  co_return page;
}

Task<std::vector<PlanServices::KeyFacts>> SampleKeyspace::describe(std::vector<Bytes> keys, CallContext) {
  if (auto ok = count(); !ok) co_return std::unexpected(ok.error());
  std::vector<KeyFacts> all;
  for (const auto& key : keys) {
    const auto found = facts_.find(key);
    all.push_back(found == facts_.end() ? KeyFacts{} : found->second);
  }
  co_return all;
}

Task<std::optional<Bytes>> SampleKeyspace::read(Bytes key, std::uint64_t maxBytes, CallContext) {
  if (auto ok = count(); !ok) co_return std::unexpected(ok.error());
  const auto found = facts_.find(key);
  if (found == facts_.end()) co_return std::nullopt;
  if (found->second.type != domain::ValueType::string)
    co_return fail(ErrorCode::conflict, "the key holds no string");
  Bytes value(found->second.sizeBytes.value_or(1), 'v');
  value.resize(std::min<std::uint64_t>(value.size(), maxBytes));
  co_return std::optional<Bytes>(std::move(value));
}

}  // namespace cachify::plugin_host
