#pragma once

#include "cache/task.hpp"

namespace cachify::cache {

/// Runs both at the same time and waits for both; the first error of `first`, else that of `second`. For
/// writing a pipeline while its replies are read: a server that stops reading until its replies are taken
/// cannot block us. When one fails it must see to it that the other ends (a transport does: a failed call
/// closes it).
[[nodiscard]] Task<void> overlap(Task<void> first, Task<void> second);

}  // namespace cachify::cache
