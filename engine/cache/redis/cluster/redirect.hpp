#pragma once
// "Not here": what a cluster's server answers for a key that it does not hold.

#include <optional>
#include <string_view>

#include "cache/redis/cluster/slot_map.hpp"

namespace cachify::cache::redis {

struct Redirect {
  /// `moved`: that node has the slot from now on. `ask`: it has this key already while the slot is moving,
  /// and wants to be told ASKING first. `tryAgain`: the keys of one command lie on both sides of a moving
  /// slot.
  enum class Kind : std::uint8_t { moved, ask, tryAgain };
  Kind kind = Kind::moved;
  NodeAddress to;  ///< an empty host is the one that was asked, at another port
};

/// From an error reply ("MOVED 3999 127.0.0.1:6381"); nothing for any other text.
[[nodiscard]] std::optional<Redirect> redirectIn(std::string_view errorReply);
/// From an error that `classify` or `redirected` made.
[[nodiscard]] std::optional<Redirect> redirectIn(const Error& error);

/// The error for a call that met a redirect and could not follow it by itself. Retryable: asked anew, the
/// call goes to the right node.
[[nodiscard]] Error redirected(std::string_view errorReply);

}  // namespace cachify::cache::redis
