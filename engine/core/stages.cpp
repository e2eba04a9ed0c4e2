#include "core/stages.hpp"

#include <array>
#include <utility>

namespace cachify {
inline namespace core {

std::string_view wireName(Stage stage) {
  constexpr std::array<std::string_view, 8> kNames{"resolve",      "connect", "tunnel", "tls",
                                                   "authenticate", "locate",  "ping",   "probe"};
  return kNames[static_cast<std::size_t>(stage)];
}

StageClock::StageClock(const CallContext& context, Stage stage, const std::string& target)
    : observer_(context.stages) {
  if (observer_ == nullptr) return;
  report_ = {.stage = stage, .target = target};
  started_ = std::chrono::steady_clock::now();
  observer_->began(stage, target);
}

void StageClock::tell(std::optional<Error> error) {
  using std::chrono::microseconds;
  report_.duration = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - started_);
  report_.error = std::move(error);
  std::exchange(observer_, nullptr)->ended(report_);
}

}  // namespace core
}  // namespace cachify
