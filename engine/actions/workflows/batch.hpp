#pragma once
// Some hundreds of steps of one action, done together: looked at, captured, intended, executed, told.
// Internal to the runner.

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "actions/gate.hpp"
#include "actions/retrying.hpp"
#include "actions/workflows/batch_step.hpp"
#include "actions/workflows/plan_source.hpp"
#include "actions/workflows/run_journal.hpp"
#include "cache/cache_session.hpp"

namespace cachify::actions {

/// What a run gives all its batches. Outlives them.
struct BatchOrders {
  const Context& context;
  const Gate& gate;
  RunJournal& journal;
  std::shared_ptr<cache::CacheSession> session;
  VaultPointer vault;         ///< null: no snapshot can be sealed
  std::string noVaultReason;  ///< why not
  StateDigester digester;
  domain::ConnectionProfile profile;
  domain::RetryPolicy retry;  ///< of a step
  std::optional<std::string> confirmation;
  bool acceptNoUndo = false;
  bool ignoresDrift = false;
};

/// Lives on the network thread.
class Batch {
 public:
  /// `steps` are of one action and have no key twice; the first has number `first` in the plan.
  Batch(const BatchOrders& orders, std::uint64_t first, std::vector<BatchStep> steps);

  /// Afterwards no step is open. An error besides: the run must end (a rule forbids it, the log cannot be
  /// written); steps that it kept from happening failed with it.
  Task<void> execute();
  /// Once, after `execute`: what is to be told of the steps.
  Task<void> draft();
  /// Appends that, in the plan's order among batches.
  Task<void> record();

  [[nodiscard]] const domain::RunTotals& totals() const { return totals_; }
  /// Why the first of its steps failed that did.
  [[nodiscard]] const std::optional<ErrorCode>& firstFailure() const { return firstFailure_; }

 private:
  struct Intent {
    MutationId id{};
    std::uint64_t runVersion = 0;      ///< of the run's stream when it was decided
    std::vector<std::size_t> steps{};  ///< indexes
    SteadyTime began{};
  };
  /// A key that will be changed, as it was, and the same as it is recorded.
  struct KeptKey {
    domain::Capture capture{};
    const events::KeyState* before = nullptr;  ///< of its step
    events::KeyState target{};                 ///< of a rename's new name instead
    [[nodiscard]] const events::KeyState& state() const { return before != nullptr ? *before : target; }
  };

  struct SealedSnapshots {
    std::vector<std::string> payloads{};  ///< of snapshot.captured, one for each key
    std::vector<log::SealedChunk> chunks{};
  };

  Task<void> attempt(CallContext context);
  Task<void> judgeFacts(CallContext context);
  Task<void> loadSnapshots();
  Task<std::vector<domain::Capture>> capture(CallContext context);
  /// Judges the steps by what was captured, and puts those that go on into the intent. For the pool.
  Result<log::AppendRequest> draftIntent(Intent& intent, std::vector<domain::Capture>& captures);
  std::vector<KeptKey> judgeCaptures(Intent& intent, std::vector<domain::Capture>& captures);
  Result<SealedSnapshots> seal(const std::vector<KeptKey>& kept, MutationId intent) const;
  void judgeUndo(BatchStep& step, std::span<const domain::Capture> captures);
  Task<Authorization> recordIntent(Intent intent, log::AppendRequest drafted);
  Task<void> act(Authorization authorization, CallContext context);
  void judgeOutcome(BatchStep& step, cache::ApplyOutcome outcome);

  /// Which keys these steps change: one each, or the old and the new name of a rename.
  [[nodiscard]] std::vector<Bytes> keysOfSteps(std::span<const std::size_t> steps) const;
  [[nodiscard]] std::vector<std::size_t> openSteps() const;
  void failOpen(const Error& error);
  [[nodiscard]] domain::ActRequest request() const;
  /// Uses up what the steps know of their keys.
  [[nodiscard]] log::AppendRequest draftOutcome();
  [[nodiscard]] std::vector<events::MutationBatchSettled> settlements() const;
  void count();

  const BatchOrders& orders_;
  std::uint64_t first_;
  std::vector<BatchStep> steps_;
  std::vector<Intent> intents_;
  std::optional<Error> lastRefusal_;  ///< retryable: why steps are still open
  domain::RunTotals totals_;
  std::optional<ErrorCode> firstFailure_;
  RunJournal::Prepared drafted_;
};

}  // namespace cachify::actions
