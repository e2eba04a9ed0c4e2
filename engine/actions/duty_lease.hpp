#pragma once
// One process at a time does what must be done once: deliveries, rules and the like. The kernel lets go of
// the lease when its holder dies, however it dies.

#include <filesystem>
#include <optional>

#include "core/descriptor.hpp"
#include "core/result.hpp"

namespace cachify::actions {

/// Held as long as it lives. Movable.
class DutyLease {
 public:
  /// Nothing: another process, or another part of this one, has it.
  [[nodiscard]] static Result<std::optional<DutyLease>> tryTake(const std::filesystem::path& dataDirectory);

 private:
  explicit DutyLease(Descriptor file) : file_(std::move(file)) {}

  Descriptor file_;
};

}  // namespace cachify::actions
