#pragma once
// What a runner writes of its run: everything goes to the run's stream on condition of the version it knows,
// so that whoever was superseded is fenced off.

#include <memory>

#include "actions/async.hpp"
#include "actions/context.hpp"
#include "actions/frames.hpp"
#include "actions/workflows/wakeup.hpp"
#include "events/workflow_events.hpp"

namespace cachify::actions {

/// Lives on the network thread; appends come one after the other in the order they were asked for.
class RunJournal {
 public:
  /// `version`: of the run's stream; 0 for a run that begins.
  RunJournal(const Context& context, ExecutionId execution, std::uint64_t version);

  /// What is to be appended, salted and hashed.
  struct Prepared {
    log::AppendRequest request{};
    std::uint64_t ofStream = 0;  ///< how many of its events are of the run's stream
  };
  Task<Prepared> prepare(log::AppendRequest request) const;

  /// Durable. Frames of the run's stream take their names from `stream()`. CONFLICT with detail `superseded`
  /// when another runner has taken the run over.
  Task<log::AppendReceipt> append(log::AppendRequest request);
  Task<log::AppendReceipt> append(Prepared prepared);

  [[nodiscard]] const std::string& stream() const { return stream_; }
  [[nodiscard]] ExecutionId execution() const { return execution_; }
  [[nodiscard]] std::uint64_t version() const { return version_; }
  /// Somebody asked from elsewhere that the run end.
  [[nodiscard]] bool cancelled() const { return cancelled_; }
  [[nodiscard]] Trace trace() const { return {execution_.value(), execution_.value()}; }

 private:
  Task<log::AppendReceipt> appendInTurn(const Prepared& prepared);
  /// Takes note of what others wrote: only a wish to cancel may be there.
  Result<void> catchUp();

  const Context& context_;
  ExecutionId execution_;
  std::string stream_;
  std::uint64_t version_;
  bool cancelled_ = false;
  std::uint64_t nextTicket_ = 0;
  std::uint64_t served_ = 0;
  Wakeup turn_;
};

}  // namespace cachify::actions
