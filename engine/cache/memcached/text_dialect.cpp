#include <fmt/format.h>

#include <iterator>

#include "cache/memcached/dialect.hpp"

namespace cachify::cache::memcached {
namespace {

// A store that is expired from the start (a negative exptime) makes an item vanish, and a store can be bound
// to a CAS, which `delete` cannot.
constexpr std::int64_t kExpiredAlready = -1;

std::string_view commandFor(const StoreOptions& options) {
  switch (options.mode) {
    case StoreMode::set:
      return options.cas ? "cas" : "set";
    case StoreMode::add:
      return "add";
    case StoreMode::replace:
      return options.cas ? "cas" : "replace";
    case StoreMode::append:
      return "append";
    case StoreMode::prepend:
      return "prepend";
  }
  return {};
}

class TextDialect final : public Dialect {
 public:
  [[nodiscard]] Result<WireKey> keyFor(BytesView key) const override {
    auto wire = wireKeyFor(key);
    if (!wire || !wire->base64) return wire;
    return fail(
        ErrorCode::validationError,
        "this server knows no keys with blanks or control bytes; memcached 1.6.10 and newer take them");
  }

  void appendGet(std::string& out, const WireKey& key, Part /*part*/) const override {
    out.append("gets ").append(key.text).append("\r\n");
  }

  void appendTouch(std::string& out, const WireKey& key, std::int64_t exptime) const override {
    fmt::format_to(std::back_inserter(out), "touch {} {}\r\n", key.text, exptime);
  }

  void appendStore(std::string& out, const WireKey& key, BytesView value,
                   const StoreOptions& options) const override {
    fmt::format_to(std::back_inserter(out), "{} {} {} {} {}", commandFor(options), key.text, options.flags,
                   options.exptime, value.size());
    if (commandFor(options) == "cas") fmt::format_to(std::back_inserter(out), " {}", *options.cas);
    out.append("\r\n").append(value).append("\r\n");
  }

  void appendDelete(std::string& out, const WireKey& key, std::optional<std::uint64_t> cas) const override {
    if (cas) return appendStore(out, key, {}, {.exptime = kExpiredAlready, .cas = cas});
    out.append("delete ").append(key.text).append("\r\n");
  }

  void appendArithmetic(std::string& out, const WireKey& key,
                        const ArithmeticOptions& options) const override {
    fmt::format_to(std::back_inserter(out), "{} {} {}\r\n", options.decrement ? "decr" : "incr", key.text,
                   options.delta);
  }

  [[nodiscard]] bool isMeta() const override { return false; }
};

}  // namespace

const Dialect& textDialect() {
  static const TextDialect kDialect;
  return kDialect;
}

}  // namespace cachify::cache::memcached
