#pragma once
// Work that one process of a data directory does for all: engine samples, alert rules and delivery,
// retention, tidying up SQLite. Who holds the lease, an flock on `duty.lock`, is on duty; the kernel takes it
// back however the process ends.

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "actions/async.hpp"
#include "actions/context.hpp"

namespace cachify::views {
class FileLock;
}

namespace cachify::actions {

struct Chore {
  std::string name;                    ///< for messages
  std::chrono::milliseconds period{};  ///< from the end of one round to the beginning of the next
  /// One round. It ends soon after the token is stopped. An error is logged where it differs from the round's
  /// before, and the chore comes round again all the same.
  std::function<Task<void>(std::stop_token)> work;
};

/// Null: another process, or another part of this one, has it. INTERNAL_ERROR where the file cannot be locked
/// at all.
[[nodiscard]] Result<std::shared_ptr<views::FileLock>> tryDutyLease(const Context& context);

/// Lives on the network thread; must outlive it once begun.
class Duty {
 public:
  explicit Duty(const Context& context);
  ~Duty();

  /// Before `begin`, by the composition root.
  void add(Chore chore);

  /// For processes that live long: takes the lease, now or as soon as it is free (looked for every second),
  /// and then does every chore, each by itself, at once and every `period`. Asked for twice is asked for
  /// once. Answers whether it is held already.
  [[nodiscard]] Task<bool> begin();
  /// For processes of one moment: one round of the chore of this name if the lease is free, and false if it
  /// is not, or if there is no such chore: then who holds it sees to it. A round that `patience` stopped is a
  /// TIMEOUT, unless it answered all the same; else its own error. On duty already it is one more round.
  [[nodiscard]] Task<bool> once(std::string chore, std::chrono::milliseconds patience);
  [[nodiscard]] bool held() const { return lease_ != nullptr; }

  /// Ends all rounds; the lease is given back when the last one has ended. On the network thread.
  void stop();

 private:
  awaitable<void> run();
  awaitable<void> repeat(std::size_t index, std::shared_ptr<views::FileLock> lease);
  const Context& context_;
  std::vector<Chore> chores_;
  std::shared_ptr<views::FileLock> lease_;
  std::stop_source stop_;
  bool begun_ = false;
};

}  // namespace cachify::actions
