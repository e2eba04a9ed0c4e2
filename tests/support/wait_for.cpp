#include "support/wait_for.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

namespace cachify::test {

using namespace std::chrono_literals;

void waitFor(const std::function<bool()>& condition, const std::string& what) {
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error("waited for 20 s in vain: " + what);
    std::this_thread::sleep_for(20ms);
  }
}

}  // namespace cachify::test
