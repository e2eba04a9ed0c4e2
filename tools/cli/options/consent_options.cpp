#include "options/consent_options.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>

#include "output/plain_words.hpp"

namespace cachify::cli {
namespace {

/// Waits for a line on the terminal, but not past Ctrl-C. Nothing: interrupted or end of input.
std::optional<std::string> readAnswer(const CommandContext& context) {
  constexpr int kLookAgainMs = 100;
  pollfd wanted{STDIN_FILENO, POLLIN, 0};
  while (poll(&wanted, 1, kLookAgainMs) == 0) {
    if (context.stop().stop_requested()) return std::nullopt;
  }
  std::string line(256, '\0');
  const ssize_t got = read(STDIN_FILENO, line.data(), line.size());
  if (got <= 0) return std::nullopt;
  line.resize(static_cast<std::size_t>(got));
  return std::string(trimAscii(line));
}

}  // namespace

void ConsentOptions::addTo(Arguments& app) {
  addText(app, "--confirm", confirm, "Name of the connection: needed for destructive acts on prod")
      .typeName("NAME");
  app.addFlag("--accept-no-undo", acceptNoUndo, "Go on where no snapshot can be taken");
  addText(app, "--idempotency-key", idempotencyKey,
          "A repeat under the same key within 24 h is executed once")
      .typeName("KEY");
  app.addFlag("--yes,-y", yes, "Do not ask on dev and staging");
}

actions::Consent ConsentOptions::consent() const {
  static const std::string kOfThisProcess =
      fmt::format("cli-{}", Uuid::makeV7(SystemClock().now()).toString());
  return {.confirmation = confirm,
          .acceptNoUndo = acceptNoUndo,
          .idempotencyKey = idempotencyKey ? *idempotencyKey : kOfThisProcess};
}

Result<void> askFirst(CommandContext& context, const ConsentOptions& options,
                      const domain::ConnectionProfile& profile, const std::string& act) {
  const bool ruled =
      profile.environment == domain::Environment::prod || profile.readOnly || profile.forceReadOnly;
  if (ruled || options.yes || options.confirm || !context.output().interactive()) return {};
  context.output().progress(
      fmt::format("{} on '{}' ({})? [y/N] ", act, profile.name, domain::wireName(profile.environment)));
  const auto answer = readAnswer(context);
  if (answer && (*answer == "y" || *answer == "Y" || *answer == "yes")) return {};
  return fail(ErrorCode::cancelled, "nothing was done");
}

std::string confirmWords(const domain::ConnectionProfile& profile) {
  if (profile.environment != domain::Environment::prod) return {};
  return fmt::format(" --confirm {}", shellWord(profile.name));
}

}  // namespace cachify::cli
