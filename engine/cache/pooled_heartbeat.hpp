#pragma once
// A heartbeat on a connection that is leased from a pool for as long as it stands.

#include <memory>
#include <optional>
#include <utility>

#include "cache/cache_session.hpp"

namespace cachify::cache {

/// `Pool::acquire` gives a `Lease`; `Pool::isCurrent` says whether a connection still leads to the server
/// that the session is to work with; `ping` asks for a sign of life.
template <class Pool, class Lease, class Connection>
class PooledHeartbeat final : public Heartbeat {
 public:
  using Ping = Task<std::chrono::microseconds> (*)(Connection&, CallContext);

  PooledHeartbeat(std::shared_ptr<Pool> pool, Ping ping) : pool_(std::move(pool)), ping_(ping) {}

  Task<std::chrono::microseconds> beat(CallContext context) override {
    if (lease_) {
      auto current = co_await pool_->isCurrent(**lease_, context);
      if (!current) {
        lease_.reset();
        co_return fail(std::move(current).error());
      }
    } else {
      auto lease = co_await pool_->acquire(context);
      if (!lease) co_return fail(std::move(lease).error());
      lease_.emplace(*std::move(lease));
    }
    auto took = co_await ping_(**lease_, context);
    if (!took) lease_.reset();
    co_return took;
  }

 private:
  std::shared_ptr<Pool> pool_;
  Ping ping_;
  std::optional<Lease> lease_;
};

}  // namespace cachify::cache
