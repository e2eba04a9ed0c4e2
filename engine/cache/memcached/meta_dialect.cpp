#include <fmt/format.h>

#include <iterator>

#include "cache/memcached/dialect.hpp"

namespace cachify::cache::memcached {
namespace {

constexpr std::string_view kNewline = "\r\n";

void appendCas(std::string& out, std::optional<std::uint64_t> cas) {
  if (cas) fmt::format_to(std::back_inserter(out), " C{}", *cas);
}

void finish(std::string& out, const WireKey& key) {
  if (key.base64) out.append(" b");
  out.append(kNewline);
}

std::string_view flagsFor(Part part) {
  switch (part) {
    case Part::use:
      return "";
    case Part::presence:
      return " u";
    case Part::header:
      return " u t s f c";
    case Part::value:
      return " u t s f c v";
  }
  return {};
}

class MetaDialect final : public Dialect {
 public:
  [[nodiscard]] Result<WireKey> keyFor(BytesView key) const override { return wireKeyFor(key); }

  void appendGet(std::string& out, const WireKey& key, Part part) const override {
    out.append("mg ").append(key.text).append(flagsFor(part));
    finish(out, key);
  }

  void appendTouch(std::string& out, const WireKey& key, std::int64_t exptime) const override {
    fmt::format_to(std::back_inserter(out), "mg {} T{}", key.text, exptime);
    finish(out, key);
  }

  void appendStore(std::string& out, const WireKey& key, BytesView value,
                   const StoreOptions& options) const override {
    fmt::format_to(std::back_inserter(out), "ms {} {} c T{}", key.text, value.size(), options.exptime);
    if (options.flags != 0) fmt::format_to(std::back_inserter(out), " F{}", options.flags);
    if (options.mode != StoreMode::set) out.append(" M").push_back(static_cast<char>(options.mode));
    appendCas(out, options.cas);
    finish(out, key);
    out.append(value).append(kNewline);
  }

  void appendDelete(std::string& out, const WireKey& key, std::optional<std::uint64_t> cas) const override {
    out.append("md ").append(key.text);
    appendCas(out, cas);
    finish(out, key);
  }

  void appendArithmetic(std::string& out, const WireKey& key,
                        const ArithmeticOptions& options) const override {
    fmt::format_to(std::back_inserter(out), "ma {} v c M{} D{}", key.text, options.decrement ? 'D' : 'I',
                   options.delta);
    appendCas(out, options.cas);
    finish(out, key);
  }

  [[nodiscard]] bool isMeta() const override { return true; }
};

}  // namespace

const Dialect& metaDialect() {
  static const MetaDialect kDialect;
  return kDialect;
}

}  // namespace cachify::cache::memcached
