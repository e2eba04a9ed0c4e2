#include "domain/permit.hpp"

#include <algorithm>

namespace cachify::domain {

Permit::Permit(ConnectionId connection, Action action, std::vector<Bytes> keys)
    : connection_(connection), action_(action), keys_(std::move(keys)) {}

bool Permit::covers(const std::vector<BytesView>& keys) {
  // The usual case, and thousands of keys in bulk work: those it was given for, in their order.
  if (std::ranges::equal(keys, keys_)) return true;
  std::ranges::sort(keys_);
  return std::ranges::all_of(keys, [this](BytesView key) {
    return std::binary_search(keys_.begin(), keys_.end(), key, std::less<>());
  });
}

Result<void> Permit::spend(ConnectionId connection, Action action, const std::vector<BytesView>& keys) {
  if (!std::exchange(valid_, false)) return fail(ErrorCode::internalError, "this permit was used already");
  if (connection != connection_ || action != action_ || !covers(keys)) {
    return fail(ErrorCode::internalError, "this permit was given for another act");
  }
  return {};
}

}  // namespace cachify::domain
