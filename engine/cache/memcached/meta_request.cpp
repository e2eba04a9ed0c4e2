#include "cache/memcached/meta_request.hpp"

#include <fmt/format.h>

#include <iterator>

namespace cachify::cache::memcached {
namespace {

constexpr std::string_view kNewline = "\r\n";

void appendKey(std::string& out, std::string_view command, const WireKey& key) {
  out.append(command).append(key.text);
}

void appendCas(std::string& out, std::optional<std::uint64_t> cas) {
  if (cas) fmt::format_to(std::back_inserter(out), " C{}", *cas);
}

void finish(std::string& out, const WireKey& key) {
  if (key.base64) out.append(" b");
  out.append(kNewline);
}

}  // namespace

void appendGet(std::string& out, const WireKey& key, std::string_view flags) {
  appendKey(out, "mg ", key);
  out.append(" ").append(flags);
  finish(out, key);
}

void appendTouch(std::string& out, const WireKey& key, std::int64_t exptime) {
  appendKey(out, "mg ", key);
  fmt::format_to(std::back_inserter(out), " T{}", exptime);
  finish(out, key);
}

void appendStore(std::string& out, const WireKey& key, BytesView value, const StoreOptions& options) {
  appendKey(out, "ms ", key);
  fmt::format_to(std::back_inserter(out), " {} c T{}", value.size(), options.exptime);
  if (options.flags != 0) fmt::format_to(std::back_inserter(out), " F{}", options.flags);
  if (options.mode != StoreMode::set) out.append(" M").push_back(static_cast<char>(options.mode));
  appendCas(out, options.cas);
  finish(out, key);
  out.append(value).append(kNewline);
}

void appendDelete(std::string& out, const WireKey& key, std::optional<std::uint64_t> cas) {
  appendKey(out, "md ", key);
  appendCas(out, cas);
  finish(out, key);
}

void appendArithmetic(std::string& out, const WireKey& key, const ArithmeticOptions& options) {
  appendKey(out, "ma ", key);
  fmt::format_to(std::back_inserter(out), " v c M{} D{}", options.decrement ? 'D' : 'I', options.delta);
  appendCas(out, options.cas);
  finish(out, key);
}

void appendNoop(std::string& out) {
  out.append("mn\r\n");
}

void appendAuthentication(std::string& out, std::string_view username, std::string_view password) {
  fmt::format_to(std::back_inserter(out), "set auth 0 0 {}\r\n", username.size() + 1 + password.size());
  out.append(username).append(" ").append(password).append(kNewline);
}

}  // namespace cachify::cache::memcached
