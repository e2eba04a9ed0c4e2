#pragma once
// What every command that changes a cache takes along: the consent of the person who gave it.

#include "command.hpp"

namespace cachify::cli {

struct ConsentOptions {
  OptionalText confirm;
  bool acceptNoUndo = false;
  OptionalText idempotencyKey;
  bool yes = false;

  void addTo(Arguments& app);
  /// The idempotency key is one of this process if none was given.
  [[nodiscard]] actions::Consent consent() const;
};

/// The gentle question on dev and staging, where a person sits at the terminal; prod has the engine's own
/// rule. CANCELLED when the answer is no.
[[nodiscard]] Result<void> askFirst(CommandContext& context, const ConsentOptions& options,
                                    const domain::ConnectionProfile& profile, const std::string& act);

/// What a command on this connection takes along so that it is not blocked: " --confirm 'orders'" on prod,
/// else nothing.
[[nodiscard]] std::string confirmWords(const domain::ConnectionProfile& profile);

}  // namespace cachify::cli
