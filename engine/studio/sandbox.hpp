#pragma once
// A throw-away redis-server and memcached on loopback with sample data, gone with this object.

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/result.hpp"
#include "domain/profile.hpp"

namespace cachify::studio {

/// Thread-compatible. Starting blocks until both servers answer, at most ten seconds.
class Sandbox {
 public:
  /// NOT_FOUND naming the package when redis-server, redis-cli or memcached is not installed;
  /// CONNECTION_FAILED when a server does not come up. The servers end with this process, however it ends.
  [[nodiscard]] static Result<std::unique_ptr<Sandbox>> start();
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  /// Profiles to add: `sandbox-redis` and `sandbox-memcached`, both dev.
  [[nodiscard]] domain::ConnectionProfile redisProfile() const;
  [[nodiscard]] domain::ConnectionProfile memcachedProfile() const;
  /// Keeps nothing of the servers' data when it goes.
  [[nodiscard]] const std::filesystem::path& directory() const;

 private:
  struct Parts;
  explicit Sandbox(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace cachify::studio
