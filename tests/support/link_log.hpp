#pragma once
// What a ConnectionWatch tells, gathered from its thread.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "studio/engine.hpp"

namespace cachify::test {

class LinkLog {
 public:
  explicit LinkLog(studio::Engine& engine)
      : listener_(std::make_shared<const actions::ConnectionWatch::Listener>(
            [this](const actions::LinkChange& change) { push(change); })) {
    static_cast<void>(engine.wait(engine.watch().tell(listener_)));
  }

  /// The first change of this kind after the last one that was waited for; throws if it does not come.
  actions::LinkChange waitFor(actions::LinkEvent event,
                              std::chrono::seconds within = std::chrono::seconds(30)) {
    std::unique_lock lock(mutex_);
    const auto deadline = std::chrono::steady_clock::now() + within;
    for (;;) {
      for (; next_ < changes_.size(); ++next_) {
        if (changes_[next_].event == event) return changes_[next_++];
      }
      if (arrival_.wait_until(lock, deadline) == std::cv_status::timeout)
        throw std::runtime_error("never told: " + std::string(wireName(event)) + "; told were: " + words());
    }
  }
  /// "opened lost restored"
  [[nodiscard]] std::string all() {
    const std::lock_guard lock(mutex_);
    return words();
  }

 private:
  void push(const actions::LinkChange& change) {
    const std::lock_guard lock(mutex_);
    changes_.push_back(change);
    arrival_.notify_all();
  }
  [[nodiscard]] std::string words() const {
    std::string words;
    for (const auto& change : changes_)
      words += (words.empty() ? "" : " ") + std::string(wireName(change.event));
    return words;
  }

  std::shared_ptr<const actions::ConnectionWatch::Listener> listener_;
  std::mutex mutex_;
  std::condition_variable arrival_;
  std::vector<actions::LinkChange> changes_;
  std::size_t next_ = 0;
};

}  // namespace cachify::test
