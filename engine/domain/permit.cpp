#include "domain/permit.hpp"

#include <algorithm>

namespace cachify::domain {

Permit::Permit(ConnectionId connection, Action action, std::vector<Bytes> keys)
    : connection_(connection), action_(action), keys_(std::move(keys)) {
  std::ranges::sort(keys_);
}

Result<void> Permit::spend(ConnectionId connection, Action action, const std::vector<BytesView>& keys) {
  if (!std::exchange(valid_, false)) return fail(ErrorCode::internalError, "this permit was used already");
  const bool covered = std::ranges::all_of(keys, [this](BytesView key) {
    return std::binary_search(keys_.begin(), keys_.end(), key, std::less<>());
  });
  if (connection != connection_ || action != action_ || !covered) {
    return fail(ErrorCode::internalError, "this permit was given for another act");
  }
  return {};
}

}  // namespace cachify::domain
