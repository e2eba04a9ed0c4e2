#pragma once

#include <functional>
#include <string>

namespace cachify::test {

/// Asks every 20 ms; throws after 20 s, saying `what` did not come to be.
void waitFor(const std::function<bool()>& condition, const std::string& what);

}  // namespace cachify::test
