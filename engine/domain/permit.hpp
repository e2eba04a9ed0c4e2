#pragma once
// The Permit: proof that the Gate allowed one act. The mutating functions of a cache session take it by
// value, and only the Gate can make one, so an unguarded mutation does not compile.

#include <utility>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "domain/act.hpp"

namespace cachify::actions {
class Gate;
}

namespace cachify::domain {

/// Single use: it can be moved, not copied, and is spent by `spend`. Not thread-safe.
class Permit {
 public:
  Permit(Permit&& other) noexcept
      : connection_(other.connection_),
        action_(other.action_),
        keys_(std::move(other.keys_)),
        valid_(std::exchange(other.valid_, false)) {}
  Permit& operator=(Permit&& other) noexcept {
    connection_ = other.connection_;
    action_ = other.action_;
    keys_ = std::move(other.keys_);
    valid_ = std::exchange(other.valid_, false);
    return *this;
  }
  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;
  ~Permit() = default;

  [[nodiscard]] ConnectionId connection() const { return connection_; }
  [[nodiscard]] Action action() const { return action_; }

  /// Uses the permit up. INTERNAL_ERROR when it was used already, is for another connection or action, or
  /// does not name every one of `keys`.
  [[nodiscard]] Result<void> spend(ConnectionId connection, Action action,
                                   const std::vector<BytesView>& keys);

 private:
  friend class actions::Gate;
  Permit(ConnectionId connection, Action action, std::vector<Bytes> keys);
  /// May sort `keys_`.
  [[nodiscard]] bool covers(const std::vector<BytesView>& keys);

  ConnectionId connection_;
  Action action_;
  std::vector<Bytes> keys_;
  bool valid_ = true;
};

}  // namespace cachify::domain
