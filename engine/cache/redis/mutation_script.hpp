#pragma once
// A mutation as Redis commands, and what their replies mean. No I/O.

#include <optional>
#include <span>

#include "cache/cache_session.hpp"
#include "cache/redis/backend.hpp"
#include "cache/redis/edit_command.hpp"
#include "cache/redis/pipeline.hpp"
#include "cache/redis/reply.hpp"

namespace cachify::cache::redis {

/// What one command can do to many keys.
enum class Togetherness : std::uint8_t { none, deletion, plainSet };
[[nodiscard]] Togetherness togetherness(const domain::Mutation& mutation);

class MutationScript {
 public:
  /// TTLs become absolute by the server's clock, so that a command sent twice does the same; where the server
  /// would not tell its time they stay relative. The errors of `checkMutation`, and NOT_SUPPORTED for a
  /// restore that this server cannot do.
  [[nodiscard]] static Result<MutationScript> compile(const domain::Mutation& mutation,
                                                      const Dialect& dialect,
                                                      std::optional<WallTime> serverTime);

  /// One command for all of them, which have the same kind: see `togetherness`. Not for a cluster, whose
  /// slots it would span.
  [[nodiscard]] static MutationScript together(std::span<const domain::Mutation> mutations,
                                               const Dialect& dialect);

  [[nodiscard]] const Pipeline& commands() const { return commands_; }
  /// All commands or none must happen.
  [[nodiscard]] bool needsTransaction() const { return needsTransaction_; }

  /// `replies`: one per command.
  [[nodiscard]] ApplyOutcome judge(std::span<const Reply> replies) const;
  /// `replies`: to MULTI, the commands, EXEC.
  [[nodiscard]] ApplyOutcome judgeTransaction(std::span<const Reply> replies) const;

 private:
  friend class ScriptWriter;
  enum class Success : std::uint8_t {
    anyAnswer,
    oneElseNotFound,     ///< 0: there is no such key
    oneElseConflict,     ///< 0: the new name is taken
    firstIsNotTypeNone,  ///< the first command is TYPE
    textElseConflict,    ///< nil or 0: the key is there
    textElseNotFound,    ///< nil or 0: the key is not there
    edit,                ///< as `edit_` says
  };

  [[nodiscard]] Error refusalIn(std::string_view text) const;

  Pipeline commands_;
  Success success_ = Success::anyAnswer;
  EditReply edit_ = EditReply::count;
  bool needsTransaction_ = false;
};

/// True if the script of this mutation depends on the server's time.
[[nodiscard]] bool needsServerTime(const domain::Mutation& mutation);

}  // namespace cachify::cache::redis
