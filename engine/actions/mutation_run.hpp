#pragma once
// One command on its way through the Mutator. Internal to the Mutator.

#include "actions/key_states.hpp"
#include "actions/mutator.hpp"
#include "actions/retrying.hpp"
#include "log/event_log.hpp"

namespace cachify::actions {

struct MutatorDeps {
  const Context& context;
  const Gate& gate;
  SessionPool& sessions;
  VaultKeeper& vault;
  const Recorder& recorder;
};

class MutationRun {
 public:
  MutationRun(MutatorDeps deps, MutationCommand command, std::stop_token stop);

  [[nodiscard]] Task<MutationReport> execute();

 private:
  /// What is durable before a byte is sent, and what it was made from.
  struct Intent {
    MutationId id;
    std::vector<events::KeyState> before;
    std::vector<events::KeyState> after;
    MutationReport report;
    bool sent = false;  ///< a byte of it may have reached the server
    /// The keys after a failure that had an effect all the same.
    std::vector<events::KeyState> left{};
    /// As it was before an entry whose id the server is to give: `after` is complete only with that.
    std::optional<domain::Capture> stream{};
  };
  enum class Step : std::uint8_t { done, again };

  Task<void> prepare();
  Task<MutationReport> runAttempts(AttemptCounter& counter);
  Task<Step> attemptOnce(CallContext context);
  /// Under a hold, or without one where the server does not let this user hold keys.
  Task<cache::HeldCapture> captureKeys(cache::CacheSession& session, CallContext context);
  /// Takes up a later attempt's capture beside the intent that is already recorded.
  Result<Step> compareWithIntent(const std::vector<domain::Capture>& captures);
  /// Large logical copies are gone from `captures` afterwards.
  Task<Authorization> recordIntent(std::vector<domain::Capture>& captures);
  Result<log::AppendRequest> draftIntent(std::vector<domain::Capture>& captures, Intent& intent);
  Result<void> judgeUndo(const std::vector<domain::Capture>& captures, Intent& intent) const;
  Result<Step> judgeOutcome(cache::ApplyOutcome outcome);
  void completeIntent();
  /// Of a store that the server refused and dropped the old value for.
  Error noteDropped(Error error);
  /// True if a restore can go on from the logical copy because this server cannot read the dump.
  bool fallBackToLogicalCopy(const Rare<Error>& refusal);
  /// Gives the intent up for a fresh one. Its end is recorded together with whatever comes next, so that
  /// nobody who repeats the command takes it for the command's own.
  void supersedeIntent();
  [[nodiscard]] log::FrameDraft intentFailed(const Error& error) const;
  Task<void> recordFailure(const Error& error);
  Task<MutationReport> recordSuccess(const AttemptCounter& counter);
  Task<MutationReport> finishFailed(Error error, const AttemptCounter& counter);
  Task<MutationReport> repeatedOutcome(log::AppendReceipt receipt);

  [[nodiscard]] domain::ActRequest actRequest(const std::vector<domain::Capture>* captures) const;
  [[nodiscard]] events::Operation operation(const AttemptCounter& counter) const;
  [[nodiscard]] std::optional<log::Idempotency> idempotency() const;
  [[nodiscard]] bool harmlessToRepeat() const;
  [[nodiscard]] Trace causedByIntent() const { return {trace_.correlation, intent_->id.value()}; }

  MutatorDeps deps_;
  MutationCommand command_;
  std::stop_token stop_;
  Trace trace_;
  domain::ConnectionProfile profile_;
  std::vector<Bytes> keys_;
  std::shared_ptr<const log::Vault> vault_;  ///< null: no snapshot can be sealed
  std::string noVaultReason_;
  StateDigester digester_;
  std::optional<Intent> intent_;
  std::optional<log::AppendReceipt> repeated_;  ///< somebody executed this idempotency key before
  std::uint32_t recaptures_ = 0;
  std::optional<Error> supersededBecause_;  ///< why the intent is given up for a fresh one
  std::vector<log::FrameDraft>
      superseded_;  ///< ends of intents given up, to be recorded with the next append
  bool unheld_ = false;
  std::uint32_t attempts_ = 0;
};

}  // namespace cachify::actions
