#pragma once
// The one way to change a key: gate, snapshot and intent durable in the log, act, outcome. See the README of
// this folder for the order of things and what each failure leaves behind.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "actions/async.hpp"
#include "actions/control_state.hpp"
#include "actions/gate.hpp"
#include "actions/recorder.hpp"
#include "actions/session_pool.hpp"
#include "actions/vault_keeper.hpp"
#include "domain/value.hpp"

namespace cachify::actions {

/// What a person says along with an act.
struct Consent {
  std::optional<std::string> confirmation{};    ///< the connection's name, for prod
  bool acceptNoUndo = false;                    ///< go on where no snapshot can be taken
  std::optional<std::string> idempotencyKey{};  ///< repeats of the same command are executed once
};

struct MutationCommand {
  domain::ConnectionProfile profile{};  ///< as the caller sees it; the Gate looks at the log's newest
  std::string operation{};              ///< as recorded: "keys.set"
  domain::Mutation mutation{};
  Consent consent{};
  /// Judges `mutation` beside the captured state before anything is recorded or sent; its error ends the
  /// command.
  std::function<Result<void>(const domain::Mutation&, const std::vector<domain::Capture>&)> precondition{};
  /// For a restore: digest of the snapshot as its event states it, where the content itself is not at hand.
  std::string restoredDigest{};
};

struct SnapshotInfo {
  SnapshotId id{};
  Bytes key{};
  bool existed = false;
};

struct MutationReport {
  MutationId id{};
  std::vector<SnapshotInfo> snapshots{};
  std::uint32_t attempts = 1;
  std::chrono::microseconds duration{};
  bool undoable = true;
  std::string noUndoReason{};  ///< why not
  bool valueKept = false;      ///< not undoable for the TTL alone: the value can be brought back
  std::string change{};        ///< redacted, for people
  std::string result{};   ///< what the server said of it (see ApplyOutcome); a repeat has it where it is kept
                          ///< in the log
  bool repeated = false;  ///< executed before under this idempotency key; this is its recorded outcome
};

/// Lives on the network thread. Commands may overlap.
class Mutator {
 public:
  Mutator(const Context& context, const Gate& gate, SessionPool& sessions, VaultKeeper& vault,
          const Recorder& recorder)
      : context_(context), gate_(gate), sessions_(sessions), vault_(vault), recorder_(recorder) {}

  /// Errors: UNAUTHORIZED with `policy` when blocked; CONFLICT when the key changed between capture and act
  /// or the precondition says so; TIMEOUT, CONNECTION_FAILED with `outcome` = "unknown" when it was sent and
  /// no answer came. All with `attempts` and `durationMs`. Whatever is answered here, the log tells the same.
  [[nodiscard]] Task<MutationReport> execute(MutationCommand command, std::stop_token stop);

 private:
  const Context& context_;
  const Gate& gate_;
  SessionPool& sessions_;
  VaultKeeper& vault_;
  const Recorder& recorder_;
};

}  // namespace cachify::actions
