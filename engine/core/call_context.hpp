#pragma once
// What every waiting call is given: until when it may take, and how it is told to stop.

#include <chrono>
#include <memory>
#include <stop_token>

namespace cachify {
inline namespace core {

class StageObserver;
using SteadyTime = std::chrono::steady_clock::time_point;

/// At `deadline` the call's network operation is really cancelled and the answer is TIMEOUT; when `stop` is
/// requested, likewise, and the answer is CANCELLED. Both may happen at any moment, from any thread.
struct CallContext {
  SteadyTime deadline = SteadyTime::max();
  std::stop_token stop{};
  /// Who is told how far the call has come (see core/stages.hpp); null: nobody.
  std::shared_ptr<StageObserver> stages{};

  [[nodiscard]] static CallContext within(std::chrono::milliseconds time, std::stop_token stop = {}) {
    return {.deadline = std::chrono::steady_clock::now() + time, .stop = std::move(stop)};
  }
};

}  // namespace core
}  // namespace cachify
