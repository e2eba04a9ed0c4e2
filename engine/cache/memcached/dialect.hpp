#pragma once
// The two languages in which a memcached server is spoken to, as bytes appended to a buffer, so that a
// pipeline is one string: the meta commands (doc/protocol.txt of memcached 1.6), and for servers
// before 1.6.10, where these did not exist or were another language (replies OK, sizes as a flag, no base64
// keys), the text commands that every version knows. Replies of both are understood by one ReplyParser.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cache/memcached/wire_key.hpp"

namespace cachify::cache::memcached {

/// What a store does when the key is or is not there.
enum class StoreMode : char { set = 'S', add = 'E', replace = 'R', append = 'A', prepend = 'P' };

struct StoreOptions {
  std::uint32_t flags = 0;
  std::int64_t exptime = 0;            ///< 0: never
  std::optional<std::uint64_t> cas{};  ///< store only if the item still has this CAS; for `set` alone in text
  StoreMode mode = StoreMode::set;
};

struct ArithmeticOptions {
  std::uint64_t delta = 1;
  bool decrement = false;
  std::optional<std::uint64_t> cas{};  ///< meta commands alone
};

/// How much of an item is asked for; `use` is presence, and renews the last use. Text commands have no way to
/// get less than all of it.
enum class Part : std::uint8_t { presence, header, value, use };

/// Immutable; one object for each language, there for ever. Every command appended is answered by one reply.
class Dialect {
 public:
  virtual ~Dialect() = default;

  /// VALIDATION_ERROR for a key that no command of this language can carry.
  [[nodiscard]] virtual Result<WireKey> keyFor(BytesView key) const = 0;
  /// By meta commands the item stays where it is in the LRU; `get` has no such way.
  virtual void appendGet(std::string& out, const WireKey& key, Part part) const = 0;
  /// Sets a new expiry without touching the value. Leaves the CAS as it is.
  virtual void appendTouch(std::string& out, const WireKey& key, std::int64_t exptime) const = 0;
  virtual void appendStore(std::string& out, const WireKey& key, BytesView value,
                           const StoreOptions& options) const = 0;
  virtual void appendDelete(std::string& out, const WireKey& key, std::optional<std::uint64_t> cas) const = 0;
  /// The reply carries the new number as value.
  virtual void appendArithmetic(std::string& out, const WireKey& key,
                                const ArithmeticOptions& options) const = 0;

  /// Reads tell the remaining TTL, stores the new CAS, and every command can be bound to a CAS. Where not,
  /// only `set` and delete can.
  [[nodiscard]] virtual bool isMeta() const = 0;
};

[[nodiscard]] const Dialect& metaDialect();
[[nodiscard]] const Dialect& textDialect();

/// Asks which language a server speaks, in a way that changes nothing. Two replies.
void appendGreeting(std::string& out);
/// What the greeting's replies say: whether the server knew `mn`, and its version.
[[nodiscard]] const Dialect& dialectOf(bool knowsMeta, std::string_view version);

/// A ping to servers of all versions.
void appendVersion(std::string& out);
/// ASCII authentication (-Y). To a server that asks for none this would store a key: find out first.
void appendAuthentication(std::string& out, std::string_view username, std::string_view password);

}  // namespace cachify::cache::memcached
